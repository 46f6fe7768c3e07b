// The reply time is above what the dearest stored password costs, so that no record's parameters are an oracle.
import { expect, test } from 'vitest';
import { MemoryStore, type PasswordHasher, scryptHasher } from '../../src/host/index.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { outcome, setting, type Setting } from './setting.ts';

/** Passwords that take as many milliseconds to check as their record says, in virtual time. */
function timed(clock: VirtualClock, cost: number): PasswordHasher {
  const record = (password: string): string => `${cost}:${password}`;
  return {
    hash: async (password) => record(password),
    async verify(password, kept) {
      await clock.sleep(Number.parseInt(kept, 10));
      return kept.slice(kept.indexOf(':') + 1) === password;
    },
    decoy: record('\0'),
    costOf: (kept) => Number.parseInt(kept, 10),
    timeOf: async (of) => of,
  };
}

/** Users whose passwords cost what is said, at a host of a cost of its own. */
async function costs(kept: Record<string, number>, own: number): Promise<Setting & { took: Took }> {
  const store = new MemoryStore();
  const clock = new VirtualClock();
  for (const [user, cost] of Object.entries(kept)) {
    await setting({ [user]: [] }, { store, clock, hasher: timed(clock, cost) });
  }
  const all = await setting({}, { store, clock, hasher: timed(clock, own) });
  return {
    ...all,
    async took(name) {
      const start = clock.now();
      await outcome(all.host.enter({ name, password: 'wrong' }));
      return clock.now() - start;
    },
  };
}

type Took = (name: string) => Promise<number>;

test('whatever a record costs, and whether there is one, the reply takes the same time', async () => {
  const { took } = await costs({ ann: 10, bob: 1900, carl: 4321 }, 400);
  const times = [await took('ann'), await took('bob'), await took('carl'), await took('nobody')];
  expect(new Set(times).size).toBe(1);
  expect(times[0]).toBeGreaterThan(4321);
});

test('it is the policy’s where that is enough, and half as much again as the dearest where it is not', async () => {
  expect(await (await costs({ ann: 10 }, 600)).took('ann')).toBe(1000);
  expect(await (await costs({ ann: 2000 }, 600)).took('nobody')).toBe(3000);
  expect(await (await costs({ ann: 10 }, 2000)).took('ann')).toBe(3000);
});

test('a dearer password that another host stored meanwhile is reckoned with a minute later', async () => {
  const store = new MemoryStore();
  const clock = new VirtualClock();
  const cheap = await setting({ ann: [] }, { store, clock, hasher: timed(clock, 10) });
  expect(await outcome(cheap.host.enter({ name: 'ann', password: 'wrong' }))).toBe('bad-credentials');
  await setting({ bob: [] }, { store, clock, hasher: timed(clock, 5000) });
  clock.advance(60_000);
  const times: number[] = [];
  for (const name of ['ann', 'bob', 'nobody']) {
    const start = clock.now();
    await outcome(cheap.host.enter({ name, password: 'wrong' }));
    times.push(clock.now() - start);
  }
  expect(times).toEqual([7500, 7500, 7500]);
});

test('what a password costs is measured once for all who ask at the same moment', async () => {
  const hasher = scryptHasher(6);
  const times = await Promise.all(Array.from({ length: 20 }, () => hasher.timeOf(6)));
  expect(new Set(times).size).toBe(1);
  expect(times[0]).toBeGreaterThan(0);
  expect(await hasher.timeOf(6)).toBe(times[0]);
});
