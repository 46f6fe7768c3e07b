import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OcraError, parseSuite, printSuite } from '../../../src/firmware/ocra/index.ts';
import { suiteParts } from './arbitraries.ts';
import { isSuite } from './second-reading.ts';
import { usualRuns } from '../../usual-runs.ts';

test('parse and print are inverse', () => {
  fc.assert(
    fc.property(suiteParts, (parts) => {
      const text = printSuite(parts);
      expect(parseSuite(text)).toEqual({ ...parts, text });
      expect(printSuite(parseSuite(text))).toBe(text);
    }),
  );
});

test('the suite of a Digital Security Card+ is read part by part', () => {
  expect(parseSuite('OCRA-1:HOTP-SHA1-8:QN06-PSHA1')).toEqual({
    text: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1',
    hash: 'SHA1',
    digits: 8,
    counter: false,
    question: { format: 'N', length: 6 },
    pinHash: 'SHA1',
    sessionLength: undefined,
    timeStep: undefined,
  });
});

const START = 'OCRA-1:HOTP-SHA1-6:';

test.each([
  ['', 'algorithm', 0],
  ['OCRA-2:HOTP-SHA1-6:QN08', 'algorithm', 0],
  ['ocra-1:HOTP-SHA1-6:QN08', 'algorithm', 0],
  [' OCRA-1:HOTP-SHA1-6:QN08', 'algorithm', 0],
  ['OCRA-1', 'crypto function', 7],
  ['OCRA-1:HOTP-MD5-6:QN08', 'crypto function', 7],
  ['OCRA-1:HOTP-SHA1-3:QN08', 'crypto function', 7],
  ['OCRA-1:HOTP-SHA1-11:QN08', 'crypto function', 7],
  ['OCRA-1:HOTP-SHA1-08:QN08', 'crypto function', 7],
  ['OCRA-1:HOTP-SHA1:QN08', 'crypto function', 7],
  ['OCRA-1:THOTP-SHA1-6:QN08', 'crypto function', 7],
  ['OCRA-1:HOTP-SHA1-6', 'question', 19],
  [START, 'question', 19],
  [`${START}C`, 'question', 21],
  [`${START}PSHA1-QN08`, 'question', 19],
  [`${START}Q`, 'question', 19],
  [`${START}QN3`, 'question', 19],
  [`${START}QN03`, 'question', 19],
  [`${START}QN65`, 'question', 19],
  [`${START}QX08`, 'question', 19],
  [`${START}QQN08`, 'question', 19],
  [`${START}C-QN٠٨`, 'question', 21],
  [`${START}QN08-P`, 'PIN hash', 24],
  [`${START}QN08-PMD5`, 'PIN hash', 24],
  [`${START}QN08-PPSHA1`, 'PIN hash', 24],
  [`${START}QN08-S`, 'session', 24],
  [`${START}QN08-S64`, 'session', 24],
  [`${START}QN08-S000`, 'session', 24],
  [`${START}QN08-SS064`, 'session', 24],
  [`${START}QN08-PSHA1-S0640`, 'session', 30],
  [`${START}QN08-T`, 'time step', 24],
  [`${START}QN08-T0S`, 'time step', 24],
  [`${START}QN08-T60S`, 'time step', 24],
  [`${START}QN08-T60M`, 'time step', 24],
  [`${START}QN08-T49H`, 'time step', 24],
  [`${START}QN08-T0H`, 'time step', 24],
  [`${START}QN08-T01M`, 'time step', 24],
  [`${START}QN08-T1D`, 'time step', 24],
  [`${START}QN08-TT1M`, 'time step', 24],
  [`${START}QN08-T1MS`, 'time step', 24],
  [`${START}QN08-C`, 'data input', 24],
  [`${START}QN08-T1M-PSHA1`, 'data input', 28],
  [`${START}QN08-QN08`, 'data input', 24],
  [`${START}QN08-`, 'data input', 24],
  [`${START}QN08\n`, 'question', 19],
  [`${START}QN08:QN08`, 'data input', 23],
] as const)('%j is refused at its %s, position %i', (text, part, position) => {
  expect(isSuite(text)).toBe(false);
  const refusal = catchError(() => parseSuite(text));
  expect(refusal).toBeInstanceOf(OcraError);
  expect(refusal).toMatchObject({ code: 'bad-suite', part, position });
  expect((refusal as OcraError).message).toContain(`${part} at position ${position} `);
});

test('every time step the RFC allows is read', () => {
  for (const [unit, most] of [
    ['S', 59],
    ['M', 59],
    ['H', 48],
  ] as const) {
    for (let count = 1; count <= most; count++) {
      expect(isSuite(`${START}QN08-T${count}${unit}`)).toBe(true);
      expect(parseSuite(`${START}QN08-T${count}${unit}`).timeStep).toEqual({ count, unit });
    }
  }
});

test('parts that no suite has are not printed', () => {
  const parts = parseSuite(`${START}QN08`);
  for (const wrong of [
    { digits: 3 },
    { digits: 12 },
    { sessionLength: 1000 },
    { timeStep: { count: 0, unit: 'S' as const } },
  ]) {
    expect(() => printSuite({ ...parts, ...wrong })).toThrow(expect.objectContaining({ code: 'bad-suite' }));
  }
});

test('a suite with one character changed is refused, or prints as itself, as the second reading says', () => {
  const seen = { read: 0, refused: 0 };
  const changed = fc
    .record({
      parts: suiteParts,
      at: fc.nat(),
      by: fc.constantFrom('', '0', '1', '6', '8', 'A', 'H', 'N', 'S', '-', ':'),
    })
    .map(({ parts, at, by }) => {
      const text = printSuite(parts);
      return text.slice(0, at % text.length) + by + text.slice((at % text.length) + 1);
    });
  fc.assert(
    fc.property(changed, (text) => {
      const error = catchError(() => parseSuite(text));
      expect(error === undefined).toBe(isSuite(text));
      if (error === undefined) expect(printSuite(parseSuite(text))).toBe(text);
      else expect(error).toMatchObject({ code: 'bad-suite' });
      seen[error === undefined ? 'read' : 'refused']++;
    }),
    { numRuns: 5 * usualRuns() },
  );
  expect(seen.read).toBeGreaterThan(0);
  expect(seen.refused).toBeGreaterThan(0);
});

function catchError(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}
