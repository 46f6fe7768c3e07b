// Reads a recording that anybody may have written: JSON lines, checked one by one.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { KEYS } from '../../firmware/keypad.ts';
import { KEY_BYTES } from '../../firmware/ocra/index.ts';
import { profileFault } from '../../firmware/profile-check.ts';
import type { Profile } from '../../firmware/profiles.ts';
import {
  HIDDEN_KEY,
  RECORDING_VERSION,
  type RecordedCard,
  type RecordedEvent,
} from '../../firmware/recording.ts';
import { isSerial } from '../../host/index.ts';
import { fileTrouble } from '../cards/given-file.ts';
import { parseProfile } from '../cards/profile-shape.ts';
import { Lines, TOO_LONG, type Line } from '../batch/lines.ts';
import { CommandError } from '../command-error.ts';
import { quoted } from '../one-line.ts';
import { raise } from '../raise.ts';

/** A recording, checked. */
export interface Recording {
  readonly card: RecordedCard;
  readonly events: readonly RecordedEvent[];
}

/** More than anybody records by hand: some hours of typing without a pause. */
const MOST_EVENTS = 1_000_000;

/** An entry is a few hundred bytes; the card's, with its profile, some thousand. */
const LONGEST_LINE = 16 * 1024;

/** The counters there are. */
const LAST_COUNTER = 2n ** 64n - 1n;

const KEY_HEX = new RegExp(`^(?:[0-9a-f]{2}){${KEY_BYTES.least},${KEY_BYTES.most}}$`);

const count = z.int().min(0);
const finite = z.number();
const profile = z.unknown().transform((json, context): Profile => {
  const parsed = parseProfile(json);
  const fault = typeof parsed === 'string' ? { field: '', message: parsed } : profileFault(parsed);
  if (typeof parsed !== 'string' && !fault) return parsed;
  context.addIssue({ code: 'custom', message: `${fault?.field ?? ''} ${fault?.message ?? ''}`.trim() });
  return z.NEVER;
});

const card = z.strictObject({
  type: z.literal('card'),
  version: z.literal(RECORDING_VERSION),
  serial: z.string().refine(isSerial),
  suite: z.string().max(128),
  profile,
  timeOfDay: z.int(),
  secrets: z.boolean(),
  memory: z
    .strictObject({
      sequence: count,
      counter: z
        .string()
        .regex(/^[0-9]{1,20}$/)
        .refine((counter) => BigInt(counter) <= LAST_COUNTER),
      powerOns: count,
      responses: count,
      battery: z.strictObject({ charge: finite, at: finite }).optional(),
    })
    .optional(),
  key: z.string().regex(KEY_HEX).optional(),
});

const t = z.int().min(0);
const event = z.union([
  z.strictObject({ type: z.enum(['press', 'release']), t, key: z.enum([...KEYS, HIDDEN_KEY]) }),
  z.strictObject({ type: z.literal('display'), t, text: z.string().max(64) }),
  z.strictObject({ type: z.literal('memory'), t, bank: z.int(), sequence: count, length: count }),
  z.strictObject({ type: z.literal('memory'), t, failed: z.enum(['load', 'store']) }),
  z.strictObject({ type: z.literal('clock'), t, by: z.int() }),
]);

/**
 * Reads a recording from a file.
 *
 * @throws {CommandError} `bad-recording`, which names the line; `file-trouble`.
 */
export async function readRecording(path: string): Promise<Recording> {
  const bad = (line: number, reason: string): CommandError =>
    new CommandError('bad-recording', `line ${line} of ${quoted(path)} ${reason}`);
  let first: RecordedCard | undefined;
  const events: RecordedEvent[] = [];
  let number = 0;
  let before = 0;
  for await (const line of linesOf(path)) {
    number++;
    const json = parseJson(line);
    if (!first) {
      first = readCard(json) ?? raise(bad(number, 'does not begin a recording that this dsc can replay'));
      continue;
    }
    const parsed = event.safeParse(json);
    if (!parsed.success) throw bad(number, 'is no entry of a recording; it is damaged, or from a newer dsc');
    if (parsed.data.t < before) throw bad(number, 'is earlier than the line before');
    before = parsed.data.t;
    if (events.push(parsed.data) > MOST_EVENTS) throw bad(number, `is one too many: ${MOST_EVENTS} are read`);
  }
  return first ? { card: first, events } : raise(bad(1, 'is missing: the file is empty'));
}

function readCard(json: unknown): RecordedCard | undefined {
  const parsed = card.safeParse(json);
  return parsed.success ? (parsed.data as RecordedCard) : undefined;
}

function parseJson(line: string | undefined): unknown {
  try {
    return line === undefined ? undefined : JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** @yields The text of each line; undefined for one that is too long. */
async function* linesOf(path: string): AsyncGenerator<string | undefined> {
  const lines = new Lines(LONGEST_LINE);
  try {
    // Without O_NONBLOCK to open a named pipe would wait for its other end.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!(await file.stat()).isFile()) {
      await file.close();
      throw new Error('it is no file');
    }
    for await (const piece of file.createReadStream() as AsyncIterable<Uint8Array>) {
      for (const line of lines.push(piece)) yield text(line);
    }
    for (const line of lines.end()) yield text(line);
  } catch (error) {
    throw error instanceof CommandError ? error : fileTrouble('read', path, error);
  }
}

function text(line: Line): string | undefined {
  return line === TOO_LONG ? undefined : Buffer.from(line).toString('utf8');
}
