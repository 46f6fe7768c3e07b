// The message OCRA authenticates: DataInput = suite | 00 | C | Q | P | S | T (RFC 6287 section 5.1).
import { asciiToBytes } from './ascii.ts';
import { OcraError } from './error.ts';
import { HASHES } from './hashes.ts';
import { createQuestionWriter, QUESTION_BYTES, type Question } from './question.ts';
import type { HashName, Suite } from './suite.ts';

/** The data a response is computed from. What the suite names must be there, what it does not name must not. */
export interface DataInputs {
  /** Q: the challenge. */
  readonly question: Question;
  /** C: 0 to 2^64 - 1. */
  readonly counter?: bigint | undefined;
  /** P: 1 to 128 printable ASCII characters. Give this or `pinHash`. */
  readonly pin?: string | undefined;
  /** P: the PIN's hash, of the suite's P hash, where only that is known. */
  readonly pinHash?: Uint8Array | undefined;
  /** S: up to the suite's length in bytes; a shorter one is padded with zeros on the left. */
  readonly session?: Uint8Array | undefined;
  /** T: whole time steps since 1970-01-01T00:00Z, 0 to 2^64 - 1. */
  readonly timeSteps?: bigint | undefined;
}

const INTEGER_BYTES = 8;
const MAX_INTEGER = 2n ** 64n - 1n;
/** The last instant that ECMAScript knows, in milliseconds since 1970. */
const LAST_INSTANT = 8.64e15;

/** Lends the message of some inputs to `use`, and wipes it afterwards: what was typed does not outlive its response. */
export type MessageWriter = (inputs: DataInputs, use: (message: Uint8Array) => void) => void;

/**
 * Makes a writer of messages for one suite. It writes all of them into one buffer.
 *
 * @throws {OcraError} The writer throws for an input that is missing, unexpected or malformed.
 */
export function createMessageWriter(suite: Suite): MessageWriter {
  const writeQuestion = createQuestionWriter(suite);
  const prefix = asciiToBytes(suite.text);
  const counterAt = prefix.length + 1;
  const questionAt = counterAt + (suite.counter ? INTEGER_BYTES : 0);
  const pinAt = questionAt + QUESTION_BYTES;
  const sessionAt = pinAt + (suite.pinHash ? HASHES[suite.pinHash].outputLen : 0);
  const timeAt = sessionAt + (suite.sessionLength ?? 0);
  const end = timeAt + (suite.timeStep ? INTEGER_BYTES : 0);

  const message = new Uint8Array(end);
  message.set(prefix);
  const view = new DataView(message.buffer);
  const questionField = message.subarray(questionAt, pinAt);
  const pinField = message.subarray(pinAt, sessionAt);
  const sessionField = message.subarray(sessionAt, timeAt);

  function write(inputs: DataInputs): void {
    refuseUnexpected(suite, inputs);
    if (suite.counter) view.setBigUint64(counterAt, integer('counter', 'bad-counter', inputs.counter));
    if (inputs.question === undefined) throw missing('question', 'Q');
    writeQuestion(inputs.question, questionField);
    if (suite.pinHash) pinField.set(pinHashOf(suite.pinHash, inputs));
    if (suite.sessionLength) writeSession(inputs.session, sessionField);
    if (suite.timeStep) view.setBigUint64(timeAt, integer('timeSteps', 'bad-time-steps', inputs.timeSteps));
  }

  return (inputs, use) => {
    try {
      write(inputs);
      use(message);
    } finally {
      message.fill(0, counterAt);
    }
  };
}

/**
 * Hashes a PIN as the suite's P input wants it: what a verifier stores instead of the PIN.
 *
 * @throws {OcraError} `unexpected-input` if the suite takes no PIN, `bad-pin` if it is empty, too long or not ASCII.
 */
export function hashPin(suite: Suite, pin: string): Uint8Array {
  if (!suite.pinHash) throw unexpected('pin', 'P');
  return digestPin(suite.pinHash, pin);
}

/**
 * The time step (T) that an instant lies in.
 *
 * @param epochMs - milliseconds since 1970-01-01T00:00Z, not negative.
 * @throws {OcraError} `unexpected-input` if the suite takes no time, `bad-time-steps` for no instant or one before 1970.
 */
export function timeStepsAt(suite: Suite, epochMs: number): bigint {
  if (!suite.timeStep) throw unexpected('timeSteps', 'T');
  if (!(epochMs >= 0 && epochMs <= LAST_INSTANT)) {
    throw new OcraError('bad-time-steps', 'time: must be an instant from 1970 to the year 275760');
  }
  const secondsPer = { S: 1, M: 60, H: 3600 }[suite.timeStep.unit];
  return BigInt(Math.floor(epochMs / (1000 * secondsPer * suite.timeStep.count)));
}

function refuseUnexpected(suite: Suite, inputs: DataInputs): void {
  if (!suite.counter && inputs.counter !== undefined) throw unexpected('counter', 'C');
  if (!suite.pinHash && inputs.pin !== undefined) throw unexpected('pin', 'P');
  if (!suite.pinHash && inputs.pinHash !== undefined) throw unexpected('pinHash', 'P');
  if (!suite.sessionLength && inputs.session !== undefined) throw unexpected('session', 'S');
  if (!suite.timeStep && inputs.timeSteps !== undefined) throw unexpected('timeSteps', 'T');
}

function unexpected(name: string, letter: string): OcraError {
  return new OcraError(
    'unexpected-input',
    `${name}: given, but the suite does not ask for it (${letter}); leave it out`,
  );
}

function missing(name: string, letter: string): OcraError {
  return new OcraError('missing-input', `${name}: missing, but the suite asks for it (${letter}); give it`);
}

function integer(
  name: 'counter' | 'timeSteps',
  code: 'bad-counter' | 'bad-time-steps',
  value: bigint | undefined,
): bigint {
  if (value === undefined) throw missing(name, name === 'counter' ? 'C' : 'T');
  if (value < 0n || value > MAX_INTEGER) throw new OcraError(code, `${name}: must be 0 to 2^64 - 1`);
  return value;
}

function pinHashOf(hash: HashName, { pin, pinHash }: DataInputs): Uint8Array {
  if (pin !== undefined && pinHash !== undefined) {
    throw new OcraError('unexpected-input', 'pinHash: given beside the PIN; give one of the two');
  }
  if (pin !== undefined) return digestPin(hash, pin);
  if (pinHash === undefined) throw missing('pin', 'P');
  const length = HASHES[hash].outputLen;
  if (pinHash.length !== length)
    throw new OcraError('bad-pin', `pinHash: must be ${length} bytes, a ${hash} hash`);
  return pinHash;
}

function digestPin(hash: HashName, pin: string): Uint8Array {
  if (!/^[\x20-\x7e]{1,128}$/.test(pin)) {
    throw new OcraError('bad-pin', 'pin: must be 1 to 128 printable ASCII characters');
  }
  return HASHES[hash](asciiToBytes(pin));
}

function writeSession(session: Uint8Array | undefined, field: Uint8Array): void {
  if (session === undefined) throw missing('session', 'S');
  if (session.length > field.length) {
    throw new OcraError(
      'bad-session',
      `session: must be at most ${field.length} bytes, is ${session.length}`,
    );
  }
  field.set(session, field.length - session.length);
}
