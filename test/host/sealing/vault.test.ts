// Secrets at rest: whoever changes a sealed value, or puts it elsewhere, has nothing that opens.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  newMasterKey,
  parseKeyRing,
  printKeyRing,
  type KeyRing,
} from '../../../src/host/sealing/key-ring.ts';
import { createVault, type KeyPurpose, type Vault } from '../../../src/host/sealing/vault.ts';
import { outcome } from '../setting.ts';

const OWNER = { user: 'ann', serial: 'DSC-A' };
const SECRET = new TextEncoder().encode('a secret of some length');
const KEYS = [newMasterKey('k1'), newMasterKey('k2')];
const ringOf = (active: string, keys = KEYS): KeyRing => parseKeyRing(printKeyRing(active, keys));

/** A vault whose ring is another one from the next reading on. */
function vaultOf(ring: KeyRing, next: KeyRing = ring): Vault & { readonly readings: () => number } {
  let current = ring;
  let readings = 0;
  const vault = createVault({
    ring: () => current,
    async reload() {
      readings++;
      current = next;
    },
  });
  return { ...vault, readings: () => readings };
}

const vault = vaultOf(ringOf('k1'));

describe('a sealed value does not open', () => {
  test('when any bit of what it says is changed', async () => {
    const sealed = vault.seal(SECRET, OWNER);
    const start = sealed.lastIndexOf('.') + 1;
    const bytes = Buffer.from(sealed.slice(start), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      const text = sealed.slice(0, start) + changed.toString('base64url');
      expect(await outcome(vault.open(text, OWNER))).toBe('damaged-secret');
    }
  });

  test('when any of its characters is changed, left out or added', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5 }),
        fc.nat(),
        fc.constantFrom('replace', 'remove', 'add'),
        fc.constantFrom(...Array.from('AEQgwxyz019_-.=+/ \n')),
        async (secret, pick, how, char) => {
          const sealed = vault.seal(secret, OWNER);
          const at = pick % (sealed.length + (how === 'add' ? 1 : 0));
          const rest = sealed.slice(how === 'add' ? at : at + 1);
          const changed = sealed.slice(0, at) + (how === 'remove' ? '' : char) + rest;
          fc.pre(changed !== sealed);
          expect(['damaged-secret', 'unknown-master-key']).toContain(
            await outcome(vault.open(changed, OWNER)),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each(['', '1', '1.k1', '1.k1.', '1.k1.AA', '2.k1.AAAA', '1.K1.AAAA', `1.k1.${'A'.repeat(32)}`])(
    'when it is %j',
    async (text) => expect(await outcome(vault.open(text, OWNER))).toBe('damaged-secret'),
  );

  test.each([
    { ...OWNER, user: 'bob' },
    { ...OWNER, serial: 'DSC-B' },
    { user: 'DSC-A', serial: 'ann' },
    { user: 'ann","DSC', serial: 'A' },
    { user: '', serial: 'annDSC-A' },
  ])('for another owner: %o', async (owner) => {
    expect(await outcome(vault.open(vault.seal(SECRET, OWNER), owner))).toBe('damaged-secret');
  });

  test('under another key of the same id, nor when it names another key of the ring', async () => {
    const sealed = vault.seal(SECRET, OWNER);
    const other = vaultOf(ringOf('k1', [newMasterKey('k1')]));
    expect(await outcome(other.open(sealed, OWNER))).toBe('damaged-secret');
    expect(await outcome(vault.open(sealed.replace('.k1.', '.k2.'), OWNER))).toBe('damaged-secret');
  });
});

describe('a sealed value', () => {
  test('opens for its owner, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.string(), async (secret, user) => {
        const owner = { ...OWNER, user };
        expect(await vault.open(vault.seal(secret, owner), owner)).toEqual(secret);
      }),
    );
  });

  test('is another one each time, and shows nothing of the secret', () => {
    const [one, two] = [vault.seal(SECRET, OWNER), vault.seal(SECRET, OWNER)];
    expect(one).not.toBe(two);
    expect(one.slice(0, 20)).not.toBe(two.slice(0, 20));
    expect(Buffer.from(one.split('.')[2]!, 'base64url').includes(Buffer.from(SECRET))).toBe(false);
  });
});

describe('a key that is not in the ring', () => {
  test('has the ring read again, once, and opens then', async () => {
    const sealed = vaultOf(ringOf('k2')).seal(SECRET, OWNER);
    const behind = vaultOf(ringOf('k1', KEYS.slice(0, 1)), ringOf('k2'));
    expect(await behind.open(sealed, OWNER)).toEqual(SECRET);
    expect(await behind.open(sealed, OWNER)).toEqual(SECRET);
    expect(behind.readings()).toBe(1);
  });

  test('is named when the ring has it not even then', async () => {
    const sealed = vaultOf(ringOf('k2')).seal(SECRET, OWNER);
    const without = vaultOf(ringOf('k1', KEYS.slice(0, 1)));
    await expect(without.open(sealed, OWNER)).rejects.toMatchObject({
      code: 'unknown-master-key',
      message: expect.stringContaining('k2'),
    });
  });

  test('of a value that is under a key it has, nothing is read again', async () => {
    const idle = vaultOf(ringOf('k1'));
    await idle.open(idle.seal(SECRET, OWNER), OWNER);
    await outcome(idle.open(`${idle.seal(SECRET, OWNER)}A`, OWNER));
    expect(idle.readings()).toBe(0);
  });
});

describe('sealing anew', () => {
  test('puts a value under the active key, and leaves one that is there', async () => {
    const sealed = vault.seal(SECRET, OWNER);
    const after = vaultOf(ringOf('k2'));
    const anew = (await after.reseal(sealed, OWNER))!;
    expect(anew).toMatch(/^1\.k2\./);
    expect(await vaultOf(ringOf('k2', KEYS.slice(1))).open(anew, OWNER)).toEqual(SECRET);
    expect(await after.reseal(anew, OWNER)).toBeUndefined();
  });

  test('is refused as opening is', async () => {
    const after = vaultOf(ringOf('k2'));
    const sealed = vault.seal(SECRET, OWNER);
    expect(await outcome(after.reseal(sealed, { ...OWNER, user: 'bob' }))).toBe('damaged-secret');
    expect(await outcome(after.reseal('1.k9.AAAA', OWNER))).toBe('unknown-master-key');
  });
});

test('every purpose and every master key has a derived key of its own, the same each time', () => {
  const purposes: readonly KeyPurpose[] = ['seal', 'audit', 'browser'];
  const derived = purposes.flatMap((purpose) =>
    ['k1', 'k2'].map((id) => vault.deriveKey(purpose, id)!.key.export().toString('hex')),
  );
  expect(new Set([...derived, ...KEYS.map(({ key }) => Buffer.from(key).toString('hex'))]).size).toBe(8);
  expect(vault.activeKey('seal').key.export().toString('hex')).toBe(derived[0]);
  expect(vault.deriveKey('audit', 'k9')).toBeUndefined();
  const again = vaultOf(ringOf('k1')).deriveKey('audit', 'k2')!;
  expect(again.key.export().toString('hex')).toBe(derived[3]);
});
