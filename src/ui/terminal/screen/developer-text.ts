// The inside of a card in words: its states, timers, battery, counts and events, a line each.
import type { RecordedEvent } from '../../../firmware/recording.ts';
import type { Profile } from '../../../firmware/profiles.ts';
import type { CardState } from '../../../firmware/statechart.ts';
import type { Texts } from '../../text/texts.ts';
import type { Inspection, Timer } from '../hand/inspection.ts';

const SECOND = 1000;

/** The states of a device, in the order it goes through them; the fault, which may come from several, last. */
export function statesOf({ prompts }: Profile): readonly CardState[] {
  return ['off', 'selfTest', 'lowBattery', ...prompts.map(({ entry }) => entry), 'response', 'fault'];
}

/** How exactly the time that timers have left is told: to the millisecond where time stands still. */
export type Exactness = 'milliseconds' | 'seconds' | 'half-minutes';

/** What each running timer does, and when. */
export function timersInWords(
  { timers }: Inspection,
  exactness: Exactness,
  text: Texts,
): readonly [string, ...string[]] {
  const [first, ...others] = timers.map((timer) => {
    const name = text(`developer.${timer.runs}`, { button: timer.key ?? '' });
    return text('developer.named', { name, value: timeLeft(timer, exactness, text) });
  });
  return [first ?? text('developer.noTimer'), ...others];
}

/** Battery and counts. */
export function memoryInWords(
  { charge, counts }: Inspection,
  { power }: Profile,
  text: Texts,
): readonly string[] {
  const named = (name: string, value: string | number): string => text('developer.named', { name, value });
  const left =
    charge === undefined
      ? text('developer.noDrain')
      : text('developer.charge', {
          charge: charge.toFixed(1),
          percent: power.capacity > 0 ? ((charge / power.capacity) * 100).toFixed(1) : '0',
        });
  const battery = named(text('developer.battery'), left);
  if (!counts) return [battery, text('developer.unreadable')];
  const { counter, powerOns, responses } = counts;
  return [
    battery,
    named(text('developer.counter'), counter ?? text('developer.none')),
    `${named(text('developer.powerOns'), powerOns)} · ${named(text('developer.responses'), responses)}`,
  ];
}

/** An event and when it was. */
export function eventInWords(event: RecordedEvent, text: Texts): string {
  return `${clockTime(event.t)} ${happening(event, text)}`;
}

function happening(event: RecordedEvent, text: Texts): string {
  switch (event.type) {
    case 'press':
    case 'release':
      return text(`developer.${event.type}`, { key: event.key });
    case 'display':
      return event.text === '' ? text('developer.blank') : text('developer.shows', { line: event.text });
    case 'memory':
      if ('failed' in event) return text(event.failed === 'load' ? 'developer.noLoad' : 'developer.noStore');
      return text('developer.write', { bank: event.bank, sequence: event.sequence, count: event.length });
    case 'clock': {
      const time = `${event.by < 0 ? '−' : '+'}${Math.round(Math.abs(event.by) / SECOND)}`;
      return text('developer.clock', { by: text('developer.seconds', { time }) });
    }
  }
}

function timeLeft({ left }: Timer, exactness: Exactness, text: Texts): string {
  if (exactness === 'milliseconds') return text('developer.seconds', { time: (left / SECOND).toFixed(3) });
  const step = exactness === 'seconds' ? 1 : 30;
  return text('developer.seconds', { time: Math.ceil(left / SECOND / step) * step });
}

/** Milliseconds as minutes, seconds and milliseconds: 72345 is `1:12.345`. */
function clockTime(ms: number): string {
  const seconds = Math.floor(ms / SECOND);
  const [minute, second] = [Math.floor(seconds / 60), seconds % 60];
  return `${minute}:${String(second).padStart(2, '0')}.${String(Math.floor(ms % SECOND)).padStart(3, '0')}`;
}
