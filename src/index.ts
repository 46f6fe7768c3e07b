// The library: a card to operate, a host to log in to, and a clock to move.
export { createCard, KEY_BYTES, type Card, type CardOptions } from './firmware/card.ts';
export { CardError, type CardErrorCode } from './firmware/card-error.ts';
export { VirtualClock, type Clock } from './firmware/clock.ts';
export type { Key } from './firmware/keypad.ts';
export { operate, type Operator } from './firmware/operator.ts';
export { DSC_PLUS, type Entry, type Profile, type Prompt } from './firmware/profiles.ts';
export type { CardState } from './firmware/statechart.ts';
export * from './firmware/ocra/index.ts';
export * from './host/index.ts';
