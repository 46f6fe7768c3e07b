// Random suites, and random inputs that fit a suite.
import fc from 'fast-check';
import {
  parseSuite,
  printSuite,
  type DataInputs,
  type Suite,
  type SuiteParts,
} from '../../../src/firmware/ocra/index.ts';

export const HASH_BYTES = { SHA1: 20, SHA256: 32, SHA512: 64 } as const;
const MAX_INTEGER = 2n ** 64n - 1n;

export const hashes = fc.constantFrom('SHA1', 'SHA256', 'SHA512');

const timeSteps = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 59 }), unit: fc.constantFrom('S', 'M') }),
  fc.record({ count: fc.integer({ min: 1, max: 48 }), unit: fc.constant('H' as const) }),
);

const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined });

export const suiteParts: fc.Arbitrary<SuiteParts> = fc.record({
  hash: hashes,
  digits: fc.constantFrom(0, 4, 5, 6, 7, 8, 9, 10),
  counter: fc.boolean(),
  question: fc.record({ format: fc.constantFrom('N', 'A', 'H'), length: fc.integer({ min: 4, max: 64 }) }),
  pinHash: maybe(hashes),
  sessionLength: maybe(fc.integer({ min: 1, max: 999 })),
  timeStep: maybe(timeSteps),
});

export const suites: fc.Arbitrary<Suite> = suiteParts.map((parts) => parseSuite(printSuite(parts)));

export const keys = fc.uint8Array({ minLength: 1, maxLength: 200 });

export const CHARACTERS = {
  N: '0123456789',
  H: '0123456789abcdefABCDEF',
  A: String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 0x20 + i)),
} as const;

function questions(suite: Suite): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...CHARACTERS[suite.question.format].split(''));
  return fc.string({ unit, minLength: 1, maxLength: suite.question.length });
}

const integers = fc.bigInt({ min: 0n, max: MAX_INTEGER });

/** Inputs that the suite takes, with the PIN as its hash. */
export function inputsOf(suite: Suite): fc.Arbitrary<DataInputs> {
  const { pinHash, sessionLength } = suite;
  const nothing = fc.constant(undefined);
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  return fc.record({
    question: questions(suite),
    counter: suite.counter ? integers : nothing,
    pinHash: pinHash ? bytes(HASH_BYTES[pinHash]) : nothing,
    session: sessionLength ? bytes(sessionLength) : nothing,
    timeSteps: suite.timeStep ? integers : nothing,
  });
}

export const suitesWithInputs = suites.chain((suite) =>
  fc.record({ suite: fc.constant(suite), inputs: inputsOf(suite) }),
);
