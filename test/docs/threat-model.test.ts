// The numbers of docs/threat-model.md, worked out from what the code does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createResponder, parseSuite } from '../../src/firmware/ocra/index.ts';
import { DSC_PLUS } from '../../src/firmware/profiles.ts';
import { completePolicy } from '../../src/host/policy.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/threat-model.md'), 'utf8');
const { wrongAnswersPerDevice, wrongAnswersPerLogin, challengeLifetime } = completePolicy();

/** The likeliest value of a truncated response: 31 bits, divided with rest. */
const likeliest = (digits: number): number => Math.ceil(2 ** 31 / 10 ** digits);

test('the host has the limits that the page reckons with', () => {
  expect([wrongAnswersPerDevice, wrongAnswersPerLogin, challengeLifetime]).toEqual([5, 3, 120_000]);
  expect(page).toContain('five wrong answers in a row');
  expect(page).toContain('a login ends\nafter three');
  expect(page).toContain('within two minutes');
});

test('the chances are those of that many guesses', () => {
  const oneIn = (digits: number, guesses: number): number => 2 ** 31 / (likeliest(digits) * guesses);
  expect(10 ** DSC_PLUS.pinLength / wrongAnswersPerDevice).toBe(2000);
  expect([likeliest(8), likeliest(6)]).toEqual([22, 2148]);
  expect(oneIn(8, wrongAnswersPerDevice)).toBeCloseTo(19.5e6, -5);
  expect(oneIn(6, wrongAnswersPerDevice)).toBeCloseTo(200_000, -3);
  expect(oneIn(8, (wrongAnswersPerDevice - 1) * 365.25)).toBeCloseTo(67_000, -3);
  for (const words of [
    '1 in 2,000 ',
    '22 in 2^31',
    '2,148 in 2^31',
    '1 in 19.5 million',
    '1 in 200,000',
    '1 in 67,000',
  ])
    expect(page).toContain(words);
});

test('with the key, one challenge and its response leave one PIN of ten thousand', () => {
  const respond = createResponder(parseSuite(DSC_PLUS.suite), new Uint8Array(20).fill(9));
  const seen = respond({ question: '482915', pin: '1234' });
  const pins = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0'));
  expect(pins.filter((pin) => respond({ question: '482915', pin }) === seen)).toEqual(['1234']);
});
