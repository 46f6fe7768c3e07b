// Random requests to OCRA: every suite, and inputs of every length it takes. Quick to draw, since many are wanted.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { CHARACTERS, HASH_BYTES, suites } from './arbitraries.ts';
import type { OcraRequest } from './second-reading.ts';

/** Around the blocks of HMAC, 64 and 128 bytes: a longer key is hashed first. */
const KEY_LENGTHS = [1, 63, 64, 65, 127, 128, 129];

const absent = fc.constant(undefined);

/** From the smallest to the largest, and around the largest that a number of JSON holds, which is given as one. */
const unsigned64: fc.Arbitrary<number | string> = fc.oneof(
  fc.maxSafeNat(),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  fc.constantFrom('0', 2 ** 53 - 1, String(2n ** 53n), String(2n ** 63n), String(2n ** 64n - 1n)),
);

export const requests: fc.Arbitrary<OcraRequest> = fc
  .tuple(suites, fc.boolean())
  .chain(([{ text: suite, counter, question, pinHash, sessionLength, timeStep }, hashed]) =>
    fc.record({
      suite: fc.constant(suite),
      keyHex: hex(fc.oneof(fc.constantFrom(...KEY_LENGTHS), fc.integer({ min: 1, max: 200 }))),
      // Letters may be more than the suite says: the published mutual challenges are two joined.
      question: text(CHARACTERS[question.format], question.format === 'A' ? 128 : question.length),
      counter: counter ? unsigned64 : absent,
      pin: pinHash && !hashed ? text(CHARACTERS.A, 128) : absent,
      pinHashHex: pinHash && hashed ? hex(fc.constant(HASH_BYTES[pinHash])) : absent,
      sessionHex: sessionLength ? hex(fc.nat(sessionLength)) : absent,
      timeSteps: timeStep ? unsigned64 : absent,
    }),
  );

/** One character to the most, some with zeros at the beginning, or nothing else. */
function text(characters: string, most: number): fc.Arbitrary<string> {
  const zeros = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(most));
  return fc.tuple(fc.integer({ min: 1, max: most }), zeros, fc.nat()).map(([length, leading, seed]) => {
    const any = Array.from(bytes(length, seed), (byte) => characters[byte % characters.length]).join('');
    return any.slice(leading).padStart(length, '0');
  });
}

function hex(lengths: fc.Arbitrary<number>): fc.Arbitrary<string> {
  return fc.tuple(lengths, fc.nat()).map(([length, seed]) => bytes(length, seed).toString('hex'));
}

/** The bytes of a seed: one number is drawn and shrunk faster than a thousand bytes. */
function bytes(length: number, seed: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(String(seed)).digest();
}
