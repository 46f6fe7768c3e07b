// A card and what is known of it: its face, and the moments it can be copied at.
import { restoreCard, type Card } from '../../../firmware/card.ts';
import type { Clock } from '../../../firmware/clock.ts';
import type { CardSnapshot } from '../../../firmware/snapshot.ts';
import { createAdjustableClock, type AdjustableClock } from '../../adjustable-clock.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import type { Face } from './face.ts';

/** A card when something had just happened to it. */
export interface Moment {
  readonly snapshot: CardSnapshot;
  readonly face: Face;
  readonly events: ReturnType<EventLog['events']>;
  /** In milliseconds since the sitting began. */
  readonly at: number;
}

/** A card and what is known of it. */
export interface Held {
  readonly card: Card;
  readonly clock: Clock;
  readonly log: EventLog;
  /** What the card's clock showed at `at` 0. */
  readonly began: number;
  face: Face;
  moments: readonly Moment[];
}

/** A copy, and how to let go of it. */
export interface Copy extends Held {
  readonly clock: AdjustableClock;
  readonly letGo: () => void;
}

/** The card at this moment, with its secrets. */
export function picture({ card }: Held): CardSnapshot {
  return card.snapshot({ includeSecrets: true });
}

/** The card as it was, at a standstill. @param notice - is told of what happens to the copy. */
export function copyOf(
  { snapshot, face, events, at }: Moment,
  moments: readonly Moment[],
  base: Clock,
  notice: (copy: Held) => void,
): Copy {
  const clock = createAdjustableClock(base);
  clock.pause();
  const log = createEventLog(events, at);
  const card = restoreCard(snapshot, { clock, record: log });
  const stop = card.subscribe(() => notice(copy));
  const copy: Copy = {
    card,
    clock,
    log,
    began: Math.floor(clock.now()) - at,
    face,
    moments,
    letGo() {
      stop();
      // What waits for no time is held by nobody, and goes with its secrets.
      clock.pause();
      copy.moments = [];
    },
  };
  return copy;
}
