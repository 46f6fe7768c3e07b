import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createResponder, parseSuite, printSuite, sameResponse } from '../../../src/firmware/ocra/index.ts';
import { keys, suitesWithInputs } from './arbitraries.ts';

test('the response has exactly the digits the suite says; for 0, the whole HMAC', () => {
  const bytes = { SHA1: 20, SHA256: 32, SHA512: 64 };
  fc.assert(
    fc.property(suitesWithInputs, keys, ({ suite, inputs }, key) => {
      const response = createResponder(suite, key)(inputs);
      const shape = suite.digits === 0 ? `^[0-9a-f]{${2 * bytes[suite.hash]}}$` : `^[0-9]{${suite.digits}}$`;
      expect(response).toMatch(new RegExp(shape));
    }),
  );
});

test('equal inputs give equal responses, from one responder or from two', () => {
  fc.assert(
    fc.property(suitesWithInputs, keys, ({ suite, inputs }, key) => {
      const respond = createResponder(suite, key);
      const response = respond(inputs);
      expect(respond(inputs)).toBe(response);
      expect(createResponder(parseSuite(printSuite(suite)), Uint8Array.from(key))(inputs)).toBe(response);
    }),
  );
});

test('an empty key is refused', () => {
  expect(() => createResponder(parseSuite('OCRA-1:HOTP-SHA1-6:QN08'), new Uint8Array())).toThrow(
    expect.objectContaining({ code: 'bad-key' }),
  );
});

test('a responder keeps nothing of the key array it was given', () => {
  const key = new Uint8Array(20).fill(7);
  const respond = createResponder(parseSuite('OCRA-1:HOTP-SHA1-6:QN08'), key);
  const before = respond({ question: '1' });
  key.fill(0);
  expect(respond({ question: '1' })).toBe(before);
});

test('a refused input does not disturb the next response', () => {
  const respond = createResponder(parseSuite('OCRA-1:HOTP-SHA1-6:QN08'), new Uint8Array(20).fill(1));
  const before = respond({ question: '12345678' });
  expect(() => respond({ question: 'x' })).toThrow();
  expect(respond({ question: '12345678' })).toBe(before);
});

test('responses are the same just if they are equal', () => {
  const digits = fc.stringMatching(/^[0-9]{0,10}$/);
  fc.assert(
    fc.property(digits, digits, (a, b) => {
      expect(sameResponse(a, b)).toBe(a === b);
      expect(sameResponse(a, a)).toBe(true);
      expect(sameResponse(a, `${a}0`)).toBe(false);
      expect(sameResponse(`${a}\0`, a)).toBe(false);
    }),
  );
});
