// Progressive delay: as a rule of its own, and as those meet it who guess passwords.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryStore, plainPasswords, type Origin } from '../../src/host/index.ts';
import { admit, forgive, subjectOf, type Strike, type TryLimit } from '../../src/host/throttle.ts';
import { outcome, passwordOf, refusal, setting, type Setting } from './setting.ts';

const limits: fc.Arbitrary<TryLimit> = fc.record({
  free: fc.integer({ min: 1, max: 12 }),
  pause: fc.integer({ min: 1, max: 5000 }),
  longest: fc.integer({ min: 1, max: 900_000 }),
  window: fc.integer({ min: 1, max: 3_600_000 }),
});
/** Time that passes before each try. */
const waits = fc.array(fc.oneof(fc.constant(0), fc.nat(3000), fc.nat(4_000_000)), {
  minLength: 1,
  maxLength: 60,
});

/** Tries one after the other: what became of each, and when. */
function tries(limit: TryLimit, steps: readonly number[]): { at: number; retryAt: number | undefined }[] {
  let strike: Strike | undefined;
  let at = 1e12;
  return steps.map((wait) => {
    at += wait;
    const judged = admit(strike, at, limit);
    strike = judged.strike;
    return { at, retryAt: judged.verdict.admitted ? undefined : judged.verdict.retryAt };
  });
}

describe('the rule', () => {
  test('admits as many as are free, then keeps to a pause that doubles, and no try comes earlier', () => {
    fc.assert(
      fc.property(limits, waits, (limit, steps) => {
        let count = 0;
        let last = -Infinity;
        for (const { at, retryAt } of tries(limit, steps)) {
          const pause =
            count < limit.free ? 0 : Math.min(limit.pause * 2 ** (count - limit.free), limit.longest);
          const isEarly = count > 0 && at < last + pause;
          if (!isEarly && at - last >= limit.window) count = 0;
          expect(retryAt).toBe(isEarly ? last + pause : undefined);
          if (!isEarly) [count, last] = [count + 1, at];
        }
      }),
    );
  });

  test('never locks out longer than the longest pause, and admits who comes when told', () => {
    fc.assert(
      fc.property(limits, waits, (limit, steps) => {
        let strike: Strike | undefined;
        let at = 0;
        for (const wait of steps) {
          at += wait;
          const { strike: next, verdict } = admit(strike, at, limit);
          strike = next;
          if (verdict.admitted) continue;
          expect(verdict.retryAt - at).toBeGreaterThan(0);
          expect(verdict.retryAt - at).toBeLessThanOrEqual(limit.longest);
          expect(admit(strike, verdict.retryAt - 1, limit).verdict.admitted).toBe(false);
          expect(admit(strike, verdict.retryAt, limit).verdict.admitted).toBe(true);
        }
      }),
    );
  });

  test('locks nobody out longer when the clock is set, back or on', () => {
    const jumps = fc.array(fc.integer({ min: -1e10, max: 1e10 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(limits, jumps, (limit, steps) => {
        let strike: Strike | undefined;
        let at = 1e12;
        for (const jump of steps) {
          at += jump;
          const { strike: next, verdict } = admit(strike, at, limit);
          strike = next;
          if (!verdict.admitted) expect(verdict.retryAt - at).toBeLessThanOrEqual(limit.longest);
        }
      }),
    );
  });

  test('takes back a try that ended well, and with it its pause', () => {
    const limit = { free: 2, pause: 1000, longest: 5000, window: 60_000 };
    const one = admit(undefined, 0, limit).strike;
    expect(forgive(one).strike).toBeUndefined();
    expect(forgive(undefined).strike).toBeUndefined();
    const two = admit(one, 0, limit).strike;
    expect(admit(two, 0, limit).verdict.admitted).toBe(false);
    expect(forgive(two).strike).toEqual(one);
  });

  test('names each subject apart, and none by what was typed', () => {
    const names = (['address', 'browser', 'password-change', 'user'] as const).flatMap((kind) =>
      ['ann', 'Ann', ''].map((name) => subjectOf(kind, name)),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name.toLowerCase()).not.toContain('ann');
    expect(subjectOf('user', 'x'.repeat(1e6)).length).toBeLessThan(100);
  });
});

describe('guessing', () => {
  const wrong = ({ host }: Setting, name: string, from?: Origin): Promise<string> =>
    outcome(host.enter({ name, password: 'wrong', from }));

  test('at one user name is slowed down, from whatever address, and alike if there is no such user', async () => {
    const all = await setting();
    const retries: unknown[] = [];
    for (const name of ['ann', 'nobody', '', 'x'.repeat(1000)]) {
      for (let i = 0; i < 10; i++) {
        expect(await wrong(all, name, { address: `192.0.2.${i}` })).toBe('bad-credentials');
      }
      const start = all.clock.now();
      const asked = { name, password: passwordOf('ann'), from: { address: '192.0.2.99' } };
      const codes = [await outcome(all.host.enter(asked)), await outcome(all.host.enter(asked))];
      retries.push({ codes, took: all.clock.now() - start });
    }
    const strangers = { codes: ['bad-credentials', 'too-many-tries'], took: 2000 };
    expect(retries).toEqual([
      { ...strangers, codes: ['granted', 'granted'] },
      strangers,
      strangers,
      strangers,
    ]);
  });

  test('at many names from one address is slowed down for that address alone', async () => {
    const all = await setting({ ann: ['DSC-A'] }, { policy: { replyTime: 1 } });
    const from = { address: '192.0.2.1' };
    for (let i = 0; i < 50; i++) expect(await wrong(all, `guess-${i}`, from)).toBe('bad-credentials');
    const ann = { name: 'ann', password: passwordOf('ann') };
    const error = await refusal(all.host.enter({ ...ann, from }));
    expect(error.code).toBe('too-many-tries');
    expect(error.retryAt).toBeGreaterThan(all.clock.now());
    expect(await outcome(all.host.enter({ ...ann, from: { address: '192.0.2.2' } }))).toBe('granted');
  });

  test('by thousands at once is counted as if one after the other', async () => {
    const all = await setting();
    const guesses = await Promise.all(Array.from({ length: 1000 }, () => wrong(all, 'ann')));
    expect(guesses.filter((code) => code === 'bad-credentials')).toHaveLength(10);
    expect(guesses.filter((code) => code === 'too-many-tries')).toHaveLength(990);
  });

  test('is not hashed when it comes too early: it costs the host nothing', async () => {
    let hashed = 0;
    const hasher = {
      ...plainPasswords,
      verify(password: string, record: string) {
        hashed++;
        return plainPasswords.verify(password, record);
      },
    };
    const all = await setting(undefined, { hasher });
    await Promise.all(Array.from({ length: 100 }, () => wrong(all, 'ann')));
    expect(hashed).toBe(10);
  });

  test('an address that many share is not slowed down by those who log in', async () => {
    const all = await setting();
    const from = { address: '192.0.2.1' };
    for (let i = 0; i < 120; i++) {
      const entry = await all.enter('ann', from);
      if (entry.step !== 'challenge') throw new Error('expected a challenge');
      await all.host.answer({ login: entry.id, response: all.rightResponse(entry) });
    }
    expect(await wrong(all, 'nobody', from)).toBe('bad-credentials');
  });

  test('a right password does not buy an address more wrong ones', async () => {
    const all = await setting({ eve: [] }, { policy: { replyTime: 1, sessionIdle: 1 } });
    const from = { address: '192.0.2.1' };
    let guesses = 0;
    for (let i = 0; i < 100; i++) {
      await outcome(all.enter('eve', from));
      if ((await wrong(all, `guess-${i}`, from)) === 'bad-credentials') guesses++;
    }
    expect(guesses).toBeLessThanOrEqual(51);
  });

  test('a right password is the user’s word: what was wrong before is forgotten, one limit for all or not', async () => {
    const limit = { free: 3, pause: 60_000, longest: 60_000, window: 3_600_000 };
    const all = await setting(undefined, { policy: { triesPerUser: limit, triesPerAddress: limit } });
    for (let round = 0; round < 3; round++) {
      const from = { address: `192.0.2.${round}` };
      for (let i = 0; i < 2; i++) expect(await wrong(all, 'ann', from)).toBe('bad-credentials');
      expect(await outcome(all.enter('ann', { address: `192.0.2.1${round}` }))).toBe('granted');
    }
  });
});

test('strikes that no longer count are not kept', async () => {
  const store = new MemoryStore();
  const all = await setting(undefined, { store });
  const subject = subjectOf('user', 'nobody');
  const kept = (): Promise<Strike | undefined> =>
    store.strike(subject, (strike) => ({ strike, verdict: strike }));
  await outcome(all.host.enter({ name: 'nobody', password: 'wrong' }));
  expect(await kept()).toMatchObject({ count: 1 });
  all.clock.advance(23 * 3_600_000);
  await all.enter('ann');
  expect(await kept()).toMatchObject({ count: 1 });
  all.clock.advance(3_600_000);
  await all.enter('ann');
  expect(await kept()).toBeUndefined();
});

test('strikes that count for longer than a day are kept for so long', async () => {
  const week = 7 * 24 * 3_600_000;
  const triesPerUser = { free: 1, pause: week, longest: week, window: week };
  const all = await setting(undefined, { policy: { triesPerUser } });
  await outcome(all.host.enter({ name: 'nobody', password: 'wrong' }));
  all.clock.advance(week - 10_000);
  await all.enter('ann');
  expect(await outcome(all.host.enter({ name: 'nobody', password: 'wrong' }))).toBe('too-many-tries');
});
