// The last things that happened to a card, as its recorder tells them: without PIN and response.
import type { RecordedEvent, Recorder } from '../../../firmware/recording.ts';

/** As many are kept as the tallest window could show. */
const KEPT = 60;

/** A recorder that remembers the last events. */
export interface EventLog extends Recorder {
  /** The last events, the oldest first; another array whenever there is a new one. */
  readonly events: () => readonly RecordedEvent[];
}

/**
 * Makes a log.
 *
 * @param before - what had happened already.
 * @param at - when this card's own recording begins, in milliseconds of those events' time.
 */
export function createEventLog(before: readonly RecordedEvent[] = [], at = 0): EventLog {
  let events = before;
  return {
    write(entry) {
      if (entry.type !== 'card') events = [...events.slice(1 - KEPT), { ...entry, t: at + entry.t }];
    },
    events: () => events,
  };
}
