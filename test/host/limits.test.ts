// How often one may try: per card, per user, and what an administrator can do about it.
import { describe, expect, test } from 'vitest';
import type { Login } from '../../src/host/index.ts';
import { outcome, passwordOf, refusal, setting, type Setting } from './setting.ts';

const HOUR = 3_600_000;
const CENTURY = 100 * 365 * 24 * HOUR;

async function answerWrongly({ host, wrongResponse }: Setting, login: Login, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    expect(await outcome(host.answer({ login: login.id, response: wrongResponse(login) }))).toBe(
      'wrong-response',
    );
  }
}

describe('five wrong answers in a row', () => {
  test('block the card, over as many logins as they take', async () => {
    const all = await setting();
    const { host, begin, rightResponse } = all;
    await answerWrongly(all, await begin('ann'), 3);
    const login = await begin('ann');
    expect(login.attemptsLeft).toBe(2);
    await answerWrongly(all, login, 1);
    expect(await host.device('DSC-A')).toMatchObject({ state: 'active', wrongInARow: 4 });
    await answerWrongly(all, login, 1);
    expect(await host.device('DSC-A')).toMatchObject({ state: 'blocked', wrongInARow: 5 });
    expect(await outcome(host.answer({ login: login.id, response: rightResponse(login) }))).toBe(
      'device-blocked',
    );
    expect(await outcome(begin('ann'))).toBe('device-blocked');
  });

  test('are not in a row with a right one between', async () => {
    const all = await setting();
    const { host, begin, rightResponse } = all;
    for (let i = 0; i < 4; i++) {
      const login = await begin('ann');
      await answerWrongly(all, login, 2);
      await host.answer({ login: login.id, response: rightResponse(login) });
    }
    expect((await host.device('DSC-A')).state).toBe('active');
  });

  test('that are right at the fifth are four', async () => {
    const all = await setting();
    const { host, begin, rightResponse } = all;
    await answerWrongly(all, await begin('ann'), 3);
    const login = await begin('ann');
    await answerWrongly(all, login, 1);
    expect(await outcome(host.answer({ login: login.id, response: rightResponse(login) }))).toBe('granted');
  });

  test('stay counted however long ago they were', async () => {
    const all = await setting();
    await answerWrongly(all, await all.begin('ann'), 3);
    all.clock.advance(1000 * HOUR);
    const login = await all.begin('ann');
    await answerWrongly(all, login, 2);
    expect((await all.host.device('DSC-A')).state).toBe('blocked');
  });

  test('say how many are left, which is never more than the card has', async () => {
    const all = await setting();
    await answerWrongly(all, await all.begin('ann'), 3);
    const login = await all.begin('ann');
    const answer = { login: login.id, response: all.wrongResponse(login) };
    expect(await refusal(all.host.answer(answer))).toMatchObject({ attemptsLeft: 1 });
    expect(await refusal(all.host.answer(answer))).toMatchObject({ attemptsLeft: 0 });
  });

  test('leave other cards alone', async () => {
    const all = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    await answerWrongly(all, await all.begin('ann'), 3);
    await answerWrongly(all, await all.begin('ann'), 2);
    expect((await all.host.device('DSC-B')).wrongInARow).toBe(0);
    expect(await outcome(all.begin('bob'))).toBe('granted');
  });
});

describe('an administrator', () => {
  test('unblocks a card: an open login goes on, an ended one stays ended', async () => {
    const all = await setting();
    const { host, begin, rightResponse } = all;
    const [ended, open] = [await begin('ann'), await begin('ann')];
    await answerWrongly(all, ended, 3);
    await answerWrongly(all, open, 2);
    await host.unblock('DSC-A');
    expect(await host.device('DSC-A')).toMatchObject({ state: 'active', wrongInARow: 0 });
    const answer = (login: Login): Promise<string> =>
      outcome(host.answer({ login: login.id, response: rightResponse(login) }));
    expect(await answer(ended)).toBe('login-ended');
    expect(await answer(open)).toBe('granted');
  });

  test('is told of a card that is not enrolled', async () => {
    const { host } = await setting();
    for (const serial of ['DSC-B', 'dsc-a', '', 'DSC-A\0', '__proto__']) {
      expect(await outcome(host.unblock(serial))).toBe('unknown-device');
      expect(await outcome(host.device(serial))).toBe('unknown-device');
    }
  });
});

describe('logins begun and not finished', () => {
  async function beginTen({ begin }: Setting): Promise<Login[]> {
    const logins: Login[] = [];
    for (let i = 0; i < 10; i++) logins.push(await begin('ann'));
    return logins;
  }

  test('are ten within 24 hours at the most; then the host says when to come back', async () => {
    const all = await setting({ ann: ['DSC-A', 'DSC-B'], bob: ['DSC-C'] });
    const { begin, clock } = all;
    await beginTen(all);
    const error = await refusal(begin('ann', 'DSC-B'));
    expect(error).toMatchObject({ code: 'too-many-logins', retryAt: 1000 + 24 * HOUR });
    expect(error.message).toContain('1970-01-02T00:00:01.000Z');
    expect(await outcome(begin('bob'))).toBe('granted');

    const replyTime = 1000;
    clock.advance(1000 + 24 * HOUR - clock.now() - replyTime - 1);
    expect(await outcome(begin('ann'))).toBe('too-many-logins');
    expect(await outcome(begin('ann'))).toBe('granted');
  });

  test('become free one by one, as each gets 24 hours old', async () => {
    const all = await setting();
    await beginTen(all);
    all.clock.advance(24 * HOUR - 10_000);
    for (let i = 0; i < 10; i++) expect(await outcome(all.begin('ann'))).toBe('granted');
    expect(await refusal(all.begin('ann'))).toMatchObject({ retryAt: 1000 + 48 * HOUR });
  });

  test('are forgiven by a right answer to any of them', async () => {
    const all = await setting();
    const { host, begin, rightResponse } = all;
    const login = (await beginTen(all))[4]!;
    await host.answer({ login: login.id, response: rightResponse(login) });
    await beginTen(all);
    expect(await outcome(begin('ann'))).toBe('too-many-logins');
  });

  test('are forgiven by a right answer to one that others have come after', async () => {
    const all = await setting();
    const { host, begin, rightResponse } = all;
    const [first, second] = await beginTen(all);
    await host.answer({ login: first!.id, response: rightResponse(first!) });
    await beginTen(all);
    await host.answer({ login: second!.id, response: rightResponse(second!) });
    await beginTen(all);
    expect(await outcome(begin('ann'))).toBe('too-many-logins');
  });

  test('are not forgiven by a wrong one, nor by a wrong password', async () => {
    const all = await setting();
    const logins = await beginTen(all);
    await answerWrongly(all, logins[0]!, 1);
    await refusal(all.host.begin({ name: 'ann', password: 'wrong' }));
    expect(await outcome(all.begin('ann'))).toBe('too-many-logins');
  });

  test('are forgiven by an administrator', async () => {
    const all = await setting();
    await beginTen(all);
    await all.host.unblock('DSC-A');
    expect(await outcome(all.begin('ann'))).toBe('granted');
  });

  test('are not counted when none was begun', async () => {
    const { host, begin } = await setting();
    for (let i = 0; i < 9; i++) await refusal(host.begin({ name: 'ann', password: `guess ${i}` }));
    await host.begin({ name: 'ann', password: passwordOf('ann') });
    const begun = Array.from({ length: 9 }, () => outcome(begin('ann')));
    expect(new Set(await Promise.all(begun))).toEqual(new Set(['granted']));
  });
});

test.each<[string, object]>([
  ['challengeLifetime', { challengeLifetime: 0 }],
  ['wrongAnswersPerLogin', { wrongAnswersPerLogin: Number.NaN }],
  ['wrongAnswersPerDevice', { wrongAnswersPerDevice: 2.5 }],
  ['replyTime', { replyTime: Infinity }],
  ['sessionLifetime', { sessionLifetime: -1 }],
  ['unfinishedLogins.max', { unfinishedLogins: { max: 0, window: 1 } }],
  ['unfinishedLogins.window', { unfinishedLogins: { max: 1, window: Number.NaN } }],
  ['unfinishedLogins.window', { unfinishedLogins: { max: 1, window: Number.MAX_SAFE_INTEGER } }],
  ['unfinishedLogins.window', { unfinishedLogins: { max: 1, window: CENTURY + 1 } }],
  // What JavaScript lets pass, and whoever misspells a limit.
  ['challengeLifetime', { challengeLifetime: '120000' }],
  ['unfinishedLogins.max', { unfinishedLogins: undefined }],
  ['unfinishedLogins.max', { unfinishedLogins: null }],
  ['unfinishedLogins.max', { unfinishedLogins: 2 }],
  ['unfinishedLogins.window', { unfinishedLogins: { max: 2 } }],
  ['unfinishedLogins.max', { unfinishedLogins: { window: 1000 } }],
  ['unfinishedLogins.maximum', { unfinishedLogins: { max: 2, window: 1000, maximum: 3 } }],
  ['wrongAnswersPerLogn', { wrongAnswersPerLogn: 3 }],
  ['toString', { toString: 3 }],
])('a policy that is no limit is refused, naming %s: %o', async (name, policy) => {
  const error = await refusal(setting({}, { policy }));
  expect(error.code).toBe('bad-policy');
  expect(error.message).toContain(name);
});

test('the longest limits are kept to as well', async () => {
  const policy = {
    challengeLifetime: CENTURY,
    sessionLifetime: CENTURY,
    unfinishedLogins: { max: 1, window: CENTURY },
  };
  const { begin } = await setting(undefined, { policy });
  await begin('ann');
  const error = await refusal(begin('ann'));
  expect(error.message).toContain('2069-12-07T00:00:01.000Z');
});
