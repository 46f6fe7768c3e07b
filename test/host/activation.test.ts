// From the first session without a card to the first one with it; and that there is no way back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HostError, MemoryStore, type Host, type Session } from '../../src/host/index.ts';
import type { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { keyOf, outcome, passwordOf, setting, type Setting } from './setting.ts';
import { SettableClock } from './settable-clock.ts';

const DAY = 24 * 3_600_000;
/** The time that a reply to name and password takes. */
const REPLY = 1000;

/** The restricted session of a user who has no card in use. */
async function restricted({ enter }: Setting, user = 'ann'): Promise<Session> {
  const entry = await enter(user);
  if (entry.step !== 'activation') throw new Error(`expected a restricted session, not ${entry.step}`);
  return entry.session;
}

const mail = (host: Host, user = 'ann', serial = 'DSC-A'): Promise<void> =>
  host.enrol({ user, serial, key: keyOf(serial), pin: '1234', mailed: true });

/** Advances the clock so far that the next reply comes at `time`. */
const replyAt = (clock: VirtualClock, time: number): void => clock.advance(time - REPLY - clock.now());

describe('before the first activation', () => {
  test('the password opens a restricted session, and only the right one', async () => {
    const all = await setting({ ann: [] });
    expect(await outcome(all.host.enter({ name: 'ann', password: 'wrong' }))).toBe('bad-credentials');
    const session = await restricted(all);
    expect(session).toMatchObject({ user: 'ann', kind: 'restricted' });
    expect(session.knownBrowser).toBeUndefined();
    expect(await all.host.session(session.token)).toMatchObject({ kind: 'restricted', serial: undefined });
  });

  test('a card is requested with its PIN, mailed with its key, and activated by a login with it', async () => {
    const all = await setting({ ann: [] });
    const { host, respond } = all;
    await host.updateUser('ann', { balance: 500_000 });
    const { token } = await restricted(all);
    const serial = await host.request({ user: 'ann', pin: '4321', again: '4321' });
    expect(await host.ownDevices('ann')).toMatchObject([{ serial, state: 'requested', shared: false }]);
    expect(await outcome(host.activate('ann', serial))).toBe('no-device');
    expect(await outcome(host.begin({ name: 'ann', password: passwordOf('ann') }))).toBe('no-device');
    await host.mail(serial, keyOf('DSC-A'));
    expect(await host.session(token)).toMatchObject({ kind: 'restricted' });

    const login = await host.activate('ann', serial);
    const wrong = { login: login.id, response: respond('DSC-A', login.challenge, '1234') };
    expect(await outcome(host.answer(wrong))).toBe('wrong-response');
    const session = await host.answer({
      login: login.id,
      response: respond('DSC-A', login.challenge, '4321'),
    });
    expect(session.kind).toBe('full');
    expect(await host.session(session.token)).toMatchObject({ kind: 'full', serial });
    expect(await host.session(token)).toBeUndefined();
    const activated = { state: 'active', activatedAt: all.clock.now(), dueAt: undefined };
    expect(await host.device(serial)).toMatchObject(activated);
  });

  test('a requested card has no key that anybody could answer with', async () => {
    const { host } = await setting({ ann: [] });
    await host.updateUser('ann', { balance: 500_000 });
    const serial = await host.request({ user: 'ann', pin: '4321', again: '4321' });
    expect(await outcome(host.begin({ name: 'ann', password: passwordOf('ann'), serial }))).toBe('no-device');
    expect(await outcome(host.mail(serial, new Uint8Array(15)))).toBe('bad-key');
    await host.mail(serial, keyOf('DSC-A'));
    expect(await outcome(host.mail(serial, keyOf('DSC-B')))).toBe('illegal-move');
  });

  test('a card cannot be mailed with the key of another', async () => {
    const { host } = await setting({ ann: [], bob: ['DSC-B'] });
    await host.updateUser('ann', { balance: 500_000 });
    const serial = await host.request({ user: 'ann', pin: '4321', again: '4321' });
    expect(await outcome(host.mail(serial, keyOf('DSC-B')))).toBe('key-taken');
    expect((await host.device(serial)).state).toBe('requested');
    expect(await outcome(host.mail(serial, keyOf('DSC-A')))).toBe('granted');
  });

  test('five wrong answers block a mailed card too; unblocked it is mailed, and nothing else', async () => {
    const all = await setting({ ann: [] });
    await mail(all.host);
    const { token } = await restricted(all);
    for (let i = 0; i < 5; i++) {
      const login = await all.host.activate('ann', 'DSC-A');
      await outcome(all.host.answer({ login: login.id, response: all.wrongResponse(login) }));
    }
    expect(await outcome(all.host.activate('ann', 'DSC-A'))).toBe('device-blocked');
    expect(await outcome(all.enter('ann'))).toBe('device-blocked');
    await all.host.unblock('DSC-A');
    expect((await all.host.device('DSC-A')).state).toBe('mailed');
    expect(await restricted(all)).toMatchObject({ kind: 'restricted' });
    expect(await all.host.session(token)).toMatchObject({ kind: 'restricted' });
  });

  test('a blocked card does not stand in the way of another one that was mailed', async () => {
    const all = await setting({ ann: [] });
    await mail(all.host);
    await mail(all.host, 'ann', 'DSC-B');
    await all.host.moveDevice('DSC-A', 'block');
    expect(await all.enter('ann')).toMatchObject({ step: 'activation', devices: ['DSC-B'] });
  });
});

describe('a card in the mail', () => {
  test('is required 14 days after mailing, to the millisecond', async () => {
    const all = await setting({ ann: [] });
    await mail(all.host);
    expect(await all.host.device('DSC-A')).toMatchObject({ mailedAt: 0, dueAt: 14 * DAY });
    replyAt(all.clock, 14 * DAY + REPLY - 1);
    await restricted(all);
    replyAt(all.clock, 14 * DAY + REPLY + REPLY);
    expect(await all.enter('ann')).toMatchObject({ step: 'challenge', serial: 'DSC-A' });
  });

  test('ends the restricted sessions when it becomes required, though nothing else happens', async () => {
    const all = await setting({ ann: [] });
    await mail(all.host);
    replyAt(all.clock, 14 * DAY - 1);
    const { token } = await restricted(all);
    expect(await all.host.session(token)).toMatchObject({ kind: 'restricted' });
    all.clock.advance(1);
    expect(await all.host.session(token)).toBeUndefined();
  });

  test('stays required when the clock is set back', async () => {
    const clock = new SettableClock();
    const all = await setting({ ann: [] }, { clock });
    const early = await restricted(all);
    await mail(all.host);
    clock.set(14 * DAY);
    expect(await all.enter('ann')).toMatchObject({ step: 'challenge' });
    clock.set(-14 * DAY);
    expect(await all.enter('ann')).toMatchObject({ step: 'challenge' });
    expect(await all.host.session(early.token)).toBeUndefined();
  });

  test.each(['lose', 'retire', 'block'] as const)(
    'and required already, leaves no way in without a second factor after: %s',
    async (move) => {
      const all = await setting({ ann: [] });
      await mail(all.host);
      all.clock.advance(14 * DAY);
      await all.host.moveDevice('DSC-A', move);
      const expected = move === 'block' ? 'device-blocked' : 'factor-needed';
      expect(await outcome(all.enter('ann'))).toBe(expected);
      expect(await outcome(all.begin('ann'))).toBe(expected);
    },
  );

  test('becomes required though it is blocked: who lets it be blocked gains nothing', async () => {
    const all = await setting({ ann: [] });
    await mail(all.host);
    const { token } = await restricted(all);
    await all.host.moveDevice('DSC-A', 'block');
    all.clock.advance(14 * DAY);
    await all.host.moveDevice('DSC-A', 'lose');
    expect(await outcome(all.enter('ann'))).toBe('factor-needed');
    expect(await all.host.session(token)).toBeUndefined();
  });

  test.each(['lose', 'retire'] as const)(
    'but not yet required, takes nothing away from its user by: %s',
    async (move) => {
      const all = await setting({ ann: [] });
      await mail(all.host);
      await all.host.moveDevice('DSC-A', move);
      all.clock.advance(30 * DAY);
      expect((await restricted(all)).kind).toBe('restricted');
    },
  );
});

describe('the first activation', () => {
  test('is written down with the answer that it came by', async () => {
    const store = new MemoryStore();
    const all = await setting({ ann: [] }, { store });
    await mail(all.host);
    expect(await store.user('ann')).toMatchObject({ hadFactor: false });
    await all.logIn('ann');
    expect(await store.user('ann')).toMatchObject({ hadFactor: true });
  });

  test('ends the restricted sessions that are open anywhere, and no other user’s', async () => {
    const all = await setting({ ann: [], bob: [] });
    await mail(all.host);
    const sessions = [await restricted(all), await restricted(all), await restricted(all, 'bob')];
    const full = await all.logIn('ann');
    const kinds = await Promise.all(
      [...sessions, full].map(async ({ token }) => (await all.host.session(token))?.kind),
    );
    expect(kinds).toEqual([undefined, undefined, 'restricted', 'full']);
    expect(await all.host.openSessions('ann')).toMatchObject([{ kind: 'full' }]);
    expect(await all.host.openSessions('bob')).toMatchObject([{ kind: 'restricted' }]);
  });

  test.each<[string, (host: Host) => Promise<unknown>]>([
    ['enrolled', (host) => host.enrol({ user: 'ann', serial: 'B', key: keyOf('B'), pin: '1111' })],
    ['shared by another user name', (host) => host.share('DSC-B', 'ann')],
  ])('is a card in use that is %s as well', async (_, give) => {
    const all = await setting({ ann: [], bob: ['DSC-B'] });
    for (const name of ['ann', 'bob']) await all.host.updateUser(name, { person: 'p' });
    const { token } = await restricted(all);
    await give(all.host);
    expect(await all.host.session(token)).toBeUndefined();
    expect(await all.enter('ann')).toMatchObject({ step: 'challenge' });
  });

  test('of one card leaves another that was mailed to be activated', async () => {
    const all = await setting({ ann: ['DSC-A'] });
    await mail(all.host, 'ann', 'DSC-B');
    expect(await all.enter('ann')).toMatchObject({ step: 'device', devices: ['DSC-A', 'DSC-B'] });
    const login = await all.host.activate('ann', 'DSC-B');
    await all.host.answer({ login: login.id, response: all.rightResponse(login) });
    expect((await all.host.device('DSC-B')).state).toBe('active');
  });
});

const USERS = ['ann', 'bob'];
const SERIALS = ['A', 'B', 'C'];
type Act = (all: Setting & { clock: SettableClock }) => Promise<unknown>;

/** Anything that happens to users and devices, refused or not. */
const act: fc.Arbitrary<Act> = fc
  .tuple(fc.constantFrom(...USERS), fc.constantFrom(...SERIALS), fc.integer({ min: -20, max: 20 }))
  .chain(([user, serial, days]) =>
    fc.constantFrom<Act>(
      ({ host }) => host.enrol({ user, serial, key: keyOf(serial), pin: '1234', mailed: true }),
      ({ host }) => host.enrol({ user, serial, key: keyOf(serial), pin: '1234', mailed: true }),
      ({ host }) => host.enrol({ user, serial, key: keyOf(serial), pin: '1234' }),
      ({ logIn }) => logIn(user, serial),
      ({ host }) => host.moveDevice(serial, 'block'),
      ({ host }) => host.moveDevice(serial, 'lose'),
      ({ host }) => host.moveDevice(serial, 'find'),
      ({ host }) => host.moveDevice(serial, 'replace'),
      ({ host }) => host.moveDevice(serial, 'retire'),
      ({ host }) => host.unblock(serial),
      ({ host }) => host.share(serial, user),
      ({ host }) => host.unshare(serial, user),
      ({ host }) => host.updateUser(user, { password: passwordOf(user) }),
      ({ host }) => host.updateUser(user, { disabled: days > 0 }),
      async ({ clock }) => clock.set(days * DAY),
      async ({ clock }) => clock.set(Math.abs(days) * DAY),
    ),
  );

test('losing devices never weakens a user: who has had a factor is never again let in without one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 30 }), async (acts) => {
      const clock = new SettableClock();
      const policy = { unfinishedLogins: { max: 1e6, window: 1 } };
      const all = { ...(await setting({ ann: [], bob: [] }, { clock, policy })), clock };
      for (const name of USERS) await all.host.updateUser(name, { person: 'p' });
      const secure = new Set<string>();
      const passwordOnly: Session[] = [];

      for (const each of acts) {
        await each(all).catch((error: unknown) => {
          if (!(error instanceof HostError)) throw error;
        });
        for (const user of USERS) {
          for (const device of await all.host.devicesOf(user)) {
            const { state, mailedAt = Infinity } = device;
            const isOnItsWay = state === 'mailed' || state === 'blocked';
            const isDue = isOnItsWay && clock.now() >= mailedAt + 14 * DAY;
            if (state === 'active' || isDue) secure.add(user);
          }
          const entry = await all.enter(user).catch(() => undefined);
          if (entry?.step === 'activation') {
            expect(secure).not.toContain(user);
            passwordOnly.push(entry.session);
          }
          expect(entry?.step === 'challenge' || entry?.step === 'device').toBe(
            secure.has(user) && (await isAdmitted(all, user)),
          );
        }
        for (const { token, user } of passwordOnly) {
          if (secure.has(user)) expect(await all.host.session(token)).toBeUndefined();
        }
      }
    }),
    { numRuns: (fc.readConfigureGlobal().numRuns ?? 100) * 2 },
  );

  /** Whether the user has a device to log in with, and may. */
  async function isAdmitted({ host }: Setting, user: string): Promise<boolean> {
    const devices = await host.devicesOf(user);
    const usable = devices.some(({ state }) => state === 'active' || state === 'mailed');
    return usable && !(await host.user(user)).disabled;
  }
});
