// A clock that is set while the host runs: back by an hour, on by a day, and right again.
import { expect, test } from 'vitest';
import { HostError } from '../../src/host/index.ts';
import { setting } from './setting.ts';
import { SettableClock } from './settable-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

async function withClock() {
  const clock = new SettableClock(Date.UTC(2026, 0, 1));
  return { ...(await setting({ ann: ['DSC-A'] }, { clock })), clock };
}

const codeOf = (doing: Promise<unknown>): Promise<unknown> =>
  doing.then(
    () => 'done',
    (error: unknown) => (error instanceof HostError ? error.code : error),
  );

test('set back by an hour: a challenge from before can be answered once, and lives longer by that hour, not more', async () => {
  const { host, clock, begin, rightResponse } = await withClock();
  const [used, kept] = [await begin('ann'), await begin('ann')];
  clock.set(-HOUR);
  await host.answer({ login: used.id, response: rightResponse(used) });
  expect(await codeOf(host.answer({ login: used.id, response: rightResponse(used) }))).toBe('login-ended');
  clock.advance(HOUR + 2 * MINUTE);
  expect(await codeOf(host.answer({ login: kept.id, response: rightResponse(kept) }))).toBe(
    'challenge-expired',
  );
});

test.each([
  ['back by an hour', -HOUR],
  ['on by a day', DAY],
  ['back by ten years', -3653 * DAY],
])('set %s, and right again: logins go on in between and afterwards', async (_, ms) => {
  const { host, clock, logIn } = await withClock();
  for (const set of [0, ms, -ms]) {
    clock.set(set);
    for (let count = 0; count < 3; count++) {
      const { token } = await logIn('ann');
      expect(await host.session(token)).toMatchObject({ user: 'ann', kind: 'full' });
    }
    clock.advance(10 * MINUTE);
  }
});

test('set on by a day: what was open has ended until it is right again', async () => {
  const { host, clock, begin, logIn, rightResponse } = await withClock();
  const { token } = await logIn('ann');
  const login = await begin('ann');
  clock.set(DAY);
  const answer = () => codeOf(host.answer({ login: login.id, response: rightResponse(login) }));
  expect(await host.session(token)).toBeUndefined();
  expect(await answer()).toBe('challenge-expired');
  clock.set(-DAY);
  expect(await host.session(token)).toBeDefined();
  expect(await answer()).toBe('done');
});

test('set back: a session lasts no longer than its time and the jump, also without use', async () => {
  const { host, clock, logIn } = await withClock();
  const { token } = await logIn('ann');
  clock.set(-HOUR);
  expect(await host.session(token)).toBeDefined();
  clock.advance(HOUR + 30 * MINUTE);
  expect(await host.session(token)).toBeUndefined();
});

test('set on by a day after tries that were wrong: nobody waits for a day when it is right again', async () => {
  const { host, clock, logIn } = await withClock();
  clock.set(DAY);
  for (let count = 0; count < 12; count++) {
    await codeOf(host.begin({ name: 'ann', password: 'wrong' }));
  }
  clock.set(-DAY);
  clock.advance(15 * MINUTE);
  expect(await codeOf(logIn('ann'))).toBe('done');
});

/** Begins logins until that is refused; says how many. */
async function beginAll({ begin }: Awaited<ReturnType<typeof withClock>>): Promise<number> {
  for (let count = 0; count < 30; count++) {
    if ((await codeOf(begin('ann'))) === 'too-many-logins') return count;
  }
  return Infinity;
}

test.each([0, 1, 20])(
  'back from an age in which %d logins ended well: ten unfinished ones, no more',
  async (count) => {
    const all = await withClock();
    all.clock.set(5 * HOUR);
    for (let done = 0; done < count; done++) await all.logIn('ann');
    await all.host.unblock('DSC-A');
    all.clock.set(-5 * HOUR);
    expect(await beginAll(all)).toBe(10);
  },
);

test('back from an age in which ten logins were not finished: they do not count', async () => {
  const all = await withClock();
  all.clock.set(5 * HOUR);
  expect(await beginAll(all)).toBe(10);
  all.clock.set(-5 * HOUR);
  expect(await beginAll(all)).toBe(10);
  await all.host.unblock('DSC-A');
  expect(await beginAll(all)).toBe(10);
});
