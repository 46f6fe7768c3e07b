// A new PIN: chosen twice, proved by the card with it, and until then nothing has changed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryStore, type Login } from '../../src/host/index.ts';
import { newMasterKey, parseKeyRing, printKeyRing } from '../../src/host/sealing/key-ring.ts';
import { createVault } from '../../src/host/sealing/vault.ts';
import { keyOf, outcome, setting, type Setting } from './setting.ts';

const OLD = '1234';
const NEW = '4321';

const change = ({ host }: Setting, pin = NEW, user = 'ann', serial = 'DSC-A'): Promise<Login> =>
  host.changePin({ user, serial, pin, again: pin });

/** What comes of confirming with the card and a PIN. */
const confirm = ({ host, respond }: Setting, login: Login, pin: string, user = 'ann'): Promise<string> =>
  outcome(host.confirm(user, { login: login.id, response: respond(login.serial, login.challenge, pin) }));

const logInWith = ({ logIn }: Setting, pin: string, user = 'ann'): Promise<string> =>
  outcome(logIn(user, undefined, pin));

describe('what is no new PIN', () => {
  test.each([
    ['pins-differ', '4321', '4322'],
    ['pins-differ', '4321', '4321 '],
    ['bad-pin', '', ''],
    ['bad-pin', '432', '432'],
    ['bad-pin', '43210', '43210'],
    ['bad-pin', '４３２１', '４３２１'],
    ['bad-pin', '4321\n', '4321\n'],
  ])('%s: %j and %j', async (code, pin, again) => {
    const all = await setting();
    expect(await outcome(all.host.changePin({ user: 'ann', serial: 'DSC-A', pin, again }))).toBe(code);
    expect(await logInWith(all, OLD)).toBe('granted');
  });

  test('is one for a card that is not the user’s, not in use, or blocked', async () => {
    const all = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    expect(await outcome(change(all, NEW, 'ann', 'DSC-B'))).toBe('no-device');
    expect(await outcome(change(all, NEW, 'ann', '__proto__'))).toBe('no-device');
    await all.host.enrol({ user: 'ann', serial: 'DSC-C', key: keyOf('C'), pin: OLD, mailed: true });
    expect(await outcome(change(all, NEW, 'ann', 'DSC-C'))).toBe('no-device');
    await all.host.moveDevice('DSC-A', 'block');
    expect(await outcome(change(all))).toBe('device-blocked');
  });
});

describe('a change that is begun', () => {
  test('leaves the old PIN in force, and the new one not yet', async () => {
    const all = await setting();
    await change(all);
    expect(await logInWith(all, NEW)).toBe('wrong-response');
    expect(await logInWith(all, OLD)).toBe('granted');
  });

  test('is not confirmed by the old PIN: wrong answers count, and three end it', async () => {
    const all = await setting();
    const login = await change(all);
    for (let i = 1; i <= 3; i++) {
      expect(await confirm(all, login, OLD)).toBe('wrong-response');
      expect((await all.host.device('DSC-A')).wrongInARow).toBe(i);
    }
    expect(await confirm(all, login, NEW)).toBe('login-ended');
    expect(await logInWith(all, OLD)).toBe('granted');
  });

  test('blocks the card with the fifth wrong answer, as a login does', async () => {
    const all = await setting();
    const [one, two] = [await change(all), await change(all)];
    for (let i = 0; i < 3; i++) await confirm(all, one, OLD);
    for (let i = 0; i < 2; i++) await confirm(all, two, OLD);
    expect((await all.host.device('DSC-A')).state).toBe('blocked');
    expect(await confirm(all, two, NEW)).toBe('device-blocked');
  });

  test('expires with its challenge', async () => {
    const all = await setting();
    const login = await change(all);
    all.clock.advance(login.expiresAt - all.clock.now());
    expect(await confirm(all, login, NEW)).toBe('challenge-expired');
    expect(await logInWith(all, OLD)).toBe('granted');
  });

  test('is confirmed by its own user only, also of a shared card', async () => {
    const all = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    for (const name of ['ann', 'bob']) await all.host.updateUser(name, { person: 'p' });
    await all.host.share('DSC-A', 'bob');
    const login = await change(all);
    expect(await confirm(all, login, NEW, 'bob')).toBe('unknown-login');
    expect(await confirm(all, login, NEW, 'nobody')).toBe('unknown-login');
    expect(await confirm(all, login, NEW)).toBe('granted');
  });

  test('opens no session: its answer is none to a login, nor is a login’s to it', async () => {
    const all = await setting();
    const { host, begin, respond, rightResponse } = all;
    const [asked, login] = [await change(all), await begin('ann')];
    const answer = { login: asked.id, response: respond('DSC-A', asked.challenge, NEW) };
    expect(await outcome(host.answer(answer))).toBe('unknown-login');
    expect(await outcome(host.choose({ login: asked.id, serial: 'DSC-A' }))).toBe('unknown-login');
    const other = { login: login.id, response: rightResponse(login) };
    expect(await outcome(host.confirm('ann', other))).toBe('unknown-login');
    expect(await outcome(host.confirm('ann', { ...answer, login: 'none' }))).toBe('unknown-login');
    expect(await outcome(host.answer(other))).toBe('granted');
  });

  test('counts among the logins not finished, so that challenges cannot be drawn without end', async () => {
    const all = await setting(undefined, { policy: { unfinishedLogins: { max: 2, window: 1e6 } } });
    await change(all);
    await change(all);
    expect(await outcome(change(all))).toBe('too-many-logins');
  });

  test.each<[string, (all: Setting) => Promise<unknown>]>([
    ['lost', ({ host }) => host.reportLost('ann', 'DSC-A')],
    [
      'given a PIN by an administrator',
      ({ host }) => host.resetPin({ user: 'ann', serial: 'DSC-A', pin: '1111' }),
    ],
  ])('comes to nothing when its card is %s meanwhile', async (_, meanwhile) => {
    const all = await setting();
    const login = await change(all);
    await meanwhile(all);
    expect(await confirm(all, login, NEW)).toBe('device-changed');
    expect(await confirm(all, login, NEW)).toBe('login-ended');
  });
});

describe('a change that is confirmed', () => {
  test('puts the new PIN in the place of the old one, whichever they are', async () => {
    const pin = fc.integer({ min: 0, max: 9999 }).map((value) => String(value).padStart(4, '0'));
    await fc.assert(
      fc.asyncProperty(pin, async (next) => {
        const all = await setting();
        expect(await confirm(all, await change(all, next), next)).toBe('granted');
        expect(await logInWith(all, next)).toBe('granted');
        if (next !== OLD) expect(await logInWith(all, OLD)).toBe('wrong-response');
      }),
    );
  });

  test('is confirmed once', async () => {
    const all = await setting();
    const login = await change(all);
    expect(await confirm(all, login, NEW)).toBe('granted');
    expect(await confirm(all, login, NEW)).toBe('login-ended');
  });

  test('ends what was begun with the old PIN', async () => {
    const all = await setting();
    const [login, asked] = [await all.begin('ann'), await change(all)];
    expect(await confirm(all, asked, NEW)).toBe('granted');
    for (const pin of [OLD, NEW]) {
      const response = all.respond('DSC-A', login.challenge, pin);
      expect(await outcome(all.host.answer({ login: login.id, response }))).not.toBe('granted');
    }
  });

  test('beside another one wins alone: the second was begun with a PIN that is no more', async () => {
    const all = await setting();
    const [one, two] = [await change(all, '1111'), await change(all, '2222')];
    const both = await Promise.all([confirm(all, one, '1111'), confirm(all, two, '2222')]);
    expect(both.toSorted()).toEqual(['device-changed', 'granted']);
    const winner = both[0] === 'granted' ? '1111' : '2222';
    expect(await logInWith(all, winner)).toBe('granted');
    expect(await logInWith(all, winner === '1111' ? '2222' : '1111')).toBe('wrong-response');
  });

  test('leaves the PIN of another user name of a shared card as it was', async () => {
    const all = await setting({ ann: ['DSC-A'], bob: [] });
    for (const name of ['ann', 'bob']) await all.host.updateUser(name, { person: 'p' });
    await all.host.share('DSC-A', 'bob');
    expect(await logInWith(all, OLD, 'bob')).toBe('granted');
    expect(await confirm(all, await change(all), NEW)).toBe('granted');
    expect(await logInWith(all, OLD, 'bob')).toBe('granted');
    expect(await logInWith(all, NEW, 'bob')).toBe('wrong-response');
    expect(await logInWith(all, NEW)).toBe('granted');
    expect(await logInWith(all, OLD)).toBe('wrong-response');
  });

  test('is kept under the master key of today, though it was begun under yesterday’s', async () => {
    const keys = [newMasterKey('k1'), newMasterKey('k2')];
    let ring = parseKeyRing(printKeyRing('k1', keys));
    const vault = createVault({ ring: () => ring, reload: async () => {} });
    const store = new MemoryStore();
    const all = await setting(undefined, { store, vault });
    const login = await change(all);
    ring = parseKeyRing(printKeyRing('k2', keys));
    expect(await confirm(all, login, NEW)).toBe('granted');
    ring = parseKeyRing(printKeyRing('k2', keys.slice(1)));
    expect(await store.sealedOtherwise('k2', { limit: 10 })).toEqual([]);
    expect(await logInWith(all, NEW)).toBe('granted');
  });
});

describe('a PIN reset by an administrator', () => {
  test('is in force at once, and the old one is not', async () => {
    const all = await setting();
    const login = await all.begin('ann');
    await all.host.resetPin({ user: 'ann', serial: 'DSC-A', pin: NEW });
    const late = { login: login.id, response: all.respond('DSC-A', login.challenge, NEW) };
    expect(await outcome(all.host.answer(late))).toBe('device-changed');
    expect(await logInWith(all, OLD)).toBe('wrong-response');
    expect(await logInWith(all, NEW)).toBe('granted');
  });

  test('does not unblock the card', async () => {
    const all = await setting();
    await all.host.moveDevice('DSC-A', 'block');
    await all.host.resetPin({ user: 'ann', serial: 'DSC-A', pin: NEW });
    expect(await outcome(all.begin('ann'))).toBe('device-blocked');
    await all.host.unblock('DSC-A');
    expect(await logInWith(all, NEW)).toBe('granted');
  });

  test('is four digits, for a user who has the card', async () => {
    const all = await setting({ ann: ['DSC-A'], bob: [] });
    const reset = { user: 'ann', serial: 'DSC-A' };
    expect(await outcome(all.host.resetPin({ ...reset, pin: '12345' }))).toBe('bad-pin');
    expect(await outcome(all.host.resetPin({ ...reset, user: 'bob', pin: NEW }))).toBe('unknown-device');
    expect(await logInWith(all, OLD)).toBe('granted');
  });
});
