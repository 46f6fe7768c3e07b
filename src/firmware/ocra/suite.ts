// The OCRA suite: one line of text that says which hash, how many digits and which inputs (RFC 6287 section 6).
import { OcraError, type SuitePart } from './error.ts';

/** A hash function OCRA may use, spelled as in a suite. */
export type HashName = 'SHA1' | 'SHA256' | 'SHA512';

/** How a question is written: decimal digits, alphanumeric, or hexadecimal digits. */
export type QuestionFormat = 'N' | 'A' | 'H';

/** What a suite says, before it is written as text. */
export interface SuiteParts {
  /** Hash of the HMAC. */
  readonly hash: HashName;
  /** Digits of the response, 4 to 10; 0 for the whole HMAC, not truncated. */
  readonly digits: number;
  /** Whether an 8-byte counter is an input (C). */
  readonly counter: boolean;
  /** Format of the question and its length in characters, 4 to 64 (Q). */
  readonly question: { readonly format: QuestionFormat; readonly length: number };
  /** Hash of the PIN, where the PIN is an input (P). */
  readonly pinHash: HashName | undefined;
  /** Length of the session information in bytes, 1 to 999, where it is an input (S). */
  readonly sessionLength: number | undefined;
  /** Size of the time step, where time is an input (T): 1-59 seconds, 1-59 minutes or 1-48 hours. */
  readonly timeStep: { readonly count: number; readonly unit: 'S' | 'M' | 'H' } | undefined;
}

declare const read: unique symbol;

/** A suite that has been read: its parts, and the text they came from, which is itself part of every message. */
export interface Suite extends SuiteParts {
  readonly text: string;
  /** Only {@link parseSuite} makes suites. */
  readonly [read]: true;
}

const CRYPTO_FUNCTION = /^HOTP-(SHA1|SHA256|SHA512)-(0|[4-9]|10)$/;
const QUESTION = /^Q([NAH])(0[4-9]|[1-5]\d|6[0-4])$/;
const PIN_HASH = /^P(SHA1|SHA256|SHA512)$/;
const SESSION = /^S(?!000)(\d{3})$/;
// Erratum 3729 of RFC 6287: a time step of zero is no time step.
const TIME_STEP = /^T(?:([1-9]|[1-5]\d)([SM])|([1-9]|[1-3]\d|4[0-8])(H))$/;

/**
 * Reads a suite such as `OCRA-1:HOTP-SHA1-8:QN06-PSHA1`.
 *
 * Upper case only, since the text is hashed as it stands; data inputs in the RFC's order (C, Q, P, S, T), and every
 * one of them spelled out: the RFC names defaults for a bare `Q`, `P`, `S` and `T`, but no two verifiers agree on them.
 *
 * @throws {OcraError} `bad-suite`, with the part at fault and its position.
 */
export function parseSuite(text: string): Suite {
  const [algorithm, cryptoFunction = '', dataInput = '', ...rest] = text.split(':');
  if (algorithm !== 'OCRA-1') refuse('algorithm', 0, 'must be OCRA-1');

  const functionAt = algorithm.length + 1;
  const [, hash, digits] =
    CRYPTO_FUNCTION.exec(cryptoFunction) ??
    refuse(
      'crypto function',
      functionAt,
      'must be HOTP-SHA1, -SHA256 or -SHA512 and 0 or 4 to 10 digits, as in HOTP-SHA1-6',
    );

  const inputAt = functionAt + cryptoFunction.length + 1;
  const inputs = new InputReader(dataInput, inputAt);
  const counter = inputs.take('C');
  const question = readQuestion(inputs);
  const pinHash = inputs.takeMatching('P', 'PIN hash', PIN_HASH, 'must be PSHA1, PSHA256 or PSHA512')?.[1];
  const session = inputs.takeMatching(
    'S',
    'session',
    SESSION,
    'must be S and three digits, S001 to S999',
  )?.[1];
  const time = inputs.takeMatching('T', 'time step', TIME_STEP, 'must be T1S-T59S, T1M-T59M or T1H-T48H');
  inputs.end();
  if (rest.length > 0)
    refuse('data input', inputAt + dataInput.length, 'is the last part: nothing may follow it');

  const suite: Omit<Suite, typeof read> = {
    text,
    hash: hash as HashName,
    digits: Number(digits),
    counter,
    question,
    pinHash: pinHash as HashName | undefined,
    sessionLength: session === undefined ? undefined : Number(session),
    timeStep: time && { count: Number(time[1] ?? time[3]), unit: (time[2] ?? time[4]) as 'S' | 'M' | 'H' },
  };
  return suite as Suite;
}

/**
 * Writes a suite's parts as text; the inverse of {@link parseSuite}.
 *
 * @throws {OcraError} `bad-suite` if no suite has these parts.
 */
export function printSuite(parts: SuiteParts): string {
  const { question, timeStep } = parts;
  const inputs = [
    parts.counter && 'C',
    `Q${question.format}${pad(question.length, 2)}`,
    parts.pinHash && `P${parts.pinHash}`,
    parts.sessionLength !== undefined && `S${pad(parts.sessionLength, 3)}`,
    timeStep && `T${timeStep.count}${timeStep.unit}`,
  ];
  return parseSuite(`OCRA-1:HOTP-${parts.hash}-${parts.digits}:${inputs.filter(Boolean).join('-')}`).text;
}

function readQuestion(inputs: InputReader): SuiteParts['question'] {
  const rule = 'must be QN, QA or QH and a length from 04 to 64, as in QN06';
  const match =
    inputs.takeMatching('Q', 'question', QUESTION, rule) ??
    inputs.refuse('question', `is missing: it ${rule}`);
  return { format: match[1] as QuestionFormat, length: Number(match[2]) };
}

/** Takes the data inputs one after the other, knowing where each begins. */
class InputReader {
  readonly #inputs: string[];
  #position: number;

  constructor(dataInput: string, position: number) {
    this.#inputs = dataInput.split('-');
    this.#position = position;
  }

  /** Takes the next input if it is just `text`. */
  take(text: string): boolean {
    if (this.#inputs[0] !== text) return false;
    this.#advance(text);
    return true;
  }

  /** Takes the next input if it begins with `letter`; then it must match. */
  takeMatching(letter: string, part: SuitePart, pattern: RegExp, rule: string): RegExpExecArray | undefined {
    const input = this.#inputs[0];
    if (!input?.startsWith(letter)) return undefined;
    const match = pattern.exec(input) ?? this.refuse(part, rule);
    this.#advance(input);
    return match;
  }

  /** Everything must have been taken. */
  end(): void {
    if (this.#inputs.length > 0) {
      this.refuse('data input', 'must be C, Q, P, S and T in this order, each once, joined by hyphens');
    }
  }

  refuse(part: SuitePart, rule: string): never {
    return refuse(part, this.#position, rule);
  }

  #advance(taken: string): void {
    this.#inputs.shift();
    this.#position += taken.length + 1;
  }
}

function refuse(part: SuitePart, position: number, rule: string): never {
  throw new OcraError('bad-suite', `suite: the ${part} at position ${position} ${rule}`, { part, position });
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');
