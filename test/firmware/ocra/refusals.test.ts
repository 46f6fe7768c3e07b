// What a person reads when OCRA refuses: the input at fault, and what it must be.
import { expect, test } from 'vitest';
import {
  createResponder,
  hashPin,
  hasUniqueEncoding,
  parseSuite,
  printSuite,
  timeStepsAt,
  type DataInputs,
} from '../../../src/firmware/ocra/index.ts';

const START = 'OCRA-1:HOTP-SHA1-6:';
const NONE = parseSuite(`${START}QN08`);
const ALL = parseSuite(`${START}C-QN08-PSHA1-S004-T1M`);

/** What `action` throws, as it is printed. */
function refusal(action: () => unknown): string {
  try {
    action();
    return 'nothing was refused';
  } catch (error) {
    return String(error);
  }
}

test.each([
  ['OCRA-2:HOTP-SHA1-6:QN08', 'the algorithm at position 0 must be OCRA-1'],
  [
    'OCRA-1:HOTP-MD5-6:QN08',
    'the crypto function at position 7 must be HOTP-SHA1, -SHA256 or -SHA512 and 0 or 4 to 10 digits, as in HOTP-SHA1-6',
  ],
  [`${START}QN99`, 'the question at position 19 must be QN, QA or QH and a length from 04 to 64, as in QN06'],
  [
    `${START}C-PSHA1`,
    'the question at position 21 is missing: it must be QN, QA or QH and a length from 04 to 64, as in QN06',
  ],
  [`${START}QN08-PMD5`, 'the PIN hash at position 24 must be PSHA1, PSHA256 or PSHA512'],
  [`${START}QN08-S64`, 'the session at position 24 must be S and three digits, S001 to S999'],
  [`${START}QN08-T60S`, 'the time step at position 24 must be T1S-T59S, T1M-T59M or T1H-T48H'],
  [
    `${START}QN08-C`,
    'the data input at position 24 must be C, Q, P, S and T in this order, each once, joined by hyphens',
  ],
  [`${START}QN08:QN08`, 'the data input at position 23 is the last part: nothing may follow it'],
])('the suite %s', (text, message) => {
  expect(refusal(() => parseSuite(text))).toBe(`OcraError: suite: ${message}`);
});

test('parts that no suite has, as the suite they would make', () => {
  expect(refusal(() => printSuite({ ...NONE, sessionLength: 1000 }))).toBe(
    'OcraError: suite: the session at position 24 must be S and three digits, S001 to S999',
  );
});

const full = { question: '1', counter: 0n, pin: '1234', session: new Uint8Array(4), timeSteps: 0n };

test.each([
  ['question', 'Q'],
  ['counter', 'C'],
  ['pin', 'P'],
  ['session', 'S'],
  ['timeSteps', 'T'],
] as const)('%s, where it is missing', (part, letter) => {
  const { [part]: _, ...rest } = full;
  expect(refusal(() => createResponder(ALL, new Uint8Array(20))(rest as DataInputs))).toBe(
    `OcraError: ${part}: missing, but the suite asks for it (${letter}); give it`,
  );
});

test.each([
  ['counter', 'C', 0n],
  ['pin', 'P', '1234'],
  ['pinHash', 'P', new Uint8Array(20)],
  ['session', 'S', new Uint8Array(4)],
  ['timeSteps', 'T', 0n],
] as const)('%s, where the suite does not ask for it', (part, letter, value) => {
  const message = `OcraError: ${part}: given, but the suite does not ask for it (${letter}); leave it out`;
  const respond = createResponder(NONE, new Uint8Array(20));
  expect(refusal(() => respond({ question: '1', [part]: value }))).toBe(message);
  if (part === 'pin') expect(refusal(() => hashPin(NONE, '1234'))).toBe(message);
  if (part === 'timeSteps') expect(refusal(() => timeStepsAt(NONE, 0))).toBe(message);
});

test.each([
  [{ question: '123456789' }, 'question: must be 1 to 8 decimal digits'],
  [{ counter: 2n ** 64n }, 'counter: must be 0 to 2^64 - 1'],
  [{ pin: '' }, 'pin: must be 1 to 128 printable ASCII characters'],
  [{ pinHash: new Uint8Array(20) }, 'pinHash: given beside the PIN; give one of the two'],
  [{ pin: undefined, pinHash: new Uint8Array(19) }, 'pinHash: must be 20 bytes, a SHA1 hash'],
  [{ session: new Uint8Array(5) }, 'session: must be at most 4 bytes, is 5'],
  [{ timeSteps: -1n }, 'timeSteps: must be 0 to 2^64 - 1'],
] as const)('a malformed input %o', (change, message) => {
  const respond = createResponder(ALL, new Uint8Array(20));
  expect(refusal(() => respond({ ...full, ...change }))).toBe(`OcraError: ${message}`);
});

test.each([
  ['QA08', 'é', 'question: must be 1 to 128 printable ASCII characters'],
  ['QH08', 'xyz', 'question: must be 1 to 8 hexadecimal digits'],
  [
    'QA64',
    ['x'.repeat(64), 'x'.repeat(65)] as const,
    'question: the two joined must be at most 128 characters',
  ],
] as const)('a question of %s: %o', (format, question, message) => {
  const respond = createResponder(parseSuite(`${START}${format}`), new Uint8Array(20));
  expect(refusal(() => respond({ question }))).toBe(`OcraError: ${message}`);
});

test('a question that is asked whether it is unique, and is no whole challenge', () => {
  expect(refusal(() => hasUniqueEncoding(NONE, '1'))).toBe(
    'OcraError: question: must be 8 decimal digits of a QN suite',
  );
});

test('an instant that is none, and a key that is none', () => {
  expect(refusal(() => timeStepsAt(ALL, -1))).toBe(
    'OcraError: time: must be an instant from 1970 to the year 275760',
  );
  expect(refusal(() => createResponder(ALL, new Uint8Array()))).toBe('OcraError: key: must not be empty');
});
