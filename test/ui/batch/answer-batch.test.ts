import { describe, expect, test } from 'vitest';
import vectors from '../../vectors/rfc6287.json' with { type: 'json' };
import { run } from '../run-command.ts';

const QUESTION = {
  suite: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1',
  keyHex: '3132333435363738393031323334353637383930',
  question: '000001',
  pin: '1234',
};
const RESPONSE = '82666722';
const COUNTED = { ...QUESTION, suite: 'OCRA-1:HOTP-SHA256-8:C-QN08', pin: undefined, counter: 0 };
const TIMED = { ...QUESTION, suite: 'OCRA-1:HOTP-SHA512-8:QN08-T1M', pin: undefined, timeSteps: 0 };

async function answers(lines: readonly (object | string)[]): Promise<string[]> {
  const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  const { stdout } = await run(['ocra', '--batch'], { input: `${input.join('\n')}\n` });
  expect(stdout.endsWith('\n')).toBe(true);
  return stdout.split('\n').slice(0, -1);
}

describe('a batch of questions', () => {
  test('gets one response a line, in order', async () => {
    const input = ['000000', '000001'].map((question) => JSON.stringify({ ...QUESTION, question }));
    expect(await run(['ocra', '--batch'], { input: input.join('\n') })).toMatchObject({
      status: 0,
      stdout: '43656911\n82666722\n',
      stderr: '',
    });
  });

  test('without a line has no answer', async () => {
    expect(await run(['ocra', '--batch'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  test('keeps its place when there is a bad line, says so at the end and exits 1', async () => {
    const line = JSON.stringify(QUESTION);
    const { status, stdout, stderr } = await run(['ocra', '--batch'], {
      input: `${line}\nnonsense\n${line}\r\n\n${line}`,
    });
    expect(stdout).toBe(
      `${RESPONSE}\nerror: the line is not JSON\n${RESPONSE}\nerror: the line is not JSON\n${RESPONSE}\n`,
    );
    expect(stderr).toBe('error: 2 of 5 lines were refused; the reasons stand in their place in the output\n');
    expect(status).toBe(1);
  });

  test.each([
    ['no object', '[1]', 'must be a JSON object'],
    ['null', 'null', 'must be a JSON object'],
    ['two objects', '{}{}', 'the line is not JSON'],
    ['a byte order mark', '\ufeff{}', 'the line is not JSON'],
    ['no suite', { ...QUESTION, suite: undefined }, 'suite: must be a string'],
    ['no key', { ...QUESTION, keyHex: undefined }, 'keyHex: must be a string'],
    ['no question', { ...QUESTION, question: undefined }, 'question: must be a string'],
    ['a question that is a number', { ...QUESTION, question: 1 }, 'question: must be a string'],
    [
      'a key with an odd digit',
      { ...QUESTION, keyHex: '313' },
      'keyHex: must be an even number of hexadecimal digits',
    ],
    [
      'a key with letters',
      { ...QUESTION, keyHex: 'secret' },
      'keyHex: must be an even number of hexadecimal digits',
    ],
    ['an empty key', { ...QUESTION, keyHex: '' }, 'keyHex: must not be empty'],
    ['an unknown field', { ...QUESTION, colour: 1 }, 'unknown field "colour"'],
    ['a field with a line end', { ...QUESTION, 'a\nb': 1 }, 'unknown field "a\\u{a}b"'],
    ['a wrong case', { ...QUESTION, PIN: '1' }, 'unknown field "PIN"'],
    [
      'a prototype',
      `{"__proto__":{"pin":"1234"},${JSON.stringify(QUESTION).slice(1)}`,
      'unknown field "__proto__"',
    ],
    ['a PIN that is a number', { ...QUESTION, pin: 1234 }, 'pin: must be a string'],
    ['PIN and its hash', { ...QUESTION, pinHashHex: '00'.repeat(20) }, /^pinHashHex: given beside the PIN/],
    [
      'a bad suite',
      { ...QUESTION, suite: 'OCRA-2:HOTP-SHA1-8:QN06-PSHA1' },
      /^suite: the algorithm at position 0 must be OCRA-1/,
    ],
    [
      'full-width digits',
      { ...QUESTION, question: '００００００' },
      'question: must be 1 to 6 decimal digits',
    ],
    ['no PIN', { ...QUESTION, pin: undefined }, /^pin: missing/],
    ['a needless counter', { ...QUESTION, counter: 1 }, /^counter: given/],
    ['no counter', { ...COUNTED, counter: undefined }, /^counter: missing/],
    ['a negative counter', { ...COUNTED, counter: -1 }, /^counter: must be a whole number/],
    ['a fraction', { ...COUNTED, counter: 1.5 }, /^counter: must be a whole number/],
    [
      'a number that JSON cannot hold',
      JSON.stringify(COUNTED).replace(':0}', ':9007199254740993}'),
      /^counter: must be/,
    ],
    ['a counter beyond 64 bits', { ...COUNTED, counter: '18446744073709551616' }, /^counter: must be/],
    ['an empty counter', { ...COUNTED, counter: '' }, /^counter: must be a whole number/],
    ['a counter that is null', { ...COUNTED, counter: null }, 'counter: must be a number or a string'],
    ['a hexadecimal time', { ...TIMED, timeSteps: '0x10' }, /^timeSteps: must be a whole number/],
    ['a session for nothing', { ...QUESTION, sessionHex: '00' }, /^sessionHex: given/],
    [
      'very many digits',
      { ...QUESTION, question: '1'.repeat(50_000) },
      'question: must be 1 to 6 decimal digits',
    ],
  ])('refuses a line with %s in one line', async (_, line, reason) => {
    const [before, answer, after, ...more] = await answers([QUESTION, line, QUESTION]);
    expect([before, after, more]).toEqual([RESPONSE, RESPONSE, []]);
    const [, said] = /^error: (.*)$/.exec(answer ?? '') ?? [];
    if (typeof reason === 'string') expect(said).toBe(reason);
    else expect(said).toMatch(reason);
    expect(said?.length).toBeLessThanOrEqual(250);
  });

  test('refuses a line that is not UTF-8, and reads the next', async () => {
    const line = Buffer.from(`${JSON.stringify(QUESTION)}\n`);
    const { stdout } = await run(['ocra', '--batch'], {
      input: Buffer.concat([line, Buffer.from([0x22, 0xff, 0x22, 0x0a]), line]),
    });
    expect(stdout).toBe(`${RESPONSE}\nerror: the line is not UTF-8\n${RESPONSE}\n`);
  });

  test('refuses a line of more than 64 KiB, and reads the next', async () => {
    const long = { ...QUESTION, question: '1'.repeat(70_000) };
    expect(await answers([QUESTION, long, QUESTION])).toEqual([
      RESPONSE,
      'error: the line is longer than 65536 bytes',
      RESPONSE,
    ]);
  });

  test('takes counters and time steps as numbers and as strings, up to 2^64 - 1', async () => {
    const [small, asString, large] = await answers([
      { ...COUNTED, counter: 7 },
      { ...COUNTED, counter: '7' },
      { ...COUNTED, counter: '18446744073709551615' },
    ]);
    expect(asString).toBe(small);
    expect(large).toMatch(/^[0-9]{8}$/);
    expect(large).not.toBe(small);
    const [zero, maximum] = await answers([TIMED, { ...TIMED, timeSteps: '18446744073709551615' }]);
    expect(zero).toMatch(/^[0-9]{8}$/);
    expect(maximum).not.toBe(zero);
  });

  test.each([
    ['keyHex', { keyHex: 'cafe5' }],
    ['keyHex', { keyHex: ['cafe5'] }],
    ['pin', { pin: 'cafe5\u0000' }],
    ['pin', { pin: ['cafe5'] }],
    ['pin', { pin: 'cafe5', suite: 'OCRA-1:HOTP-SHA1-8:QN06' }],
    ['pinHashHex', { pin: undefined, pinHashHex: 'cafe5' }],
    ['pinHashHex', { pin: undefined, pinHashHex: 'cafe5c' }],
    ['pinHashHex', { pinHashHex: 'cafe5c'.padEnd(40, '0') }],
    ['sessionHex', { sessionHex: 'cafe5' }],
    ['sessionHex', { sessionHex: 'cafe5c' }],
    ['sessionHex', { sessionHex: 'cafe5c', suite: `${QUESTION.suite}-S001` }],
  ])('refuses a bad %s without repeating it: %j', async (field, bad) => {
    const [answer] = await answers([{ ...QUESTION, ...bad }]);
    expect(answer).toMatch(new RegExp(`^error: ${field}: `));
    expect(answer).not.toContain('cafe5');
  });

  test('refuses what is not JSON without repeating it', async () => {
    expect(await answers(['{"pin":"cafe5"', 'cafe5'])).toEqual(Array(2).fill('error: the line is not JSON'));
  });

  test('remembers more keys than it keeps', async () => {
    const lines = Array.from({ length: 600 }, (_, i) => ({
      ...QUESTION,
      keyHex: (i % 300).toString(16).padStart(40, '0'),
    }));
    const all = await answers(lines);
    expect(all.slice(300)).toEqual(all.slice(0, 300));
    expect(new Set(all).size).toBeGreaterThan(290);
  });

  test('gives the responses published in RFC 6287', async () => {
    const lines = vectors.map((row) => ({ ...row, response: undefined }));
    expect(await answers(lines)).toEqual(vectors.map(({ response }) => response));
  });
});
