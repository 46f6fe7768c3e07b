// What a developer sees of a card beyond its face: where it is, which timers run, what its memory counts, what happened.
import { afterLying, currentOf, drawn } from '../../../firmware/battery.ts';
import type { Card } from '../../../firmware/card.ts';
import { parseSuite } from '../../../firmware/ocra/index.ts';
import { toldKey, type RecordedEvent } from '../../../firmware/recording.ts';
import type { CardSnapshot } from '../../../firmware/snapshot.ts';
import type { CardState } from '../../../firmware/statechart.ts';

/** A timer that runs. */
export interface Timer {
  /** `goesOn`: leaves the state by itself; `idle`: switches off; `page`: turns the page; `button`: a button does its work. */
  readonly runs: 'goesOn' | 'idle' | 'page' | 'button';
  /** The button, as it may be told. */
  readonly key?: string;
  /** Milliseconds it has left. */
  readonly left: number;
}

/** The inside of a card. It tells no PIN, and no digit of one. */
export interface Inspection {
  readonly state: CardState;
  readonly timers: readonly Timer[];
  /** What its battery has left, in microampere-hours; undefined for one that does not drain. */
  readonly charge: number | undefined;
  /** What its memory counts; undefined for one that cannot be read. `counter` is undefined where the suite has none. */
  readonly counts:
    | { readonly counter: string | undefined; readonly powerOns: number; readonly responses: number }
    | undefined;
  /** What happened last, the oldest first; times in milliseconds since the sitting began. */
  readonly events: readonly RecordedEvent[];
}

/** @param snapshot - of the card, with secrets; @param timeOfDay - of the card, in milliseconds since 1970. */
export function inspect(
  card: Card,
  snapshot: CardSnapshot,
  timeOfDay: number,
  events: readonly RecordedEvent[],
): Inspection {
  const { state, memory } = snapshot;
  const { counter, powerOns = 0, responses = 0 } = memory ?? {};
  return {
    state,
    timers: timersOf(snapshot),
    charge: chargeOf(card, snapshot, timeOfDay),
    counts: memory && {
      counter: parseSuite(card.suite).counter ? counter : undefined,
      powerOns,
      responses,
    },
    events,
  };
}

function timersOf({ state, entered: { deadline, pageAt }, fingers: { coming } }: CardSnapshot): Timer[] {
  const timers: Timer[] = [];
  const goesOn = state === 'selfTest' || state === 'lowBattery';
  if (coming) timers.push({ runs: 'button', key: toldKey(coming.key, state), left: remaining(coming.at) });
  if (pageAt !== null) timers.push({ runs: 'page', left: remaining(pageAt) });
  if (deadline !== null) timers.push({ runs: goesOn ? 'goesOn' : 'idle', left: remaining(deadline) });
  return timers;
}

/** What is overdue is about to happen. */
const remaining = (ms: number): number => Math.max(0, ms);

/** The charge now: what it was when the display last changed, or when it was last switched off, and what went since. */
function chargeOf(card: Card, { charge, memory }: CardSnapshot, timeOfDay: number): number | undefined {
  const { profile } = card;
  if (charge) return drawn(charge.charge, currentOf(profile, card.display()), -charge.at);
  return memory?.battery && afterLying(memory.battery, profile.power, timeOfDay);
}
