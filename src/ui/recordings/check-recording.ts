// Whether the card of today does what a recording says.
import { CardError } from '../../firmware/card-error.ts';
import { OcraError } from '../../firmware/ocra/index.ts';
import type { RecordedEvent } from '../../firmware/recording.ts';
import { CommandError } from '../command-error.ts';
import { quoted } from '../one-line.ts';
import type { Recording } from './read-recording.ts';
import { firstDifference, type Difference } from './replay.ts';
import { inSeconds } from './print-recording.ts';

/**
 * Checks a recording.
 *
 * @returns A line that says how much was compared.
 * @throws {CommandError} `other-display` with the first difference; `bad-recording` for a card that cannot be.
 */
export function checkRecording(recording: Recording, file: string): string {
  const difference = differenceOf(recording, file);
  if (difference) throw new CommandError('other-display', `${quoted(file)}: ${inWords(difference)}`);
  const { events, card } = recording;
  const count = (type: RecordedEvent['type']): number => events.filter((event) => event.type === type).length;
  const hidden = card.secrets ? '' : '; PIN, key and responses are hidden and were not compared';
  return `the same: displays ${count('display')}, memory writes ${count('memory')}, in ${inSeconds(events.at(-1)?.t ?? 0)} s${hidden}\n`;
}

function differenceOf(recording: Recording, file: string): Difference | undefined {
  try {
    return firstDifference(recording);
  } catch (cause) {
    if (!(cause instanceof CardError || cause instanceof OcraError)) throw cause;
    throw new CommandError('bad-recording', `${quoted(file)} is of a card that cannot be: ${cause.message}`, {
      cause,
    });
  }
}

function inWords({ t, recorded, today }: Difference): string {
  return `at ${inSeconds(t)} s the recording has ${told(recorded)}, the card of today ${told(today)}`;
}

function told(event: RecordedEvent | undefined): string {
  if (!event) return 'nothing more';
  const at = `at ${inSeconds(event.t)} s`;
  switch (event.type) {
    case 'display':
      return event.text === '' ? `an empty display ${at}` : `${quoted(event.text)} on the display ${at}`;
    case 'memory':
      return 'failed' in event
        ? `a failed ${event.failed} of the memory ${at}`
        : `a write of ${event.length} bytes to bank ${event.bank}, number ${event.sequence}, ${at}`;
    case 'press':
    case 'release':
      return `a ${event.type} of ${event.key} ${at}`;
    case 'clock':
      return `a clock set by ${event.by} ms ${at}`;
  }
}
