import { scrypt } from 'node:crypto';
import { scrypt as otherScrypt } from '@noble/hashes/scrypt.js';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deriveKey, parseNewPassphrase, PASSPHRASE_COST } from '../../../src/ui/cards/passphrase-key.ts';

vi.mock('node:crypto', { spy: true });

afterEach(() => {
  vi.resetAllMocks();
});

const salt = Uint8Array.from({ length: 16 }, (_, i) => i);
/** As little work as is taken. */
const LEAST = { salt, logN: 14, r: 1, p: 1 };

describe('scrypt parameters from a file', () => {
  test.each([
    ['too little work', { logN: 13 }],
    ['no work', { logN: 0 }],
    ['work without end', { logN: 21, r: 1 }],
    ['an absurd exponent', { logN: 1e9 }],
    ['blocks too long', { r: 17 }],
    ['no blocks', { r: 0 }],
    ['too many rounds', { p: 5 }],
    ['no rounds', { p: 0 }],
    ['more than 512 MiB', { logN: 19, r: 9 }],
    ['1 GiB', { logN: 20, r: 8 }],
    ['more steps than blocks of that length allow', { logN: 16, r: 1 }],
    ['less than nothing', { logN: -14, r: -8, p: -1 }],
    ['part of a step', { logN: 14.5 }],
    ['no number', { p: NaN }],
    ['all of infinity', { r: Infinity }],
  ])('that ask for %s are refused before any work', async (_, asked) => {
    const { logN, r, p } = { ...PASSPHRASE_COST, ...asked };
    await expect(deriveKey('passphrase', { salt, logN, r, p })).rejects.toMatchObject({
      code: 'unsuitable-scrypt',
      message: `the file asks for scrypt with log2 N = ${logN}, r = ${r}, p = ${p}, which dsc does not take; it is damaged or not from dsc: export the card again`,
    });
    expect(scrypt).not.toHaveBeenCalled();
  });

  test.each([
    { logN: 14, r: 1, p: 1 },
    { logN: 15, r: 1, p: 4 },
    { logN: 18, r: 16, p: 4 },
    { logN: 19, r: 8, p: 4 },
    { logN: 20, r: 4, p: 4 },
    PASSPHRASE_COST,
  ])('that ask for $logN, $r, $p are taken', async ({ logN, r, p }) => {
    // Up to seven seconds and half a gigabyte are left out here.
    vi.mocked(scrypt).mockImplementation((...[, , length, , done]) => done(null, Buffer.alloc(length)));
    await expect(deriveKey('passphrase', { salt, logN, r, p })).resolves.toHaveLength(32);
    expect(vi.mocked(scrypt).mock.lastCall?.[3]).toMatchObject({ N: 2 ** logN, r, p });
  });

  test('are by default those that OWASP asks for', () => {
    expect(PASSPHRASE_COST).toEqual({ logN: 17, r: 8, p: 1 });
  });
});

describe('a new passphrase', () => {
  test.each([
    ['empty', ''],
    ['short', '1234567'],
    ['short, though of many bytes', 'äöüÄÖÜß'],
    ['short, though of many UTF-16 units', '😀😀😀😀😀😀😀'],
    ['short, though typed as more code points', 'a\u0308o\u0308u\u0308A\u0308'],
  ])('that is %s is refused, and not repeated', (_, text) => {
    const refused = () => parseNewPassphrase(text);
    expect(refused).toThrow(expect.objectContaining({ code: 'wrong-use' }));
    expect(refused).toThrow('the passphrase is shorter than 8 characters; choose a longer one');
  });

  test.each(['pass\ufffdword', 'pass\ud800word'])(
    'whose characters were lost on the way is refused: %j',
    (text) => {
      expect(() => parseNewPassphrase(text)).toThrow(expect.objectContaining({ code: 'wrong-use' }));
      expect(() => parseNewPassphrase(text)).toThrow('is not UTF-8');
    },
  );

  test.each(['12345678', 'correct horse battery staple', '😀'.repeat(8), 'ﬁﬁﬁﬁ'])('may be %j', (text) => {
    expect(parseNewPassphrase(text)).toBe(text);
  });
});

describe('the key of a passphrase', () => {
  test('is that of RFC 7914 section 12', async () => {
    const key = await deriveKey('pleaseletmein', {
      salt: new TextEncoder().encode('SodiumChloride'),
      logN: 14,
      r: 8,
      p: 1,
    });
    expect(Buffer.from(key).toString('hex')).toBe(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
    );
    expect(key.constructor).toBe(Uint8Array);
  });

  test('is that of another implementation, whatever the parameters', async () => {
    const cost = fc.record({
      logN: fc.constant(14),
      r: fc.integer({ min: 1, max: 3 }),
      p: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        cost,
        async (text, anySalt, { logN, r, p }) => {
          const key = await deriveKey(text, { salt: anySalt, logN, r, p });
          expect(key).toEqual(
            otherScrypt(text.normalize('NFKC'), anySalt, { N: 2 ** logN, r, p, dkLen: 32 }),
          );
        },
      ),
      { numRuns: 5 },
    );
  });

  test('is the same on any keyboard', async () => {
    expect(await deriveKey('Ängström', LEAST)).toEqual(await deriveKey('A\u0308ngstro\u0308m', LEAST));
    expect(await deriveKey('ｐａｓｓ　ｗｏｒｄ', LEAST)).toEqual(await deriveKey('pass word', LEAST));
    expect(await deriveKey('password', LEAST)).not.toEqual(await deriveKey('Password', LEAST));
  });

  test('depends on the salt', async () => {
    const other = { ...LEAST, salt: salt.toReversed() };
    expect(await deriveKey('password', other)).not.toEqual(await deriveKey('password', LEAST));
  });

  test('may be asked for with a passphrase that no new card would take', async () => {
    for (const text of ['', '1234']) await expect(deriveKey(text, LEAST)).resolves.toHaveLength(32);
  });
});
