// A recording as one watches it: what the card shows at each time, and which button is down.
import type { Clock } from '../../firmware/clock.ts';
import type { Key } from '../../firmware/keypad.ts';
import type { DisplayKind } from '../../firmware/profiles.ts';
import { HIDDEN_DIGIT, HIDDEN_KEY, type RecordedEvent } from '../../firmware/recording.ts';
import type { Recording } from '../recordings/read-recording.ts';
import { createStore, type Readable } from './store.ts';

/** What shows at one time. */
export interface ReplayMoment {
  /** Milliseconds after the recording began. */
  readonly t: number;
  readonly line: string;
  /** The button that is down, if it is told. */
  readonly down: Key | undefined;
}

/** A recording that is being watched. */
export interface Playback {
  readonly moment: Readable<ReplayMoment>;
  /** Of the recording, in milliseconds. */
  readonly length: number;
  /** Resolves when the last event has been shown. */
  readonly over: Promise<void>;
  readonly stop: () => void;
}

/** What a digit that is not told is drawn as: no display can draw the sign it is written with. */
const MASKS: Readonly<Record<DisplayKind, string>> = { '14-segment': '*', '7-segment': '-' };

/**
 * Begins to play. It shows what was recorded and asks no card: one without the key would show other digits.
 *
 * @param speed - how many times faster than it was.
 */
export function play({ card, events }: Recording, speed: number, clock: Clock): Playback {
  const mask = MASKS[card.profile.display.kind];
  const moment = createStore<ReplayMoment>({ t: 0, line: '', down: undefined });
  const over = Promise.withResolvers<void>();
  const began = clock.now();
  let next = 0;
  let stop: (() => void) | undefined;

  function showUntil(t: number): void {
    let shown = moment.get();
    for (let event = events[next]; event && event.t <= t; event = events[++next]) {
      shown = after(shown, event, mask);
    }
    moment.set(shown);
    const coming = events[next];
    if (!coming) return over.resolve();
    // When it rings it is time, whatever the division has made of the last bit.
    stop = clock.wakeAt(began + coming.t / speed, () =>
      showUntil(Math.max(coming.t, (clock.now() - began) * speed)),
    );
  }
  showUntil(0);
  return { moment, length: events.at(-1)?.t ?? 0, over: over.promise, stop: () => stop?.() };
}

function after(moment: ReplayMoment, event: RecordedEvent, mask: string): ReplayMoment {
  const { t } = event;
  switch (event.type) {
    case 'display':
      return { ...moment, t, line: event.text.replaceAll(HIDDEN_DIGIT, mask) };
    case 'press':
      return { ...moment, t, down: event.key === HIDDEN_KEY ? undefined : event.key };
    case 'release':
      return { ...moment, t, down: undefined };
    case 'memory':
    case 'clock':
      return { ...moment, t };
  }
}
