// What an administrator does with users, and what comes of it at once.
import { describe, expect, test } from 'vitest';
import {
  MemoryStore,
  plainPasswords,
  scryptHasher,
  type DeviceStatus,
  type LoginId,
  type Store,
  type UserUpdate,
} from '../../src/host/index.ts';
import { passingKeys } from '../../src/host/sealing/key-ring.ts';
import { createVault } from '../../src/host/sealing/vault.ts';
import { keyOf, outcome, passwordOf, refusal, setting } from './setting.ts';

describe('a disabled user', () => {
  test('has no session from then on, and none again when enabled', async () => {
    const { host, logIn } = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    const [ann, bob] = [await logIn('ann'), await logIn('bob')];
    await host.updateUser('ann', { disabled: true });
    expect(await host.session(ann.token)).toBeUndefined();
    expect(await host.session(bob.token)).toMatchObject({ user: 'bob' });
    await host.updateUser('ann', { disabled: false });
    expect(await host.session(ann.token)).toBeUndefined();
    expect(await outcome(logIn('ann'))).toBe('granted');
  });

  test('finishes no login begun before, nor a change of PIN', async () => {
    const { host, begin, enter, respond, rightResponse } = await setting({ ann: ['DSC-A', 'DSC-B'] });
    const login = await begin('ann');
    const entry = await enter('ann');
    if (entry.step !== 'device') throw new Error('expected a choice');
    const change = await host.changePin({ user: 'ann', serial: 'DSC-A', pin: '4321', again: '4321' });
    await host.updateUser('ann', { disabled: true });
    await host.updateUser('ann', { disabled: false });
    const right = { login: login.id, response: rightResponse(login) };
    expect(await outcome(host.answer(right))).toBe('unknown-login');
    expect(await outcome(host.choose({ login: entry.id, serial: 'DSC-A' }))).toBe('unknown-login');
    const confirmed = { login: change.id, response: respond('DSC-A', change.challenge, '4321') };
    expect(await outcome(host.confirm('ann', confirmed))).toBe('unknown-login');
  });

  test('gets the words, the work and the time of a user who does not exist', async () => {
    const work: string[] = [];
    const hasher = {
      ...plainPasswords,
      verify(password: string, record: string) {
        work.push(password);
        return plainPasswords.verify(password, record);
      },
    };
    const { host, clock } = await setting({ ann: ['DSC-A'] }, { hasher });
    await host.updateUser('ann', { disabled: true });
    const replies: unknown[] = [];
    for (const name of ['ann', 'nobody']) {
      for (const step of ['begin', 'enter'] as const) {
        work.length = 0;
        const start = clock.now();
        const error = await refusal(host[step]({ name, password: passwordOf('ann') }));
        const { code, message, attemptsLeft, retryAt } = error;
        const took = clock.now() - start;
        replies.push({ code, message, attemptsLeft, retryAt, took, work: [...work] });
      }
    }
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(replies[0]).toMatchObject({ code: 'bad-credentials', took: 1000, work: [passwordOf('ann')] });
  });

  test.each<[string, UserUpdate]>([
    ['disabled', { disabled: true }],
    ['given another password', { password: 'another one' }],
  ])('gets nothing out of a login that was on its way when the user was %s', async (_, update) => {
    const store = new SlowStore();
    const { host, enter, begin } = await setting({ ann: ['DSC-A'], bob: [] }, { store });
    for (const [name, ask] of [
      ['ann', begin],
      ['ann', enter],
      ['bob', enter],
    ] as const) {
      const reached = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      store.write = () => (reached.resolve(), gate.promise);
      const reply = outcome(ask(name));
      await reached.promise;
      await host.updateUser(name, update);
      gate.resolve();
      expect(await reply).toBe('bad-credentials');
      expect(await store.left()).toEqual([]);
      await host.updateUser(name, { disabled: false, password: passwordOf(name) });
    }
  });

  /** A store that waits before it writes what a login begins with. */
  class SlowStore extends MemoryStore {
    write = async (): Promise<void> => {};
    readonly #logins: LoginId[] = [];

    /** What was written, and is still there. */
    async left(): Promise<readonly object[]> {
      const logins = await Promise.all(this.#logins.map((id) => this.login(id)));
      const sessions = await Promise.all(['ann', 'bob'].map((name) => this.sessions(name)));
      return [...logins, ...sessions.flat()].filter((each) => each !== undefined);
    }

    override async openLogin(...of: Parameters<Store['openLogin']>): ReturnType<Store['openLogin']> {
      this.#logins.push(of[0].id);
      await this.write();
      return super.openLogin(...of);
    }

    override async openSession(...of: Parameters<Store['openSession']>): ReturnType<Store['openSession']> {
      await this.write();
      return super.openSession(...of);
    }
  }
});

describe('a password', () => {
  test('set by an administrator ends the sessions and the logins begun with the old one', async () => {
    const { host, logIn, begin, rightResponse } = await setting();
    const session = await logIn('ann');
    const login = await begin('ann');
    await host.updateUser('ann', { password: 'a new one' });
    expect(await host.session(session.token)).toBeUndefined();
    const right = { login: login.id, response: rightResponse(login) };
    expect(await outcome(host.answer(right))).toBe('unknown-login');
    expect(await outcome(begin('ann'))).toBe('bad-credentials');
    expect(await outcome(host.begin({ name: 'ann', password: 'a new one' }))).toBe('granted');
  });

  test('kept at a lower cost is kept at today’s from the next login on, and no session ends by it', async () => {
    const store = new MemoryStore();
    const vault = createVault(passingKeys());
    const before = await setting(undefined, { store, vault, hasher: scryptHasher(1) });
    const { token } = await before.logIn('ann');
    const { clock } = before;
    const now = await setting({}, { store, vault, clock, hasher: scryptHasher(3) });
    expect(await outcome(now.host.begin({ name: 'ann', password: 'wrong' }))).toBe('bad-credentials');
    expect(await store.user('ann')).toMatchObject({ passwordCost: 1 });
    const both = await Promise.all([outcome(now.begin('ann')), outcome(now.begin('ann'))]);
    expect(both).toEqual(['granted', 'granted']);
    const raised = await store.user('ann');
    expect(raised).toMatchObject({ passwordCost: 3, password: expect.stringContaining('ln=3,') });
    expect(await outcome(now.begin('ann'))).toBe('granted');
    expect((await store.user('ann'))?.password).toBe(raised?.password);
    expect(await now.host.session(token)).toMatchObject({ user: 'ann' });
  });

  test('kept at a higher cost stays there', async () => {
    const store = new MemoryStore();
    const vault = createVault(passingKeys());
    await setting(undefined, { store, vault, hasher: scryptHasher(3) });
    const now = await setting({}, { store, vault, hasher: scryptHasher(1) });
    expect(await outcome(now.begin('ann'))).toBe('granted');
    expect(await store.user('ann')).toMatchObject({ passwordCost: 3 });
  });
});

describe('a change of a user', () => {
  test.each<[string, object]>([
    ['bad-password', { password: '' }],
    ['bad-password', { password: '\ud800' }],
    ['bad-role', { role: 'root' }],
    ['bad-balance', { balance: -1 }],
    ['bad-balance', { balance: 0.5 }],
    ['bad-balance', { balance: Number.NaN }],
    ['bad-balance', { balance: 1e13 }],
    ['bad-person', { person: '' }],
    ['bad-person', { person: 'a b' }],
    ['bad-person', { person: '..' }],
  ])('%s: %o is refused, and nothing of it done', async (code, update) => {
    const { host } = await setting();
    const before = await host.user('ann');
    expect(await outcome(host.updateUser('ann', { disabled: true, ...update }))).toBe(code);
    expect(await host.user('ann')).toEqual(before);
  });

  test('leaves what it does not name, and is in force for sessions already open', async () => {
    const { host, logIn } = await setting();
    const { token } = await logIn('ann');
    await host.updateUser('ann', { role: 'administrator', balance: 7, person: 'p' });
    await host.updateUser('ann', {});
    expect(await host.user('ann')).toEqual({
      name: 'ann',
      role: 'administrator',
      disabled: false,
      balance: 7,
      person: 'p',
    });
    expect(await host.session(token)).toMatchObject({ role: 'administrator' });
    await host.updateUser('ann', { role: 'user', person: null });
    expect(await host.user('ann')).toMatchObject({ role: 'user', person: undefined, balance: 7 });
    expect(await host.session(token)).toMatchObject({ role: 'user' });
  });

  test('of nobody is refused', async () => {
    const { host } = await setting();
    for (const name of ['bob', '', 'ann\0', '__proto__']) {
      expect(await outcome(host.updateUser(name, { balance: 1 }))).toBe('unknown-user');
      expect(await outcome(host.user(name))).toBe('unknown-user');
    }
  });
});

describe('the end of all sessions of a user', () => {
  test('ends unfinished logins too, leaves everybody else alone, and keeps nobody from logging in anew', async () => {
    const { host, logIn, begin, rightResponse } = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    const [ann, again, bob] = [await logIn('ann'), await logIn('ann'), await logIn('bob')];
    const [login, other] = [await begin('ann'), await begin('bob')];
    expect(await host.endSessions('ann', 'administrator:root')).toBe(2);
    for (const { token } of [ann, again]) expect(await host.session(token)).toBeUndefined();
    expect(await host.session(bob.token)).toMatchObject({ user: 'bob' });
    const answers = [login, other].map((begun) =>
      outcome(host.answer({ login: begun.id, response: rightResponse(begun) })),
    );
    expect(await Promise.all(answers)).toEqual(['unknown-login', 'granted']);
    expect(await outcome(logIn('ann'))).toBe('granted');
    expect(await host.trail({ limit: 99, user: 'ann' })).toContainEqual(
      expect.objectContaining({ event: 'session-ended', actor: 'administrator:root', detail: 'all: 2' }),
    );
  });

  test('of nobody is refused', async () => {
    const { host } = await setting();
    for (const name of ['bob', '', 'ann\0'])
      expect(await outcome(host.endSessions(name))).toBe('unknown-user');
  });
});

describe('lists come page by page', () => {
  const NAMES = ['ann', 'Zed', 'bob', 'x_', 'ann.1', '10', '9'];
  const SORTED = ['10', '9', 'Zed', 'ann', 'ann.1', 'bob', 'x_'];

  test.each([1, 2, 3, 7, 100])('users, %d at a time, in the order of code points', async (limit) => {
    const { host } = await setting(Object.fromEntries(NAMES.map((name) => [name, []])));
    const names: string[] = [];
    for (;;) {
      const page = await host.users({ after: names.at(-1), limit });
      expect(page.length).toBeLessThanOrEqual(limit);
      names.push(...page.map(({ name }) => name));
      if (page.length < limit) break;
    }
    expect(names).toEqual(SORTED);
  });

  test('devices, of all and of one user', async () => {
    const { host } = await setting({ ann: ['B', 'A'], bob: ['C'] });
    const serials = (devices: readonly DeviceStatus[]): string[] => devices.map(({ serial }) => serial);
    expect(serials(await host.devices({ limit: 2 }))).toEqual(['A', 'B']);
    expect(serials(await host.devices({ limit: 2, after: 'B' }))).toEqual(['C']);
    expect(serials(await host.devicesOf('ann'))).toEqual(['B', 'A']);
    expect(serials(await host.devicesOf('nobody'))).toEqual([]);
  });

  test('the trail, newest first, of all, of a user and of a device, each entry once', async () => {
    const { host, clock } = await setting({ ann: ['A'], bob: ['B'] });
    clock.advance(5);
    await host.moveDevice('A', 'block', 'administrator:root');
    const all = await host.trail({ limit: 100 });
    expect(all.map(({ event }) => event)).toEqual([
      'device-moved',
      'device-enrolled',
      'user-added',
      'device-enrolled',
      'user-added',
    ]);
    const paged: unknown[] = [];
    let page = await host.trail({ limit: 2 });
    for (; page.length > 0; page = await host.trail({ limit: 2, before: page.at(-1) })) paged.push(...page);
    expect(paged).toEqual(all);
    expect((await host.trail({ limit: 9, user: 'bob' })).map(({ event }) => event)).toEqual([
      'device-enrolled',
      'user-added',
    ]);
    expect(await host.trail({ limit: 1, serial: 'A' })).toMatchObject([
      { event: 'device-moved', user: 'ann', actor: 'administrator:root', detail: 'blocked' },
    ]);
  });
});

test('a device’s trail tells each of its users of what was done with it', async () => {
  const { host } = await setting({ ann: ['DSC-A'], bob: [] });
  for (const name of ['ann', 'bob']) await host.updateUser(name, { person: 'p' });
  await host.share('DSC-A', 'bob');
  await host.moveDevice('DSC-A', 'block');
  await host.unblock('DSC-A', 'machine:root');
  for (const user of ['ann', 'bob']) {
    expect((await host.trail({ limit: 2, user })).map(({ detail }) => detail)).toEqual([
      'unblocked',
      'blocked',
    ]);
  }
});

test('a card that stands in for a lost one is enrolled, and the lost one is found no more', async () => {
  const { host, logIn } = await setting();
  await host.moveDevice('DSC-A', 'lose');
  await host.enrol({ user: 'ann', serial: 'DSC-B', key: keyOf('DSC-B'), pin: '1234' });
  await host.moveDevice('DSC-A', 'replace');
  expect(await outcome(host.moveDevice('DSC-A', 'find'))).toBe('illegal-move');
  expect(await outcome(logIn('ann'))).toBe('granted');
});
