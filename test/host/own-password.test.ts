// A user's own change of password.
import { describe, expect, test } from 'vitest';
import { MemoryStore, scryptHasher } from '../../src/host/index.ts';
import { outcome, passwordOf, refusal, setting } from './setting.ts';

const right = { user: 'ann', password: passwordOf('ann'), newPassword: 'a longer one' };

describe('is refused', () => {
  test.each<[string, object]>([
    ['wrong-password', { password: 'wrong' }],
    ['wrong-password', { password: '' }],
    ['wrong-password', { password: 'x'.repeat(2000) }],
    ['wrong-password', { user: 'nobody' }],
    ['wrong-password', { user: 'bob' }],
    ['bad-password', { newPassword: '' }],
    ['bad-password', { newPassword: 'x'.repeat(1025) }],
    ['bad-password', { newPassword: '\ud800' }],
  ])('%s: with %o, and changes nothing', async (code, given) => {
    const { host, logIn } = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    const { token } = await logIn('ann');
    expect(await outcome(host.changePassword({ ...right, ...given }))).toBe(code);
    expect(await host.session(token)).toMatchObject({ user: 'ann' });
    expect(await outcome(logIn('ann'))).toBe('granted');
  });

  test('for a disabled user', async () => {
    const { host } = await setting();
    await host.updateUser('ann', { disabled: true });
    expect(await outcome(host.changePassword(right))).toBe('wrong-password');
  });

  test('more and more slowly to who guesses, without delaying anybody’s login, and told in the trail', async () => {
    const { host, clock, logIn } = await setting();
    const guess = { ...right, password: 'wrong' };
    for (let i = 0; i < 10; i++) {
      expect(await outcome(host.changePassword(guess))).toBe('wrong-password');
    }
    const error = await refusal(host.changePassword(right));
    expect(error).toMatchObject({ code: 'too-many-tries', retryAt: clock.now() + 1000 });
    expect(await outcome(logIn('ann'))).toBe('granted');
    const wrong = (await host.trail({ limit: 100 })).filter(({ event }) => event === 'password-wrong');
    expect(wrong).toHaveLength(10);
    clock.advance(1000);
    expect(await outcome(host.changePassword(right))).toBe('granted');
  });

  test('not because of what strangers try at the login', async () => {
    const { host } = await setting();
    for (let i = 0; i < 11; i++) await outcome(host.begin({ name: 'ann', password: 'wrong' }));
    expect(await outcome(host.begin({ name: 'ann', password: right.password }))).toBe('too-many-tries');
    expect(await outcome(host.changePassword(right))).toBe('granted');
  });
});

describe('when it is done', () => {
  test('the new password holds, the old one does not, and the other sessions have ended', async () => {
    const { host, logIn, begin } = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    const [here, there, bob] = [await logIn('ann'), await logIn('ann'), await logIn('bob')];
    await host.changePassword({ ...right, session: here.token });
    const users = await Promise.all(
      [here, there, bob].map(async ({ token }) => (await host.session(token))?.user),
    );
    expect(users).toEqual(['ann', undefined, 'bob']);
    expect(await outcome(begin('ann'))).toBe('bad-credentials');
    expect(await outcome(host.begin({ name: 'ann', password: right.newPassword }))).toBe('granted');
    expect(await host.trail({ limit: 9, user: 'ann' })).toContainEqual(
      expect.objectContaining({ event: 'password-changed', actor: 'user:ann' }),
    );
  });

  test('without a session to keep, all have ended; that of another user keeps none', async () => {
    for (const keep of [undefined, 'bob']) {
      const { host, logIn } = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
      const [ann, bob] = [await logIn('ann'), await logIn('bob')];
      await host.changePassword({ ...right, session: keep && bob.token });
      expect(await host.session(ann.token)).toBeUndefined();
    }
  });

  test('a login begun with the old password leads nowhere, and a refused change leaves it alone', async () => {
    const { host, begin, logIn, rightResponse } = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    const { token } = await logIn('ann');
    const [first, second, bob] = [await begin('ann'), await begin('ann'), await begin('bob')];
    expect(await outcome(host.changePassword({ ...right, password: 'wrong' }))).toBe('wrong-password');
    const answer = ({ id, ...login }: typeof first) =>
      outcome(host.answer({ login: id, response: rightResponse({ id, ...login }) }));
    expect(await answer(first)).toBe('granted');
    await host.changePassword({ ...right, session: token });
    expect(await answer(second)).toBe('unknown-login');
    expect(await answer(bob)).toBe('granted');
  });

  test('twice at once, one of the two passwords holds', async () => {
    const { host } = await setting();
    const both = ['one of two', 'two of two'].map((newPassword) =>
      outcome(host.changePassword({ ...right, newPassword })),
    );
    expect((await Promise.all(both)).toSorted()).toEqual(['granted', 'wrong-password']);
  });

  test('while a login raises the cost of the old one, it is the new one that stays', async () => {
    const store = new MemoryStore();
    const cheap = await setting(undefined, { store, hasher: scryptHasher(1) });
    class Raced extends MemoryStore {
      override user = (name: string): ReturnType<MemoryStore['user']> => store.user(name);
      override changeUser: MemoryStore['changeUser'] = async (name, changes, tell, terms) => {
        // A login elsewhere is quicker, once.
        if ((await store.user(name))?.passwordCost === 1) {
          const raised = await scryptHasher(2).hash(passwordOf('ann'));
          await store.changeUser(name, { password: raised, passwordCost: 2 }, () => [], terms);
        }
        return store.changeUser(name, changes, tell, terms);
      };
    }
    const { host } = await setting({}, { store: new Raced(), hasher: scryptHasher(2) });
    expect(await outcome(host.changePassword(right))).toBe('granted');
    const name = 'ann';
    expect(await outcome(cheap.host.begin({ name, password: right.newPassword }))).toBe('granted');
    expect(await outcome(cheap.begin('ann'))).toBe('bad-credentials');
  });
});

describe('a policy for passwords', () => {
  const policy = { leastPassword: 8 };

  test('holds wherever one is given, counts characters, and says how many', async () => {
    const { host } = await setting(undefined, { policy });
    for (const short of ['1234567', '🔑🔑🔑🔑🔑🔑🔑']) {
      const asked = [
        host.addUser({ name: 'bob', password: short }),
        host.updateUser('ann', { password: short }),
        host.changePassword({ ...right, newPassword: short }),
      ];
      for (const each of asked) {
        const error = await refusal(each);
        expect(error.code).toBe('bad-password');
        expect(error.message).toContain('8 to 1024');
      }
    }
    expect(await outcome(host.addUser({ name: 'bob', password: '12345678' }))).toBe('granted');
  });

  test('shuts out nobody whose password is shorter already', async () => {
    const store = new MemoryStore();
    const { host } = await setting({}, { store });
    await host.addUser({ name: 'bob', password: 'short' });
    const strict = await setting({}, { store, policy });
    expect(await outcome(strict.host.begin({ name: 'bob', password: 'short' }))).toBe('no-device');
    const change = { user: 'bob', password: 'short', newPassword: 'not so short' };
    expect(await outcome(strict.host.changePassword(change))).toBe('granted');
  });
});
