// What a login gives, and how long it is worth anything.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { MemoryStore, type Session } from '../../src/host/index.ts';
import { timedHash } from '../../src/host/timed-name.ts';
import { setting, type Setting } from './setting.ts';

const HOUR = 3_600_000;

async function logIn({ host, begin, rightResponse }: Setting, user = 'ann'): Promise<Session> {
  const login = await begin(user);
  return host.answer({ login: login.id, response: rightResponse(login) });
}

test('a session ends when its time is over', async () => {
  const all = await setting(undefined, { policy: { sessionIdle: 100 * HOUR } });
  const { token, expiresAt } = await logIn(all);
  all.clock.advance(expiresAt - all.clock.now() - 1);
  expect(await all.host.session(token)).toEqual({
    user: 'ann',
    role: 'user',
    kind: 'full',
    serial: 'DSC-A',
    expiresAt,
  });
  all.clock.advance(1);
  expect(await all.host.session(token)).toBeUndefined();
});

test('a session ends when it was not used for half an hour, but not while it is', async () => {
  const all = await setting();
  const { token } = await logIn(all);
  for (let i = 0; i < 10; i++) {
    all.clock.advance(HOUR / 2 - 60_000);
    expect(await all.host.session(token)).toMatchObject({ user: 'ann' });
  }
  all.clock.advance(HOUR / 2);
  expect(await all.host.session(token)).toBeUndefined();
});

test('all sessions of a user but one end together', async () => {
  const all = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
  const [here, there, far, other] = [
    await logIn(all),
    await logIn(all),
    await logIn(all),
    await logIn(all, 'bob'),
  ];
  expect(await all.host.logoutElsewhere('ann', here.token)).toBe(2);
  const alive = await Promise.all([here, there, far, other].map(({ token }) => all.host.session(token)));
  expect(alive.map((status) => status?.user)).toEqual(['ann', undefined, undefined, 'bob']);
  expect(await all.host.logoutElsewhere('ann', 'no token')).toBe(1);
});

test('a user sees the sessions that are open, the newest first, and which of them is this', async () => {
  const all = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] }, { policy: { sessionLifetime: 2 * HOUR } });
  const old = await logIn(all);
  all.clock.advance(HOUR / 4);
  const here = await logIn(all);
  await logIn(all, 'bob');
  await all.host.session(here.token);
  const open = await all.host.openSessions('ann', here.token);
  expect(open.map(({ current, serial, kind }) => ({ current, serial, kind }))).toEqual([
    { current: true, serial: 'DSC-A', kind: 'full' },
    { current: false, serial: 'DSC-A', kind: 'full' },
  ]);
  expect(open.map(({ expiresAt }) => expiresAt)).toEqual([here.expiresAt, old.expiresAt]);
  expect(JSON.stringify(open)).not.toContain(here.token);
  all.clock.advance(HOUR / 4);
  expect(await all.host.openSessions('ann')).toMatchObject([{ current: false, openedAt: open[0]?.openedAt }]);
  all.clock.advance(HOUR / 2);
  expect(await all.host.openSessions('ann')).toEqual([]);
  expect(await all.host.openSessions('nobody', 'no token')).toEqual([]);
});

test('a session ends when its user logs out, and no other one with it', async () => {
  const all = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
  const [first, second, other] = [await logIn(all), await logIn(all), await logIn(all, 'bob')];
  await all.host.logout(first.token);
  await all.host.logout(first.token);
  expect(await all.host.session(first.token)).toBeUndefined();
  expect((await all.host.session(second.token))?.user).toBe('ann');
  expect((await all.host.session(other.token))?.user).toBe('bob');
});

test('what is no token is no session', async () => {
  const all = await setting();
  const { token } = await logIn(all);
  const hash = timedHash(token, 32);
  for (const other of ['', 'ann', hash, token.slice(1), `${token} `, token.toLowerCase()]) {
    expect(await all.host.session(other)).toBeUndefined();
  }
});

test('tokens are their time and 32 random bytes, of which the store holds the hash', async () => {
  const store = new MemoryStore();
  const all = await setting(undefined, { store });
  const [first, second] = [await logIn(all), await logIn(all)];
  expect(first.token).toMatch(/^[A-Za-z0-9_-]{51}$/);
  expect(first.token).not.toBe(second.token);
  expect(await store.session(first.token)).toBeUndefined();
  const kept = (await store.sessions('ann')).find(({ expiresAt }) => expiresAt === first.expiresAt);
  const time = kept!.openedAt.toString(16).padStart(12, '0');
  expect(Buffer.from(first.token, 'base64url').toString('hex', 0, 6)).toBe(time);
  expect(kept!.tokenHash).toBe(time + createHash('sha256').update(first.token).digest('hex'));
});

test('an expired login or session is forgotten a day later, a challenge never', async () => {
  const store = new MemoryStore();
  const values = [100_001, 100_003, 100_001, 100_005];
  const all = await setting(undefined, { store, random: () => values.shift() ?? 0 });
  const { token } = await logIn(all);
  const tokenHash = timedHash(token, 32);
  const login = await all.begin('ann');
  expect(await store.login(login.id)).toBeDefined();

  all.clock.advance(48 * 3_600_000);
  const next = await all.begin('ann');
  expect(next.challenge).toBe('100005');
  expect(await store.login(login.id)).toBeUndefined();
  expect(await store.session(tokenHash)).toBeUndefined();
  expect(await store.login(next.id)).toBeDefined();
});
