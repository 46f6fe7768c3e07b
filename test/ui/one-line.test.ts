import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipped, oneLine, quoted } from '../../src/ui/one-line.ts';

describe('text from outside in a message', () => {
  test('stays on one line and moves no cursor, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test.each([
    ['a\nb', 'a\\u{a}b'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['\u202Eright to left', '\\u{202e}right to left'],
    ['\u2028', '\\u{2028}'],
    ['\ud800', '\\u{d800}'],
    ['plain «текст» 文字', 'plain «текст» 文字'],
  ])('%j is written %s', (text, line) => {
    expect(oneLine(text)).toBe(line);
  });

  test('is cut where it is long', () => {
    expect(clipped('12345', 5)).toBe('12345');
    expect(clipped('123456', 5)).toBe('1234…');
    expect(quoted('x'.repeat(100_000))).toHaveLength(62);
  });
});
