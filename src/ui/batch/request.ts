// One line of a batch: a JSON object that asks for one response.
import { z } from 'zod';
import type { DataInputs } from '../../firmware/ocra/index.ts';
import { HEX, hexToBytes } from '../../host/hex.ts';
import { quoted } from '../one-line.ts';
import { parseUnsigned64 } from '../unsigned64.ts';

/** What a line asks for. */
export interface BatchRequest {
  readonly suite: string;
  readonly keyHex: string;
  readonly inputs: DataInputs;
}

/** A line that asks for nothing we can answer. The message tells why in one line, and repeats no secret. */
export class BadLine extends Error {
  override readonly name = 'BadLine';
}

const hex = z.string('must be a string').regex(HEX, 'must be an even number of hexadecimal digits');

const unsigned64 = z
  .union([z.number(), z.string()], 'must be a number or a string')
  .transform((value, context) => {
    // A larger number has lost digits already when JSON was read.
    const exact = typeof value === 'string' || Number.isSafeInteger(value);
    const number = exact ? parseUnsigned64(String(value)) : undefined;
    if (number !== undefined) return number;
    context.addIssue('must be a whole number, 0 to 2^64 - 1, written as a string from 2^53 on');
    return z.NEVER;
  });

const request = z
  .strictObject(
    {
      suite: z.string('must be a string'),
      keyHex: hex,
      question: z.string('must be a string'),
      counter: unsigned64.optional(),
      pin: z.string('must be a string').optional(),
      pinHashHex: hex.transform(hexToBytes).optional(),
      sessionHex: hex.transform(hexToBytes).optional(),
      timeSteps: unsigned64.optional(),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `unknown field ${quoted(issue.keys[0] ?? '')}`
          : 'must be a JSON object',
    },
  )
  .transform(({ suite, keyHex, pinHashHex: pinHash, sessionHex: session, ...others }): BatchRequest => ({
    suite,
    keyHex,
    inputs: { ...others, pinHash, session },
  }));

/**
 * Reads one line.
 *
 * @throws {BadLine} if it is not JSON, or not an object with the right fields and no others.
 */
export function parseRequest(text: string): BatchRequest {
  const result = request.safeParse(parseJson(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw new BadLine('the line is no request');
  throw new BadLine(issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the line, and a key may be in it.
    throw new BadLine('the line is not JSON');
  }
}
