// The shape of a profile that somebody wrote: which fields, of which kind, within which bounds.
import { z } from 'zod';
import type { Profile } from '../../firmware/profiles.ts';
import { clipped, oneLine } from '../one-line.ts';

/** An hour: none of a card's times is longer, and no person waits so long. */
const LONGEST_TIME = 3_600_000;

/** The longest display, and the longest PIN. */
const MOST_PLACES = 16;
const MOST_PIN_DIGITS = 16;

/** Characters of a name, of a suite. */
const LONGEST_NAME = 40;
const LONGEST_SUITE = 128;

/** The largest number of the power's fields, whatever their unit. */
const MOST_POWER = 1e9;

const ID_ERROR = 'must be 1 to 32 of the characters a-z, 0-9 and "-"';
const PROMPTS_ERROR = 'must be a list of the two prompts';

const time = whole(1, LONGEST_TIME, ' of milliseconds');
const power = between(0, MOST_POWER);
const anyText = text(0, MOST_PLACES);

const prompt = object({
  entry: z.enum(['pin', 'challenge'], { error: 'must be "pin" or "challenge"' }),
  prompt: anyText,
  mask: anyText.optional(),
});

const profile = object({
  id: z.string({ error: ID_ERROR }).regex(/^[a-z0-9-]{1,32}$/, { error: ID_ERROR }),
  name: text(1, LONGEST_NAME).refine((name) => name.trim() === name, {
    error: 'must not begin or end with a blank',
  }),
  display: object({
    kind: z.enum(['14-segment', '7-segment'], { error: 'must be "14-segment" or "7-segment"' }),
    width: whole(1, MOST_PLACES),
  }),
  prompts: z.array(prompt, { error: PROMPTS_ERROR }).length(2, { error: PROMPTS_ERROR, abort: true }),
  pinLength: whole(1, MOST_PIN_DIGITS),
  suite: text(1, LONGEST_SUITE),
  notices: object({ lowBattery: anyText, fault: anyText }),
  times: object({
    touch: time,
    hold: time,
    selfTest: time,
    lowBattery: time,
    idle: time,
    responseIdle: time,
    page: time.optional(),
  }),
  power: object({
    capacity: power.gt(0, { error: 'must be more than 0' }),
    low: power,
    asleep: power,
    awake: power.gt(0, { error: 'must be more than 0' }),
    segment: power,
    response: power,
    selfDischarge: power.lt(1, { error: 'must be less than 1' }),
  }),
});

/**
 * Reads a profile from what JSON says.
 *
 * @returns The profile, or what is wrong with the first wrong field, as in `times.hold: must be …`.
 */
export function parseProfile(json: unknown): Profile | string {
  const result = profile.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue ? fieldOf(issue.path) : '';
  if (issue?.code === 'unrecognized_keys') {
    const [unknown = ''] = issue.keys;
    return `${nameOf([...issue.path, unknown])}: is no field of a profile; leave it out`;
  }
  return `${field === '' ? '' : `${field}: `}${issue?.message ?? 'is no profile'}`;
}

/** The name of a field, as in `prompts[0].mask`. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      return index === 0 ? String(part) : `.${String(part)}`;
    })
    .join('');
}

/** The same, fit for a message where somebody chose the name. */
function nameOf(path: readonly PropertyKey[]): string {
  return oneLine(clipped(fieldOf(path), 60));
}

function object<Shape extends z.core.$ZodShape>(shape: Shape) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? undefined : `must be an object with the fields ${names}`,
  });
}

function whole(least: number, most: number, unit = '') {
  const error = `must be a whole number${unit} from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

function between(least: number, most: number) {
  const error = `must be a number from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

/** Text without what could move a cursor or change how the rest is read. */
function text(least: number, most: number) {
  const error = `must be text of ${least === 0 ? 'at most' : `${least} to`} ${most} characters on one line`;
  return z
    .string({ error })
    .min(least, { error })
    .max(most, { error })
    .refine((value) => oneLine(value) === value, { error });
}
