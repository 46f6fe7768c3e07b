import { describe, expect, test } from 'vitest';
import vectors from '../vectors/rfc6287.json' with { type: 'json' };
import { run } from './run-command.ts';

interface Vector {
  readonly suite: string;
  readonly keyHex: string;
  readonly question: string;
  readonly counter?: number;
  readonly pin?: string;
  readonly timeSteps?: number;
  readonly response: string;
}

const KEY = ['--key', '3132333435363738393031323334353637383930'];
const QN08 = ['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:QN08', ...KEY, '--question', '00000000'];
const COUNTED = ['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:C-QN08', ...KEY, '--question', '00000000'];
const TIMED = ['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:QN08-T1M', ...KEY, '--question', '00000000'];
const WITH_PIN = ['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:QN08-PSHA1', ...KEY, '--question', '00000000'];

describe('dsc ocra', () => {
  test('gives the responses published in RFC 6287', async () => {
    for (const { suite, keyHex, question, counter, pin, timeSteps, response } of vectors as Vector[]) {
      const args = ['ocra', '--suite', suite, '--key', keyHex, '--question', question];
      if (counter !== undefined) args.push('--counter', String(counter));
      if (pin !== undefined) args.push('--pin', pin);
      if (timeSteps !== undefined) args.push('--time-steps', String(timeSteps));
      expect(await run(args)).toMatchObject({ status: 0, stdout: `${response}\n`, stderr: '' });
    }
  });

  test('takes the hash of a PIN for the PIN', async () => {
    const hash = '7110eda4d09e062aa5e4a390b0a572ac0d2c0220'; // SHA-1 of 1234
    const { stdout } = await run([...WITH_PIN, '--pin', '1234']);
    expect((await run([...WITH_PIN, '--pin-hash', hash])).stdout).toBe(stdout);
    expect((await run([...WITH_PIN, '--pin-hash', hash.toUpperCase()])).stdout).toBe(stdout);
  });

  test('takes an instant for its time steps', async () => {
    const { stdout } = await run([...TIMED, '--time-steps', String(1_769_860_800 / 60)]);
    expect((await run([...TIMED, '--time', '2026-01-31T12:00:59.999Z'])).stdout).toBe(stdout);
    expect((await run([...TIMED, '--time', '2026-01-31T13:00:00+01:00'])).stdout).toBe(stdout);
    expect((await run([...TIMED, '--time', '2026-01-31T12:01:00Z'])).stdout).not.toBe(stdout);
  });

  test('takes session information', async () => {
    const args = ['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:QN08-S064', ...KEY, '--question', '00000000'];
    const { stdout } = await run([...args, '--session', '01']);
    expect(stdout).toMatch(/^[0-9]{6}\n$/);
    expect((await run([...args, '--session', '0001'])).stdout).toBe(stdout);
    expect((await run([...args, '--session', '02'])).stdout).not.toBe(stdout);
  });

  test('counts up to 2^64 - 1', async () => {
    const { stdout } = await run([...COUNTED, '--counter', '18446744073709551615']);
    expect(stdout).toMatch(/^[0-9]{6}\n$/);
    expect((await run([...COUNTED, '--counter', '0'])).stdout).not.toBe(stdout);
  });

  test('prints the whole HMAC of a suite without truncation', async () => {
    const { stdout } = await run(QN08.with(2, 'OCRA-1:HOTP-SHA1-0:QN08'));
    expect(stdout).toMatch(/^[0-9a-f]{40}\n$/);
  });

  test.each([
    ['no options', ['ocra'], /^ocra needs --suite, --key and --question, or --batch/],
    ['no key', QN08.toSpliced(3, 2), /^ocra needs/],
    [
      'a key that is not hexadecimal',
      QN08.with(4, 'GEZDGNBV'),
      /^--key must be an even number of hexadecimal digits/,
    ],
    ['an odd key', QN08.with(4, '313'), /^--key must be an even number of hexadecimal digits/],
    ['a session that is not hexadecimal', [...QN08, '--session', 'xy'], /^--session must be/],
    ['a PIN hash that is not hexadecimal', [...WITH_PIN, '--pin-hash', '1234x'], /^--pin-hash must be/],
    ['PIN and PIN hash', [...WITH_PIN, '--pin', '1', '--pin-hash', '00'], /cannot be used with/],
    [
      'time and time steps',
      [...TIMED, '--time-steps', '1', '--time', '2026-01-31T12:00:00Z'],
      /cannot be used with/,
    ],
    ['a negative counter', [...COUNTED, '--counter', '-1'], /^--counter must be a whole number/],
    ['a fraction', [...COUNTED, '--counter', '1.5'], /^--counter must be a whole number/],
    ['an empty counter', [...COUNTED, '--counter', ''], /^--counter must be a whole number/],
    ['2^64', [...COUNTED, '--counter', '18446744073709551616'], /^--counter must be a whole number/],
    ['full-width time steps', [...TIMED, '--time-steps', '１'], /^--time-steps must be a whole number/],
    ['a date without a zone', [...TIMED, '--time', '2026-01-31T12:00:00'], /^--time must be a date/],
    ['a day that is not', [...TIMED, '--time', '2026-02-30T12:00:00Z'], /^--time must be a date/],
    ['batch and more', [...QN08, '--batch'], /cannot be used with/],
    ['an operand', [...QN08, '123'], /too many arguments/],
    ['no suite', QN08.with(2, 'nonsense'), /^--suite: the algorithm at position 0 must be OCRA-1/],
    ['an empty key', QN08.with(4, ''), /^--key: must not be empty/],
    ['a question of letters', QN08.with(6, 'abc'), /^--question: must be 1 to 8 decimal digits/],
    ['a question of full-width digits', QN08.with(6, '１２３'), /^--question: must be 1 to 8 decimal digits/],
    ['a long question', QN08.with(6, '1'.repeat(9)), /^--question: must be 1 to 8 decimal digits/],
    ['a needless counter', [...QN08, '--counter', '0'], /^--counter: given, but the suite/],
    ['a needless PIN', [...QN08, '--pin', '1234'], /^--pin: given, but the suite/],
    ['a needless PIN hash', [...QN08, '--pin-hash', '00'], /^--pin-hash: given, but the suite/],
    ['a needless session', [...QN08, '--session', '00'], /^--session: given, but the suite/],
    ['needless time steps', [...QN08, '--time-steps', '1'], /^--time-steps: given, but the suite/],
    ['a needless time', [...QN08, '--time', '2026-01-31T12:00:00Z'], /^--time: given, but the suite/],
    ['no counter', COUNTED, /^--counter: missing/],
    ['no time', TIMED, /^--time-steps: missing/],
    ['no session', QN08.with(2, 'OCRA-1:HOTP-SHA1-6:QN08-S064'), /^--session: missing/],
    ['a time before 1970', [...TIMED, '--time', '1969-12-31T23:59:59Z'], /^--time: must be an instant/],
    ['no PIN', WITH_PIN, /^--pin: missing/],
    ['a PIN that is not ASCII', [...WITH_PIN, '--pin', '١٢٣٤'], /^--pin: must be/],
    [
      'a PIN hash of another hash',
      [...WITH_PIN, '--pin-hash', '00'.repeat(32)],
      /^--pin-hash: must be 20 bytes/,
    ],
  ])('with %s is wrong use', async (_, args, message) => {
    const { status, stdout, stderr } = await run(args);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr.slice('error: '.length)).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
