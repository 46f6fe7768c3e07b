import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Lines, TOO_LONG } from '../../../src/ui/batch/lines.ts';

/** Cuts bytes that arrive in these pieces. */
function cut(pieces: readonly Uint8Array[], longest = 64): (string | typeof TOO_LONG)[] {
  const lines = new Lines(longest);
  const found: (string | typeof TOO_LONG)[] = [];
  const take = (each: Uint8Array | typeof TOO_LONG) =>
    found.push(each === TOO_LONG ? each : Buffer.from(each).toString('latin1'));
  for (const piece of pieces) for (const line of lines.push(piece)) take(line);
  for (const line of lines.end()) take(line);
  return found;
}

const whole = (text: string): Uint8Array[] => [Buffer.from(text, 'latin1')];

describe('bytes cut into lines', () => {
  test.each([
    ['', []],
    ['\n', ['']],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['\r\n\r\n', ['', '']],
    ['a\rb\n', ['a\rb']],
    ['a\r\r\n', ['a\r']],
    ['\n\na', ['', '', 'a']],
  ])('%j has the lines %j', (text, lines) => {
    expect(cut(whole(text))).toEqual(lines);
  });

  test('are the same lines, wherever the pieces end', () => {
    const content = fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n', '\n'), maxLength: 300 });
    const lengths = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 });
    fc.assert(
      fc.property(content, lengths, fc.integer({ min: 1, max: 12 }), (text, cuts, longest) => {
        const bytes = Buffer.from(text);
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const length of cuts) pieces.push(bytes.subarray(at, (at += length)));
        pieces.push(bytes.subarray(at));
        const simple = text.split('\n');
        if (simple.at(-1) === '') simple.pop();
        const expected = simple
          .map((line) => line.replace(/\r$/, ''))
          .map((line) => (line.length > longest ? TOO_LONG : line));
        expect(cut(pieces, longest)).toEqual(expected);
      }),
    );
  });

  test('say which line is too long, and go on with the next', () => {
    expect(cut(whole('1234\n12345\n123456\n1234\r\n12345\r\n1'), 4)).toEqual([
      '1234',
      TOO_LONG,
      TOO_LONG,
      '1234',
      TOO_LONG,
      '1',
    ]);
  });

  test('take no memory for a line without end', () => {
    const piece = new Uint8Array(1024).fill(0x61);
    const before = process.memoryUsage().arrayBuffers;
    const lines = new Lines(64);
    for (let i = 0; i < 20_000; i++) expect([...lines.push(piece)]).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
    expect([...lines.end()]).toEqual([TOO_LONG]);
  });
});
