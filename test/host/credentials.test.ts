// Name and password: an observer with a stopwatch learns nothing but right or wrong.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import {
  createHost,
  MemoryStore,
  plainPasswords,
  scryptHasher,
  type PasswordHasher,
} from '../../src/host/index.ts';
import { keyOf, outcome, passwordOf, refusal, setting } from './setting.ts';

/** Notes the hasher's work: every password it hashes or checks. */
function counted(hasher: PasswordHasher): PasswordHasher & { readonly work: Work[] } {
  const work: Work[] = [];
  return {
    ...hasher,
    work,
    async hash(password) {
      const record = await hasher.hash(password);
      work.push({ password, record });
      return record;
    },
    verify(password, record) {
      work.push({ password, record });
      return hasher.verify(password, record);
    },
  };
}

const MANY_TRIES = { free: 1000, pause: 1, longest: 1, window: 1 };

interface Work {
  readonly password: string;
  readonly record: string;
}

test('an unknown user and a wrong password get the same words, the same hashing and the same reply time', async () => {
  const hasher = counted(scryptHasher(1));
  const { host, clock } = await setting(undefined, { hasher });
  const credentials = [
    { name: 'ann', password: 'wrong' },
    { name: 'nobody', password: passwordOf('ann') },
    { name: '', password: '' },
    { name: 'ann ', password: passwordOf('ann') },
    { name: 'ANN', password: passwordOf('ann') },
    { name: '__proto__', password: 'x' },
    { name: 'a\0nn', password: passwordOf('ann') },
    { name: 'x'.repeat(100_000), password: 'x' },
    { name: 'ann', password: 'x'.repeat(5_000_000) },
    { name: 'ann', password: '\ud800' },
  ];
  for (const each of credentials) {
    hasher.work.length = 0;
    const start = clock.now();
    const { code, message, attemptsLeft, retryAt } = await refusal(host.begin(each));
    expect({ code, message, attemptsLeft, retryAt, took: clock.now() - start }).toEqual({
      code: 'bad-credentials',
      message: 'login: the name or the password is wrong; enter both again',
      attemptsLeft: undefined,
      retryAt: undefined,
      took: 1000,
    });
    expect(hasher.work).toHaveLength(1);
    expect(costOf(hasher.work[0]?.record)).toEqual(costOf(await scryptHasher(1).hash('any')));
    expect(hasher.work[0]?.password.length).toBeLessThanOrEqual(1024);
  }
});

/** What makes checking a password cost what it costs: the parameters and the lengths of salt and hash. */
function costOf(record = ''): unknown {
  const [, algorithm, parameters, salt, hash] = record.split('$');
  return { algorithm, parameters, salt: salt?.length, hash: hash?.length };
}

test('a user whose password record is damaged is to an observer one who does not exist', async () => {
  class DamagedStore extends MemoryStore {
    override async user(name: string): ReturnType<MemoryStore['user']> {
      const user = await super.user(name);
      return user && { ...user, password: user.password.slice(1) };
    }
  }
  const hasher = counted(scryptHasher(1));
  const { host, clock } = await setting(undefined, { hasher, store: new DamagedStore() });
  const replies = ['ann', 'nobody'].map(async (name) => {
    const { code, message } = await refusal(host.begin({ name, password: passwordOf('ann') }));
    return { code, message, at: clock.now() };
  });
  const [ann, nobody] = await Promise.all(replies);
  expect(ann).toEqual(nobody);
  expect(ann).toMatchObject({ code: 'bad-credentials' });
});

test('a lone surrogate is not the character that hashing would make of it', async () => {
  const { host } = await setting({}, { hasher: scryptHasher(1) });
  await host.addUser({ name: 'ann', password: 'x\ufffd' });
  expect(await outcome(host.begin({ name: 'ann', password: 'x\ufffd' }))).toBe('no-device');
  expect(await outcome(host.begin({ name: 'ann', password: 'x\ud800' }))).toBe('bad-credentials');
});

test('no name and password but the right ones are accepted', async () => {
  const { host } = await setting(undefined, { policy: { triesPerUser: MANY_TRIES } });
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('ann', passwordOf('ann')));
  await fc.assert(
    fc.asyncProperty(text, text, async (name, password) => {
      fc.pre(name !== 'ann' || password !== passwordOf('ann'));
      expect(await outcome(host.begin({ name, password }))).toBe('bad-credentials');
    }),
  );
});

test('an unknown user stays unknown to a hasher that takes every password', async () => {
  const { host } = await setting(undefined, { hasher: { ...plainPasswords, verify: async () => true } });
  expect(await outcome(host.begin({ name: 'nobody', password: 'x' }))).toBe('bad-credentials');
});

test('every reply comes at a whole multiple of the reply time, the first that the hashing leaves', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 2000 }),
      fc.integer({ min: 0, max: 5000 }),
      fc.constantFrom('bad-credentials', 'no-device', 'granted', 'too-many-logins'),
      async (replyTime, hashing, expected) => {
        const clock = new VirtualClock(12_345);
        const hasher: PasswordHasher = {
          ...plainPasswords,
          async verify(password, record) {
            clock.advance(hashing);
            return plainPasswords.verify(password, record);
          },
        };
        const policy = { replyTime, unfinishedLogins: { max: 1, window: 1e9 } };
        const host = createHost({ clock, hasher, policy });
        await host.addUser({ name: 'ann', password: 'right' });
        if (expected !== 'no-device')
          await host.enrol({ user: 'ann', serial: 'A', key: keyOf('A'), pin: '1234' });
        if (expected === 'too-many-logins') await host.begin({ name: 'ann', password: 'right' });

        const start = clock.now();
        const password = expected === 'bad-credentials' ? 'wrong' : 'right';
        expect(await outcome(host.begin({ name: 'ann', password }))).toBe(expected);
        expect(clock.now() - start).toBe(Math.max(1, Math.ceil(hashing / replyTime)) * replyTime);
      },
    ),
  );
});

test('a challenge lives from the reply that shows it, however long the hashing took', async () => {
  const clock = new VirtualClock();
  const hasher: PasswordHasher = {
    ...plainPasswords,
    async verify(password, record) {
      clock.advance(7300);
      return plainPasswords.verify(password, record);
    },
  };
  const { begin } = await setting(undefined, { clock, hasher });
  const login = await begin('ann');
  expect(clock.now()).toBe(8000);
  expect(login.expiresAt).toBe(128_000);
});

test('an error that is no refusal is held back too', async () => {
  const broken: PasswordHasher = {
    ...plainPasswords,
    verify: () => Promise.reject(new Error('out of memory')),
  };
  const { clock, begin } = await setting(undefined, { hasher: broken });
  await expect(begin('ann')).rejects.toThrow('out of memory');
  expect(clock.now()).toBe(1000);
});
