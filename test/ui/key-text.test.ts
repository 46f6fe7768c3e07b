import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseKey, printKey } from '../../src/ui/key-text.ts';

/** The key of RFC 4226 and RFC 6287's examples. */
const ASCII_KEY = Buffer.from('12345678901234567890');

describe('a key', () => {
  test.each([
    ['3132333435363738393031323334353637383930', 'hexadecimal'],
    ['3132 3334 3536 3738 3930 3132 3334 3536 3738 3930', 'hexadecimal in groups'],
    ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 'base32'],
    ['gezd gnbv gy3t qojq gezd gnbv gy3t qojq', 'base32 in groups'],
    ['GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ\n', 'base32 with hyphens and a line end'],
  ])('%s is read as %s', (text) => {
    expect(Buffer.from(parseKey(text))).toEqual(ASCII_KEY);
  });

  test('is read again as it was printed, in both ways, with padding or without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), (key) => {
        const { keyHex, keyBase32 } = printKey(key);
        expect(parseKey(keyHex)).toEqual(key);
        expect(parseKey(keyHex.toUpperCase())).toEqual(key);
        // 26 to 103 characters of A-F and 2-7 alone would be hexadecimal; that is too rare to be met.
        expect(parseKey(keyBase32)).toEqual(key);
        expect(parseKey(keyBase32.padEnd(Math.ceil(keyBase32.length / 8) * 8, '='))).toEqual(key);
      }),
    );
  });

  test('that is both hexadecimal and base32 is read as hexadecimal', () => {
    expect(parseKey('ABCDEF234567ABCDEF234567ABCDEF23')).toHaveLength(16);
  });

  test.each(['xyz!', 'GEZDGNBVGY3TQOJ1', '0x3132', 'abc', '１２', 'GEZDGNBVGY3TQOJQ========', 'B'])(
    '%j is neither, and is not repeated in the error',
    (text) => {
      expect(() => parseKey(text)).toThrow(
        expect.objectContaining({ name: 'CommandError', code: 'wrong-use' }),
      );
      expect(() => parseKey(text)).not.toThrow(text);
    },
  );
});
