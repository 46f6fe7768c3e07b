import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseUnsigned64 } from '../../src/ui/unsigned64.ts';

describe('a counter or a number of time steps', () => {
  test('reads every number of 64 bits', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), (value) => {
        expect(parseUnsigned64(String(value))).toBe(value);
      }),
    );
  });

  test('may have leading zeros', () => {
    expect(parseUnsigned64('00000000000000000007')).toBe(7n);
  });

  test.each([
    '',
    ' 1',
    '1 ',
    '-1',
    '+1',
    '1.0',
    '1e3',
    '0x10',
    '１２',
    '٣',
    '18446744073709551616',
    '9'.repeat(99),
  ])('is not %j', (text) => {
    expect(parseUnsigned64(text)).toBeUndefined();
  });
});
