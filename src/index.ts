// The library: a card to operate, a host to log in to, and clocks to move.
export {
  createCard,
  restoreCard,
  type Card,
  type CardOptions,
  type NewCardOptions,
  type StoredCardOptions,
} from './firmware/card.ts';
export { CardError, type CardErrorCode } from './firmware/card-error.ts';
export type { Clock } from './firmware/clock.ts';
export type { Key } from './firmware/keypad.ts';
export { type Contents, type Identity, type Memory, type MemoryWrite } from './firmware/memory.ts';
export {
  DSC,
  DSC_PLUS,
  OCRA_CARD,
  PROFILES,
  type Entry,
  type Profile,
  type Prompt,
} from './firmware/profiles.ts';
export { printEntry, type RecordEntry, type Recorder } from './firmware/recording.ts';
export type { CardSnapshot } from './firmware/snapshot.ts';
export type { CardState } from './firmware/statechart.ts';
export * from './firmware/ocra/index.ts';
export * from './host/index.ts';
export { createAdjustableClock, type AdjustableClock } from './ui/adjustable-clock.ts';
export { systemClock } from './ui/system-clock.ts';
export { logIn, type Person } from './ui/script/log-in.ts';
export { operate, type Operator } from './ui/script/operator.ts';
export {
  createScriptedCard,
  type EnrolmentData,
  type ScriptedCard,
  type ScriptedCardOptions,
} from './ui/script/scripted-card.ts';
export { VirtualClock } from './ui/script/virtual-clock.ts';
