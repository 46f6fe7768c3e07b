// `dsc ocra --batch`: a line of response for each line of question, in order, in memory that does not grow.
import { isUtf8 } from 'node:buffer';
import { setFlagsFromString } from 'node:v8';
import {
  createResponder,
  OcraError,
  parseSuite,
  type Responder,
  type Suite,
} from '../../firmware/ocra/index.ts';
import { CommandError } from '../command-error.ts';
import { hexToBytes } from '../../host/hex.ts';
import { clipped, oneLine } from '../one-line.ts';
import { refusalWith, type InputNames } from '../refusal.ts';
import { BoundedCache } from './bounded-cache.ts';
import { Lines, TOO_LONG, type Line } from './lines.ts';
import { BadLine, parseRequest } from './request.ts';

/** Longest line, in bytes. */
const LONGEST_LINE = 64 * 1024;

/** Longest reason that a bad line gets, in UTF-16 units: it may repeat the name of a field. */
const LONGEST_REASON = 200;

/** The fields of a line by the names of OCRA's inputs, where they differ. */
const FIELDS: InputNames = { key: 'keyHex', pinHash: 'pinHashHex', session: 'sessionHex' };

/** Suites and keyed responders kept. A line is at most 64 KiB, so these are at most 16 MiB of names. */
const KEPT = 128;

/**
 * Answers every line of the input.
 *
 * @param print - writes text out; no more is read before it resolves.
 * @throws {CommandError} `refused-lines` at the end, if there were bad ones; each has its error in the output.
 */
export async function answerBatch(
  input: AsyncIterable<Uint8Array>,
  print: (text: string) => Promise<void>,
): Promise<void> {
  keepHeapSmall();
  const lines = new Lines(LONGEST_LINE);
  const answerer = new Answerer();
  // One write for each piece of input: large ones where much is waiting, and none is held back where little is.
  for await (const chunk of input) {
    const answers = answerer.answerAll(lines.push(chunk));
    if (answers) await print(answers);
  }
  const last = answerer.answerAll(lines.end());
  if (last) await print(last);
  if (answerer.refused === 0) return;
  throw new CommandError(
    'refused-lines',
    `${answerer.refused} of ${answerer.lines} lines were refused; the reasons stand in their place in the output`,
  );
}

/**
 * Keeps V8's space for young objects at its first size. Nothing here outlives its line, so a larger one saves no time;
 * it only takes 50 MB more, and twice that on a busy machine.
 */
function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

class Answerer {
  lines = 0;
  refused = 0;
  readonly #suites = new BoundedCache<Suite>(KEPT);
  readonly #responders = new BoundedCache<Responder>(KEPT);

  answerAll(lines: Iterable<Line>): string {
    let answers = '';
    for (const line of lines) answers += `${this.#answer(line)}\n`;
    return answers;
  }

  #answer(line: Line): string {
    this.lines++;
    try {
      const { suite, keyHex, inputs } = parseRequest(decode(line));
      return this.#responder(suite, keyHex)(inputs);
    } catch (error) {
      if (!(error instanceof BadLine || error instanceof OcraError)) throw error;
      this.refused++;
      return `error: ${oneLine(clipped(refusalWith(FIELDS, error), LONGEST_REASON))}`;
    }
  }

  #responder(suite: string, keyHex: string): Responder {
    return this.#responders.get(`${keyHex} ${suite}`, () =>
      createResponder(
        this.#suites.get(suite, () => parseSuite(suite)),
        hexToBytes(keyHex),
      ),
    );
  }
}

function decode(line: Line): string {
  if (line === TOO_LONG) throw new BadLine(`the line is longer than ${LONGEST_LINE} bytes`);
  if (!isUtf8(line)) throw new BadLine('the line is not UTF-8');
  return Buffer.from(line.buffer, line.byteOffset, line.length).toString('utf8');
}
