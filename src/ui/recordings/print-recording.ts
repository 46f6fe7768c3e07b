// A recording as text: when the display showed what.
import { oneLine } from '../one-line.ts';
import type { Recording } from './read-recording.ts';

/** Milliseconds as seconds, as in 2.500. */
export function inSeconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** A line for each display. */
export function printRecording({ card, events }: Recording): string {
  const displays = events.flatMap((event) =>
    event.type === 'display'
      ? [`${inSeconds(event.t).padStart(10)}  ${event.text === '' ? '(off)' : oneLine(event.text)}\n`]
      : [],
  );
  return `${card.profile.name}, ${card.serial}\n${displays.join('')}`;
}
