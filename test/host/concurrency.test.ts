// Many requests at once: what holds for one after the other holds for all at the same time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryStore, type Store } from '../../src/host/index.ts';
import { outcome, seeded, setting } from './setting.ts';

/** A store whose every answer about a login comes when the scheduler pleases, as from a database far away. */
class FarStore extends MemoryStore {
  readonly #scheduler: fc.Scheduler;

  constructor(scheduler: fc.Scheduler) {
    super();
    this.#scheduler = scheduler;
  }

  override login(...of: Parameters<Store['login']>): ReturnType<Store['login']> {
    return this.#later(() => super.login(...of));
  }

  override loginAtDevice(...of: Parameters<Store['loginAtDevice']>): ReturnType<Store['loginAtDevice']> {
    return this.#later(() => super.loginAtDevice(...of));
  }

  override holding(...of: Parameters<Store['holding']>): ReturnType<Store['holding']> {
    return this.#later(() => super.holding(...of));
  }

  override holdings(...of: Parameters<Store['holdings']>): ReturnType<Store['holdings']> {
    return this.#later(() => super.holdings(...of));
  }

  override openLogin(...of: Parameters<Store['openLogin']>): ReturnType<Store['openLogin']> {
    return this.#later(() => super.openLogin(...of));
  }

  override countWrong(...of: Parameters<Store['countWrong']>): ReturnType<Store['countWrong']> {
    return this.#later(() => super.countWrong(...of));
  }

  override finish(...of: Parameters<Store['finish']>): ReturnType<Store['finish']> {
    return this.#later(() => super.finish(...of));
  }

  async #later<T>(method: () => Promise<T>): Promise<T> {
    await this.#scheduler.schedule(Promise.resolve());
    const result = await method();
    await this.#scheduler.schedule(Promise.resolve());
    return result;
  }
}

/** How often each outcome came. */
function tally(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const each of outcomes) counts[each] = (counts[each] ?? 0) + 1;
  return counts;
}

describe('answers sent at once', () => {
  test('of 1000 guesses at one login three are checked', async () => {
    const { host, begin, wrongResponse } = await setting();
    const login = await begin('ann');
    const answer = { login: login.id, response: wrongResponse(login) };
    const guesses = Array.from({ length: 1000 }, () => outcome(host.answer(answer)));
    expect(tally(await Promise.all(guesses))).toEqual({ 'wrong-response': 3, 'login-ended': 997 });
    expect((await host.device('DSC-A')).wrongInARow).toBe(3);
  });

  test('of 1000 guesses at ten logins of one card five are checked', async () => {
    const { host, begin, wrongResponse } = await setting();
    const logins = await Promise.all(Array.from({ length: 10 }, () => begin('ann')));
    const guesses = Array.from({ length: 100 }, () =>
      logins.map((login) => outcome(host.answer({ login: login.id, response: wrongResponse(login) }))),
    ).flat();
    expect(tally(await Promise.all(guesses))['wrong-response']).toBe(5);
    expect(await host.device('DSC-A')).toMatchObject({ wrongInARow: 5, state: 'blocked' });
  });

  test('of many right ones exactly one opens a session, in whatever order the store gets to them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, times) => {
        const { host, begin, rightResponse } = await setting(undefined, { store: new FarStore(scheduler) });
        const login = await scheduler.waitFor(begin('ann'));
        const answer = { login: login.id, response: rightResponse(login) };
        const answers = Array.from({ length: times }, () => outcome(host.answer(answer)));
        const outcomes = tally(await scheduler.waitFor(Promise.all(answers)));
        expect(outcomes).toEqual({ granted: 1, 'login-ended': times - 1 });
        expect((await scheduler.waitFor(host.device('DSC-A'))).wrongInARow).toBe(0);
      }),
    );
  });

  test('of right and wrong ones three are checked, and a session needs a right one among these', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
        async (scheduler, kinds) => {
          const { host, begin, rightResponse, wrongResponse } = await setting(undefined, {
            store: new FarStore(scheduler),
          });
          const login = await scheduler.waitFor(begin('ann'));
          const answers = kinds.map((right) =>
            outcome(
              host.answer({ login: login.id, response: right ? rightResponse(login) : wrongResponse(login) }),
            ),
          );
          const {
            granted = 0,
            'wrong-response': wrong = 0,
            'login-ended': ended = 0,
          } = tally(await scheduler.waitFor(Promise.all(answers)));
          expect(granted).toBeLessThanOrEqual(1);
          expect(granted + wrong).toBeLessThanOrEqual(3);
          expect(granted + wrong + ended).toBe(kinds.length);
          if (!kinds.includes(true)) expect(granted).toBe(0);
          if (!kinds.includes(false)) expect(granted).toBe(1);
        },
      ),
    );
  });
});

describe('answers to several logins of one card', () => {
  test('five wrong ones are checked at the most, and only they block it, in whatever order they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 8 }),
        async (scheduler, kinds) => {
          const { host, begin, rightResponse, wrongResponse } = await setting(undefined, {
            store: new FarStore(scheduler),
          });
          const logins = await scheduler.waitFor(Promise.all(kinds.map(() => begin('ann'))));
          const answers = logins.map((login, i) => {
            const response = kinds[i] ? rightResponse(login) : wrongResponse(login);
            return outcome(host.answer({ login: login.id, response }));
          });
          const outcomes = tally(await scheduler.waitFor(Promise.all(answers)));
          const { granted = 0, 'wrong-response': wrong = 0, 'device-blocked': blocked = 0 } = outcomes;
          expect(granted + wrong + blocked).toBe(kinds.length);
          if (granted === 0) expect(wrong).toBeLessThanOrEqual(5);
          if (blocked > 0) expect(wrong).toBeGreaterThanOrEqual(5);
          if (!kinds.includes(true)) expect({ granted, wrong }).toEqual({ granted: 0, wrong: 5 });
        },
      ),
    );
  });

  test('a wrong one found out after a right one is counted: a right one excuses only what was wrong before', async () => {
    const database = Promise.withResolvers<void>();
    class SlowStore extends MemoryStore {
      override async countWrong(...of: Parameters<Store['countWrong']>): ReturnType<Store['countWrong']> {
        await database.promise;
        return super.countWrong(...of);
      }
    }
    const { host, begin, rightResponse, wrongResponse } = await setting(undefined, {
      store: new SlowStore(),
    });
    const [one, two] = [await begin('ann'), await begin('ann')];
    const wrong = outcome(host.answer({ login: one.id, response: wrongResponse(one) }));
    await host.answer({ login: two.id, response: rightResponse(two) });
    database.resolve();
    expect(await wrong).toBe('wrong-response');
    expect((await host.device('DSC-A')).wrongInARow).toBe(1);
  });
});

describe('logins begun at once', () => {
  test('are ten at the most, each with a challenge of its own', async () => {
    const few = Array.from({ length: 12 }, (_, i) => 100_001 + 2 * i);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer(), async (scheduler, seed) => {
        const random = seeded(seed);
        const { begin } = await setting(undefined, {
          store: new FarStore(scheduler),
          policy: { triesPerUser: { free: 14, pause: 1, longest: 1, window: 1 } },
          random: () => few[random(few.length)]!,
        });
        const challenges: string[] = [];
        const begun = Array.from({ length: 14 }, () =>
          outcome(begin('ann').then(({ challenge }) => challenges.push(challenge))),
        );
        const outcomes = tally(await scheduler.waitFor(Promise.all(begun)));
        expect(outcomes).toEqual({ granted: 10, 'too-many-logins': 4 });
        expect(new Set(challenges).size).toBe(10);
      }),
      { numRuns: 30 },
    );
  });

  test('of one name make one user, of one serial one card', async () => {
    const { host } = await setting();
    const names = Array.from({ length: 5 }, () => outcome(host.addUser({ name: 'bob', password: 'x' })));
    expect(tally(await Promise.all(names))).toEqual({ granted: 1, 'name-taken': 4 });
    const card = { user: 'bob', serial: 'DSC-B', key: new Uint8Array(20), pin: '0000' };
    const cards = Array.from({ length: 5 }, () => outcome(host.enrol(card)));
    expect(tally(await Promise.all(cards))).toEqual({ granted: 1, 'serial-taken': 4 });
  });
});
