import { expect, test } from 'vitest';
import { readCardSuite } from '../../src/firmware/card-suite.ts';
import { DSC, DSC_PLUS, PROFILES } from '../../src/firmware/profiles.ts';

test.each(PROFILES)('the $name operates its own suite', (profile) => {
  expect(readCardSuite(profile, profile.suite).text).toBe(profile.suite);
});

test('a device with pages shows longer challenges and responses than it has places', () => {
  const long = 'OCRA-1:HOTP-SHA1-10:QN64-PSHA1';
  expect(DSC.display.width).toBeLessThan(6);
  expect(readCardSuite(DSC, long)).toMatchObject({ digits: 10, question: { length: 64 } });
  expect(() => readCardSuite(DSC_PLUS, long)).toThrow(
    'the Digital Security Card+ cannot operate OCRA-1:HOTP-SHA1-10:QN64-PSHA1: it can show a challenge of at most 8 digits (QN08)',
  );
});

test('pages do not make a device show a response that is not digits', () => {
  expect(() => readCardSuite(DSC, 'OCRA-1:HOTP-SHA1-0:QN06-PSHA1')).toThrow(
    'it can show a response of 4 to 10 digits',
  );
});
