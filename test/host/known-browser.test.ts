// Browsers that their user has logged in with: what strangers try does not slow them down, and nobody else is one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVault } from '../../src/host/sealing/vault.ts';
import { newMasterKey, parseKeyRing, passingKeys, printKeyRing } from '../../src/host/sealing/key-ring.ts';
import { knownBrowser, newKnownBrowser } from '../../src/host/known-browser.ts';
import { outcome, passwordOf, setting, type Setting } from './setting.ts';

const DAY = 24 * 3_600_000;
const vault = createVault(passingKeys());
const cookie = newKnownBrowser(vault, 'ann', 1000);
const asked = { user: 'ann', now: 2000, lifetime: 5000 };

describe('a cookie', () => {
  test('names the browser it was given to, and every one another', () => {
    const other = newKnownBrowser(vault, 'ann', 1000);
    const names = [cookie, other].map((each) => knownBrowser(vault, each, asked));
    expect(names).not.toContain(undefined);
    expect(names[0]).not.toBe(names[1]);
    expect(knownBrowser(vault, cookie, asked)).toBe(names[0]);
  });

  test('is nobody’s when any of its characters is changed, left out or added', () => {
    const name = knownBrowser(vault, cookie, asked);
    fc.assert(
      fc.property(
        fc.nat(cookie.length - 1),
        fc.constantFrom('replace', 'remove', 'add'),
        fc.constantFrom(...Array.from('abcXYZ019._-=\n é')),
        (at, how, char) => {
          const rest = cookie.slice(how === 'add' ? at : at + 1);
          const changed = cookie.slice(0, at) + (how === 'remove' ? '' : char) + rest;
          fc.pre(changed !== cookie);
          // Zeros before the time of issue change nothing: it is the same browser, with the same count of tries.
          expect([undefined, ...(/\.0+1000\./.test(changed) ? [name] : [])]).toContain(
            knownBrowser(vault, changed, asked),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([undefined, '', '.', '...', 'k1', 'a'.repeat(10_000), `${cookie}\n`, ` ${cookie}`])(
    'is none: %j',
    (text) => expect(knownBrowser(vault, text, asked)).toBeUndefined(),
  );

  test('is nobody’s for another user, under another host’s keys, or when it is old', () => {
    expect(knownBrowser(vault, cookie, { ...asked, user: 'bob' })).toBeUndefined();
    expect(knownBrowser(createVault(passingKeys()), cookie, asked)).toBeUndefined();
    expect(knownBrowser(vault, cookie, { ...asked, now: 5999 })).toBeDefined();
    expect(knownBrowser(vault, cookie, { ...asked, now: 6000 })).toBeUndefined();
  });

  test('lasts when the master key is changed, for as long as the old one is in the ring', () => {
    const keys = [newMasterKey('k1'), newMasterKey('k2')];
    const under = (active: string, from: number): ReturnType<typeof createVault> => {
      const ring = parseKeyRing(printKeyRing(active, keys.slice(from)));
      return createVault({ ring: () => ring, reload: async () => {} });
    };
    const given = newKnownBrowser(under('k1', 0), 'ann', 1000);
    expect(knownBrowser(under('k2', 0), given, asked)).toBeDefined();
    expect(knownBrowser(under('k2', 1), given, asked)).toBeUndefined();
  });
});

describe('at the login', () => {
  const ADDRESS = '192.0.2.1';

  /** Strangers try until they are slowed down, from everywhere. */
  async function strangersTry({ host }: Setting, name = 'ann'): Promise<void> {
    for (let i = 0; i < 60; i++) {
      await outcome(host.enter({ name, password: 'wrong', from: { address: ADDRESS } }));
    }
  }

  test('a known browser is not slowed down by strangers at its user name and at its address', async () => {
    const all = await setting();
    const { knownBrowser: known } = await all.logIn('ann');
    await strangersTry(all);
    expect(await outcome(all.enter('ann', { address: ADDRESS }))).toBe('too-many-tries');
    expect(await outcome(all.enter('ann'))).toBe('too-many-tries');
    expect(await outcome(all.enter('ann', { address: ADDRESS, knownBrowser: known }))).toBe('granted');
  });

  test('strangers are slowed down as before when the user has logged in by a known browser', async () => {
    const all = await setting();
    const { knownBrowser: known } = await all.logIn('ann');
    await strangersTry(all);
    await all.enter('ann', { knownBrowser: known });
    expect(await outcome(all.host.enter({ name: 'ann', password: 'wrong' }))).toBe('too-many-tries');
  });

  test('a cookie that is forged, of another user or too old is a stranger’s', async () => {
    const all = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    const old = (await all.logIn('ann')).knownBrowser!;
    all.clock.advance(180 * DAY);
    const fresh = (await all.logIn('ann')).knownBrowser!;
    const bobs = (await all.logIn('bob')).knownBrowser!;
    await strangersTry(all);
    for (const known of [old, bobs, `${fresh.slice(0, -1)}${fresh.endsWith('A') ? 'E' : 'A'}`, 'x']) {
      expect(await outcome(all.enter('ann', { knownBrowser: known }))).toBe('too-many-tries');
    }
    expect(await outcome(all.enter('ann', { knownBrowser: fresh }))).toBe('granted');
  });

  test('a stolen cookie gives guesses of its own, which slow down as well, and its owner’s others not', async () => {
    const all = await setting();
    const stolen = (await all.logIn('ann')).knownBrowser!;
    const other = (await all.logIn('ann')).knownBrowser!;
    const guess = { name: 'ann', password: 'wrong', from: { knownBrowser: stolen } };
    const codes = await Promise.all(Array.from({ length: 100 }, () => outcome(all.host.enter(guess))));
    expect(codes.filter((code) => code === 'bad-credentials')).toHaveLength(10);
    expect(await outcome(all.enter('ann', { knownBrowser: other }))).toBe('granted');
    expect(await outcome(all.host.enter({ name: 'ann', password: passwordOf('ann') }))).toBe('granted');
  });

  test('a stranger without the password neither blocks a card nor uses up the logins of its user', async () => {
    const all = await setting();
    await strangersTry(all);
    for (const name of ['ann', 'nobody']) {
      const guess = { name, password: 'wrong', serial: 'DSC-A' };
      for (let i = 0; i < 30; i++) await outcome(all.host.begin(guess));
    }
    expect(await all.host.device('DSC-A')).toMatchObject({ state: 'active', wrongInARow: 0 });
    all.clock.advance(3_600_000);
    for (let i = 0; i < 10; i++) expect(await outcome(all.begin('ann'))).toBe('granted');
  });
});
