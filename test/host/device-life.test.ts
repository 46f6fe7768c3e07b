// The life of a device: every move from every state, and whole lives at random.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEVICE_MOVES,
  moved,
  movesFrom,
  type DeviceMove,
  type DeviceState,
} from '../../src/host/device-life.ts';
import type { Host } from '../../src/host/index.ts';
import { keyOf, outcome, passwordOf, setting, type Setting } from './setting.ts';

const DAY = 24 * 3_600_000;

/** Written once more, by hand: from state to state, of a device that has been in use. */
const LIVES: Record<DeviceState, Partial<Record<DeviceMove, DeviceState>>> = {
  requested: { mail: 'mailed', withdraw: 'retired' },
  mailed: { activate: 'active', block: 'blocked', lose: 'lost', retire: 'retired' },
  active: { block: 'blocked', lose: 'lost', retire: 'retired' },
  blocked: { unblock: 'active', lose: 'lost', retire: 'retired' },
  lost: { find: 'active', replace: 'replaced', retire: 'retired' },
  replaced: { retire: 'retired' },
  retired: {},
};
const STATES = Object.keys(LIVES) as DeviceState[];

describe('the table', () => {
  const all = STATES.flatMap((state) => DEVICE_MOVES.map((move) => [state, move] as const));

  test.each(all)('%s: %s', async (state, move) => {
    const next = LIVES[state][move];
    const standing = { state, mailedAt: 1, activatedAt: 2 };
    expect(await outcome((async () => moved(standing, move))())).toBe(next ? 'granted' : 'illegal-move');
    if (next) expect(moved(standing, move)).toBe(next);
    expect(movesFrom(state).includes(move)).toBe(next !== undefined);
  });

  test.each(['unblock', 'find'] as const)('a device that was never in use is mailed again by: %s', (move) => {
    const state = move === 'unblock' ? 'blocked' : 'lost';
    expect(moved({ state, mailedAt: 1, activatedAt: undefined }, move)).toBe('mailed');
  });

  test.each<[DeviceState, DeviceMove, string]>([
    [
      'lost',
      'block',
      'it is lost and cannot be blocked; from there it can be found again, replaced or retired',
    ],
    ['lost', 'lose', 'it is lost already; from there it can be found again, replaced or retired'],
    [
      'active',
      'find',
      'it is active and cannot be found again; from there it can be blocked, reported lost or retired',
    ],
    [
      'requested',
      'lose',
      'it is requested and cannot be reported lost; from there it can be mailed or withdrawn',
    ],
    ['replaced', 'mail', 'it is replaced and cannot be mailed; from there it can be retired'],
    [
      'retired',
      'find',
      'it is retired and cannot be found again; nothing leads on from there, enrol another',
    ],
  ])(
    'a refusal says where the device is, what was not possible, and what is: %s, %s',
    (state, move, words) => {
      const refused = (): DeviceState => moved({ state, mailedAt: 1, activatedAt: 2 }, move);
      expect(refused).toThrow(`device: ${words}`);
    },
  );
});

type Step = DeviceMove | 'log in' | 'answer wrongly';
const STEPS: readonly Step[] = [...DEVICE_MOVES, 'log in', 'answer wrongly'];

/** Ann has another card, with which she can always log in. */
async function withCard(mailed: boolean): Promise<Setting> {
  const all = await setting({ ann: ['OTHER'] }, { policy: { unfinishedLogins: { max: 1e6, window: 1 } } });
  if (mailed)
    await all.host.enrol({ user: 'ann', serial: 'DSC-A', key: keyOf('DSC-A'), pin: '1234', mailed });
  return all;
}

/** Makes a move by whoever can make it. */
function make({ host, logIn }: Setting, serial: string, move: DeviceMove): Promise<unknown> {
  if (move === 'mail') return host.mail(serial, keyOf('DSC-A'));
  if (move === 'activate') return logIn('ann', serial);
  if (move === 'unblock') return host.unblock(serial);
  return host.moveDevice(serial, move);
}

describe('a life', () => {
  test('never leads out of the table, whatever is tried in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { maxLength: 25 }), async (steps) => {
        const all = await withCard(true);
        let state: DeviceState = 'mailed';
        let wasInUse = false;
        for (const step of steps) {
          const before = state;
          if (step === 'log in' || step === 'activate') {
            const usable: boolean = state === 'mailed' || state === 'active';
            const expected = usable ? 'granted' : state === 'blocked' ? 'device-blocked' : 'no-device';
            expect(await outcome(all.logIn('ann', 'DSC-A'))).toBe(expected);
            if (usable) [state, wasInUse] = ['active', true];
          } else if (step === 'answer wrongly') {
            state = await answerWrongly(all, state);
          } else if (step === 'unblock') {
            // The administrator's word, which a device that is not blocked takes as well.
            await all.host.unblock('DSC-A');
            if (state === 'blocked') state = wasInUse ? 'active' : 'mailed';
          } else {
            const next: DeviceState | undefined = LIVES[state][step];
            expect(await outcome(make(all, 'DSC-A', step))).toBe(next ? 'granted' : 'illegal-move');
            if (next) state = next === 'active' && !wasInUse ? 'mailed' : next;
          }
          expect([before, step, (await all.host.device('DSC-A')).state]).toEqual([before, step, state]);
        }
      }),
    );
  });

  test('ends when it is retired: nothing moves it, nothing answers for it', async () => {
    const all = await withCard(true);
    await all.host.moveDevice('DSC-A', 'retire');
    for (const move of DEVICE_MOVES.filter((each) => each !== 'unblock')) {
      const expected = move === 'activate' ? 'no-device' : 'illegal-move';
      expect([move, await outcome(make(all, 'DSC-A', move))]).toEqual([move, expected]);
    }
    await all.host.unblock('DSC-A');
    expect((await all.host.device('DSC-A')).state).toBe('retired');
    expect(await outcome(all.host.reactivate('ann', 'DSC-A'))).toBe('illegal-move');
    expect(await outcome(all.host.activate('ann', 'DSC-A'))).toBe('no-device');
    expect(await outcome(all.begin('ann', 'DSC-A'))).toBe('no-device');
    const change = { user: 'ann', serial: 'DSC-A', pin: '1111', again: '1111' };
    expect(await outcome(all.host.changePin(change))).toBe('no-device');
    expect(await outcome(all.host.resetPin({ user: 'ann', serial: 'DSC-A', pin: '1111' }))).toBe(
      'illegal-move',
    );
  });

  /** Five wrong answers, as far as they are taken. */
  async function answerWrongly(all: Setting, state: DeviceState): Promise<DeviceState> {
    for (let i = 0; i < 5; i++) {
      const login = await all.begin('ann', 'DSC-A').catch(() => undefined);
      if (login) await outcome(all.host.answer({ login: login.id, response: all.wrongResponse(login) }));
    }
    return state === 'mailed' || state === 'active' ? 'blocked' : state;
  }
});

describe('a login on its way', () => {
  test.each<[string, (host: Host) => Promise<unknown>, string]>([
    ['blocked', (host) => host.moveDevice('DSC-A', 'block'), 'device-blocked'],
    ['lost', (host) => host.moveDevice('DSC-A', 'lose'), 'device-changed'],
    ['lost by its user', (host) => host.reportLost('ann', 'DSC-A'), 'device-changed'],
    ['retired', (host) => host.moveDevice('DSC-A', 'retire'), 'device-changed'],
    [
      'lost and found',
      async (host) => {
        await host.moveDevice('DSC-A', 'lose');
        await host.moveDevice('DSC-A', 'find');
      },
      'device-changed',
    ],
  ])('comes to nothing when its device is %s', async (_, move, code) => {
    const { host, begin, rightResponse } = await setting();
    const login = await begin('ann');
    await move(host);
    expect(await outcome(host.answer({ login: login.id, response: rightResponse(login) }))).toBe(code);
  });

  test('and no choice of a device that is gone meanwhile', async () => {
    const { host, enter } = await setting({ ann: ['DSC-A', 'DSC-B'] });
    const entry = await enter('ann');
    if (entry.step !== 'device') throw new Error('expected a choice');
    await host.moveDevice('DSC-A', 'lose');
    expect(await outcome(host.choose({ login: entry.id, serial: 'DSC-A' }))).toBe('no-device');
    expect(await outcome(host.choose({ login: entry.id, serial: 'DSC-B' }))).toBe('granted');
    expect(await outcome(host.choose({ login: entry.id, serial: 'DSC-B' }))).toBe('challenge-put');
  });
});

describe('a lost device', () => {
  test('is found again by a user with another one, and by its own answer', async () => {
    const all = await withCard(true);
    const { host, respond, wrongResponse } = all;
    await all.logIn('ann', 'DSC-A');
    await host.reportLost('ann', 'DSC-A');
    expect(await outcome(host.reportLost('ann', 'DSC-A'))).toBe('illegal-move');
    const login = await host.reactivate('ann', 'DSC-A');
    expect(await outcome(host.confirm('ann', { login: login.id, response: wrongResponse(login) }))).toBe(
      'wrong-response',
    );
    expect((await host.device('DSC-A')).state).toBe('lost');
    await host.confirm('ann', { login: login.id, response: respond('DSC-A', login.challenge) });
    expect(await host.device('DSC-A')).toMatchObject({ state: 'active', wrongInARow: 0 });
  });

  test('stays lost after any number of wrong answers, of which five are checked', async () => {
    const all = await withCard(true);
    const { host, wrongResponse } = all;
    await host.reportLost('ann', 'DSC-A');
    const codes: string[] = [];
    for (let i = 0; i < 4; i++) {
      const login = await host.reactivate('ann', 'DSC-A');
      const answer = { login: login.id, response: wrongResponse(login) };
      for (let j = 0; j < 2; j++) codes.push(await outcome(host.confirm('ann', answer)));
    }
    expect(codes.filter((code) => code === 'wrong-response')).toHaveLength(5);
    expect(codes.slice(5)).toEqual(Array(3).fill('device-blocked'));
    expect((await host.device('DSC-A')).state).toBe('lost');
  });

  test.each<[string, (all: Awaited<ReturnType<typeof withCard>>) => Promise<void>]>([
    [
      'wrong answers',
      async (all) => {
        for (let i = 0; i < 5; i++) {
          const login = await all.begin('ann', 'DSC-A');
          await outcome(all.host.answer({ login: login.id, response: all.wrongResponse(login) }));
        }
      },
    ],
    ['an administrator', ({ host }) => host.moveDevice('DSC-A', 'block')],
  ])('blocked before by %s stays so for its user, and not for an administrator', async (_, block) => {
    const all = await withCard(true);
    const { host, respond } = all;
    await block(all);
    await host.reportLost('ann', 'DSC-A');
    const login = await host.reactivate('ann', 'DSC-A');
    const right = { login: login.id, response: respond('DSC-A', login.challenge) };
    expect(await outcome(host.confirm('ann', right))).toBe('device-blocked');
    await host.moveDevice('DSC-A', 'find');
    expect(await host.device('DSC-A')).toMatchObject({ state: 'mailed', wrongInARow: 0 });
    expect(await outcome(all.logIn('ann', 'DSC-A'))).toBe('granted');
  });
});

test('a device mailed long ago and never used is due again as soon as it is found', async () => {
  const all = await setting({ ann: [] });
  const { host, clock, enter } = all;
  await host.enrol({ user: 'ann', serial: 'DSC-A', key: keyOf('DSC-A'), pin: '1234', mailed: true });
  await host.moveDevice('DSC-A', 'lose');
  clock.advance(20 * DAY);
  expect(await enter('ann')).toMatchObject({ step: 'activation', devices: [] });
  await host.moveDevice('DSC-A', 'find');
  expect(await enter('ann')).toMatchObject({ step: 'challenge', serial: 'DSC-A' });
});

test('only who may reads of a device, and what is no serial number names none', async () => {
  const { host } = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
  for (const serial of ['DSC-B', '', '__proto__', 'DSC-A\n']) {
    expect(await outcome(host.reportLost('ann', serial))).toBe('no-device');
    expect(await outcome(host.withdraw('ann', serial))).toBe('no-device');
    expect(await outcome(host.reactivate('ann', serial))).toBe('no-device');
    expect(await outcome(host.activate('ann', serial))).toBe('no-device');
  }
  for (const serial of ['DSC-C', '', '__proto__']) {
    expect(await outcome(host.moveDevice(serial, 'lose'))).toBe('unknown-device');
    expect(await outcome(host.mail(serial, keyOf('x')))).toBe('unknown-device');
    expect(await outcome(host.resetPin({ user: 'ann', serial, pin: '1111' }))).toBe('unknown-device');
  }
  expect(await outcome(host.resetPin({ user: 'ann', serial: 'DSC-B', pin: '1111' }))).toBe('unknown-device');
  expect((await host.ownDevices('ann')).map(({ serial }) => serial)).toEqual(['DSC-A']);
  expect(await outcome(host.begin({ name: 'ann', password: passwordOf('ann'), serial: 'DSC-B' }))).toBe(
    'no-device',
  );
});

describe('the sessions that a device opened', () => {
  const ends: readonly [string, (all: Setting, token: string) => Promise<void>][] = [
    ['reported lost', ({ host }, token) => host.reportLost('ann', 'DSC-A', token)],
    [
      'lost by an administrator’s word',
      ({ host }, token) => host.moveDevice('DSC-A', 'lose', undefined, token),
    ],
    ['blocked', ({ host }, token) => host.moveDevice('DSC-A', 'block', undefined, token)],
    ['retired', ({ host }, token) => host.moveDevice('DSC-A', 'retire', undefined, token)],
  ];

  /** Which are left of three sessions by this device and one by another; in the one numbered `says` it is said. */
  async function leftAfter(act: (all: Setting, token: string) => Promise<unknown>, says: 0 | 3) {
    const all = await setting({ ann: ['DSC-A', 'DSC-B'], bob: ['DSC-C'] });
    for (const name of ['ann', 'bob']) await all.host.updateUser(name, { person: 'p' });
    await all.host.share('DSC-A', 'bob');
    const sessions = [
      await all.logIn('ann', 'DSC-A'),
      await all.logIn('ann', 'DSC-A'),
      await all.logIn('bob', 'DSC-A'),
      await all.logIn('ann', 'DSC-B'),
    ];
    await act(all, sessions[says]!.token);
    const found = await Promise.all(sessions.map(({ token }) => all.host.session(token)));
    return [0, 1, 2, 3].filter((index) => found[index]);
  }

  test.each(ends)('end when it is %s, but for the one in which that was said', async (_, act) => {
    expect(await leftAfter(act, 0)).toEqual([0, 3]);
    expect(await leftAfter(act, 3)).toEqual([3]);
    expect(await leftAfter((all) => act(all, 'no token'), 0)).toEqual([3]);
  });

  test.each<[string, (all: Setting) => Promise<unknown>]>([
    [
      'blocked by wrong answers',
      async ({ host, begin, wrongResponse }) => {
        for (let tries = 0; tries < 5;) {
          const login = await begin('ann', 'DSC-A');
          for (let left = 3; left > 0 && tries < 5; left--, tries++)
            await outcome(host.answer({ login: login.id, response: wrongResponse(login) }));
        }
        expect((await host.device('DSC-A')).state).toBe('blocked');
      },
    ],
    ['given a new PIN', ({ host }) => host.resetPin({ user: 'ann', serial: 'DSC-A', pin: '9876' })],
    ['not lost, since it could not be', ({ host }) => outcome(host.moveDevice('DSC-A', 'find'))],
  ])('go on when it is %s', async (_, act) => {
    expect(await leftAfter(act, 0)).toEqual([0, 1, 2, 3]);
  });
});
