// The published vectors of RFC 6287, appendix C. The rest of OCRA stands on these.
import { hexToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { createResponder, hashPin, parseSuite } from '../../../src/firmware/ocra/index.ts';
import rows from '../../vectors/rfc6287.json' with { type: 'json' };

interface Row {
  readonly suite: string;
  readonly keyHex: string;
  readonly question: string;
  readonly counter?: number;
  readonly pin?: string;
  readonly timeSteps?: number;
  readonly response: string;
}

const vectors: readonly Row[] = rows;

test('all seventy rows are here', () => {
  expect(vectors).toHaveLength(70);
});

test.each(vectors)('$suite $question $counter gives $response', (row) => {
  const suite = parseSuite(row.suite);
  const respond = createResponder(suite, hexToBytes(row.keyHex));
  const counter = row.counter === undefined ? undefined : BigInt(row.counter);
  const timeSteps = row.timeSteps === undefined ? undefined : BigInt(row.timeSteps);
  const inputs = { question: row.question, counter, timeSteps };

  expect(respond({ ...inputs, pin: row.pin })).toBe(row.response);
  if (row.pin !== undefined) {
    expect(respond({ ...inputs, pinHash: hashPin(suite, row.pin) })).toBe(row.response);
  }
});

test('a mutual challenge given as a pair is the two joined', () => {
  const mutual = vectors.filter(({ question }) => question.length === 16);
  expect(mutual.length).toBeGreaterThan(0);
  for (const { suite, keyHex, question, pin, response } of mutual) {
    const respond = createResponder(parseSuite(suite), hexToBytes(keyHex));
    expect(respond({ question: [question.slice(0, 8), question.slice(8)], pin })).toBe(response);
  }
});

test('one responder answers every challenge of its key as a fresh one does', () => {
  const ofOneKey = vectors.filter(({ suite }) => suite === 'OCRA-1:HOTP-SHA1-6:QN08');
  const respond = createResponder(
    parseSuite('OCRA-1:HOTP-SHA1-6:QN08'),
    hexToBytes(ofOneKey[0]?.keyHex ?? ''),
  );
  for (const { question, response } of ofOneKey.toReversed()) expect(respond({ question })).toBe(response);
});
