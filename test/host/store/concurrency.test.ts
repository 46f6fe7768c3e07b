import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Admission } from '../../../src/host/throttle.ts';
import { admit } from '../../../src/host/throttle.ts';
import type { Right, Store, Wrong } from '../../../src/host/store/store.ts';
import {
  MEMORY,
  SHARED,
  device,
  login,
  newChallenge,
  NOW,
  people,
  right,
  session,
  SILENT,
  UNLIMITED,
  user,
} from './stores.ts';

const PER = { perLogin: 3, perDevice: 5 };

const names = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);

const outcomes = <Outcome>(results: readonly { outcome: Outcome }[]) => results.map(({ outcome }) => outcome);

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

describe.each([MEMORY, ...SHARED])('two hosts on %s', (_, make) => {
  let stores: readonly [Store, Store];

  beforeEach(async () => {
    const open = await make();
    stores = [await open(), await open()];
  });

  /** Does it on both at the same moment, so many times on each. */
  const everywhere = <T>(act: (store: Store, index: number) => Promise<T>, times = 1): Promise<T[]> =>
    Promise.all(
      Array.from({ length: times }, (__, index) => stores.map((store) => act(store, index))).flat(),
    );

  /** Opens a login for a user. */
  async function opened(name: string) {
    const record = login(name, name.toUpperCase());
    const { outcome } = await stores[0].openLogin(record, UNLIMITED, SILENT);
    expect(outcome).toBe('opened');
    return record.id;
  }

  test(
    '2,000 logins answered on both at the same moment are finished once each',
    { timeout: 60_000 },
    async () => {
      const everybody = names(2000);
      await people(stores[0], ...everybody);
      const ids = await Promise.all(everybody.map(opened));
      const finished: Right[][] = await Promise.all(
        ids.map((id, index) => {
          const name = `user-${index}`;
          return everywhere((store) =>
            store.finish(id, right({ session: session(name) }), ({ outcome }) =>
              outcome === 'finished' ? [{ at: NOW, event: 'login-finished', user: name }] : [],
            ),
          );
        }),
      );
      for (const both of finished) {
        expect(outcomes(both).toSorted()).toEqual(['finished', 'login-ended']);
      }
      for (const name of everybody.slice(0, 50)) {
        expect(await stores[1].sessions(name)).toHaveLength(1);
        expect(await stores[1].trail({ user: name, limit: 9 })).toHaveLength(1);
      }
    },
  );

  test(
    'no wrong answer is lost, and the device is blocked by its fifth and no other',
    { timeout: 20_000 },
    async () => {
      const everybody = names(40);
      await people(stores[0], ...everybody);
      for (const name of everybody) {
        const ids = await Promise.all([opened(name), opened(name), opened(name), opened(name)]);
        const wrong: Wrong[] = (
          await Promise.all(ids.map((id) => everywhere((store) => store.countWrong(id, PER, SILENT), 2)))
        ).flat();
        const counted = wrong.flatMap((each) => (each.outcome === 'counted' ? [each] : []));
        expect(new Set(counted.map(({ wrongInARow }) => wrongInARow))).toEqual(new Set([1, 2, 3, 4, 5]));
        expect(counted).toHaveLength(5);
        expect(counted.filter(({ blocked }) => blocked)).toMatchObject([{ wrongInARow: 5 }]);
        expect(await stores[1].device(name.toUpperCase())).toMatchObject({
          state: 'blocked',
          wrongInARow: 5,
        });
      }
    },
  );

  test('a right answer among wrong ones counts or does not, and forgives only what came before it', async () => {
    const everybody = names(60);
    await people(stores[0], ...everybody);
    await Promise.all(
      everybody.map(async (name) => {
        const ids = await Promise.all([opened(name), opened(name), opened(name)]);
        const answer = opened(name).then((id) => everywhere((store) => store.finish(id, right(), SILENT)));
        const wrong = await Promise.all(
          ids.map((id) => everywhere((store) => store.countWrong(id, PER, SILENT))),
        );
        const finished = outcomes(await answer).includes('finished');
        const counted = outcomes(wrong.flat()).filter((outcome) => outcome === 'counted').length;
        const { state, wrongInARow } = (await stores[1].device(name.toUpperCase()))!;
        // Six wrong ones: five of them block, unless the right one came before the fifth.
        expect([counted, state === 'blocked']).toEqual(finished ? [6, wrongInARow === 5] : [5, true]);
      }),
    );
  });

  test('a lost device that is to be found again takes no more wrong answers than others, and stays lost', async () => {
    await people(stores[0], 'ann');
    await stores[0].changeDevice('ANN', 0, { state: 'lost' }, SILENT);
    const ids = await Promise.all([opened('ann'), opened('ann'), opened('ann')]);
    const wrong = await Promise.all(
      ids.map((id) => everywhere((store) => store.countWrong(id, PER, SILENT))),
    );
    expect(outcomes(wrong.flat()).filter((outcome) => outcome === 'counted')).toHaveLength(5);
    expect(await stores[1].device('ANN')).toMatchObject({ state: 'lost', wrongInARow: 5 });
  });

  test('a login takes no more answers than its limit', async () => {
    await people(stores[0], 'ann');
    const id = await opened('ann');
    const wrong = await everywhere((store) => store.countWrong(id, { ...PER, perDevice: 100 }, SILENT), 10);
    expect(outcomes(wrong).filter((outcome) => outcome === 'counted')).toHaveLength(PER.perLogin);
    expect(outcomes(await everywhere((store) => store.finish(id, right(), SILENT)))).toEqual([
      'login-ended',
      'login-ended',
    ]);
  });

  test('a user begins no more logins than the limit', async () => {
    await people(stores[0], 'ann');
    const limit = { max: 10, window: 1000 };
    const openings = await everywhere((store) => store.openLogin(login('ann', 'ANN'), limit, SILENT), 30);
    expect(outcomes(openings).filter((outcome) => outcome === 'opened')).toHaveLength(10);
  });

  test('a challenge is put to a device once', async () => {
    await people(stores[0], 'ann');
    const challenge = newChallenge();
    const openings = await everywhere(
      (store) => store.openLogin(login('ann', 'ANN', { challenge }), UNLIMITED, SILENT),
      20,
    );
    expect(outcomes(openings).filter((outcome) => outcome === 'opened')).toHaveLength(1);
  });

  test('of the challenges put to one login, one stays', async () => {
    await people(stores[0], 'ann');
    const blank = login('ann', 'ANN', { serial: undefined, challenge: undefined });
    await stores[0].openLogin(blank, UNLIMITED, SILENT);
    const put = await everywhere(
      (store) =>
        store.putChallenge(
          blank.id,
          { serial: 'ANN', challenge: newChallenge(), revision: 0, expiresAt: NOW },
          SILENT,
        ),
      20,
    );
    expect(put.filter((outcome) => outcome === 'put')).toHaveLength(1);
    expect(put.filter((outcome) => outcome === 'login-ended')).toHaveLength(39);
  });

  test('tries are counted one after the other', async () => {
    const limit = { free: 5, pause: 1000, longest: 8000, window: 60_000 };
    // Both find the same count when they begin.
    await stores[0].strike('user:ann', (strike) => admit(strike, NOW, limit));
    const admissions: Admission[] = await everywhere(
      (store) => store.strike('user:ann', (strike) => admit(strike, NOW, limit)),
      50,
    );
    expect(admissions.filter(({ admitted }) => admitted)).toHaveLength(4);
    expect(await stores[0].strike('user:ann', (strike) => ({ strike, verdict: strike }))).toEqual({
      count: 5,
      at: NOW,
      nextAt: NOW + 1000,
    });
  });

  test('one who read an older revision of a device changes nothing', async () => {
    await people(stores[0], 'ann');
    const changes = await everywhere(
      (store) => store.changeDevice('ANN', 0, { state: 'lost', hadFactor: true }, SILENT),
      20,
    );
    expect(changes.filter((outcome) => outcome === 'changed')).toHaveLength(1);
    expect(await stores[1].device('ANN')).toMatchObject({ state: 'lost', revision: 1 });
  });

  test('a name, a serial number and a key belong to one', async () => {
    expect((await everywhere((store) => store.addUser(user('ann'), SILENT), 5)).filter(Boolean)).toHaveLength(
      1,
    );
    const secret = { user: 'ann', sealed: '1.k1.x' };
    const same = await everywhere((store) => store.addDevice(device('SAME'), secret, SILENT), 5);
    expect(same.toSorted().slice(0, 2)).toEqual(['added', 'serial-taken']);
    const { keyHash } = device('');
    const keys = await everywhere(
      (store, index) =>
        store.addDevice(device(`${index}-${stores.indexOf(store)}`, { keyHash }), secret, SILENT),
      5,
    );
    expect(keys.toSorted().slice(0, 2)).toEqual(['added', 'key-taken']);
  });

  test('a device keeps one of its users', async () => {
    await people(stores[0], 'ann', 'bob');
    await stores[0].share('ANN', { user: 'bob', sealed: '1.k1.x' }, SILENT);
    const taken = await Promise.all([
      stores[0].unshare('ANN', 'ann', SILENT),
      stores[1].unshare('ANN', 'bob', SILENT),
    ]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await stores[0].holders('ANN')).toHaveLength(1);
  });

  test.each<[string, (store: Store, name: string) => Promise<unknown>]>([
    ['disabled', (store, name) => store.changeUser(name, { disabled: true }, SILENT)],
    ['by a word', (store, name) => store.shutOut(name, SILENT)],
  ])('nobody who is shut out stays in, whatever is answered at that moment: %s', async (__, shutOut) => {
    const everybody = names(50);
    await people(stores[0], ...everybody);
    const ids = await Promise.all(everybody.map(opened));
    await Promise.all(
      everybody.map(async (name, index) => {
        const opens = right({ session: session(name) });
        const [finished] = await Promise.all([
          stores[0].finish(ids[index]!, opens, SILENT),
          shutOut(stores[1], name),
        ]);
        expect(['finished', 'login-ended']).toContain(finished.outcome);
        expect(await stores[0].sessions(name)).toEqual([]);
      }),
    );
  });

  test('no session stays that a device opened at the moment when it was lost', async () => {
    const everybody = names(50);
    await people(stores[0], ...everybody);
    // The changes of a device are put in order by the first who has it, who here is another.
    for (const name of everybody) {
      await stores[0].addUser(user(`first-${name}`), SILENT);
      const secret = { user: `first-${name}`, sealed: '1.k1.x' };
      await stores[0].share(name.toUpperCase(), secret, SILENT);
    }
    const ids = await Promise.all(everybody.map(opened));
    await Promise.all(
      everybody.map(async (name, index) => {
        const serial = name.toUpperCase();
        const opens = right({ session: session(name, { serial }) });
        const [finished, changed] = await Promise.all([
          stores[0].finish(ids[index]!, opens, SILENT),
          stores[1].changeDevice(serial, 0, { state: 'lost', endsSessions: {} }, SILENT),
        ]);
        expect(['finished', 'device-changed']).toContain(finished.outcome);
        expect(changed).toBe('changed');
        expect(await stores[0].sessions(name)).toEqual([]);
      }),
    );
  });
});
