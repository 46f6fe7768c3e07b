// What must never log anybody in. A host that checks too little still passes every test of right responses.
import { describe, expect, test } from 'vitest';
import { outcome, refusal, scripted, setting } from './setting.ts';

describe('a response is refused', () => {
  test('that is wrong', async () => {
    const { host, begin, wrongResponse } = await setting();
    const login = await begin('ann');
    const error = await refusal(host.answer({ login: login.id, response: wrongResponse(login) }));
    expect(error).toMatchObject({ code: 'wrong-response', attemptsLeft: 2 });
  });

  test('that was computed with a wrong PIN', async () => {
    const { host, begin, respond } = await setting();
    const login = await begin('ann');
    const response = respond('DSC-A', login.challenge, '1235');
    expect(response).toMatch(/^[0-9]{8}$/);
    expect(await outcome(host.answer({ login: login.id, response }))).toBe('wrong-response');
  });

  test('to the challenge of an older login with the same card, or of a newer one', async () => {
    const { host, begin, rightResponse } = await setting();
    const older = await begin('ann');
    const newer = await begin('ann');
    const crossed = [
      host.answer({ login: newer.id, response: rightResponse(older) }),
      host.answer({ login: older.id, response: rightResponse(newer) }),
    ];
    expect(await Promise.all(crossed.map(outcome))).toEqual(['wrong-response', 'wrong-response']);
    expect(await outcome(host.answer({ login: newer.id, response: rightResponse(newer) }))).toBe('granted');
  });

  test("to another user's challenge, by either card", async () => {
    const { host, begin, respond } = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    const [ann, bob] = [await begin('ann'), await begin('bob')];
    const foreign = [
      respond('DSC-B', bob.challenge),
      respond('DSC-A', bob.challenge),
      respond('DSC-B', ann.challenge),
    ];
    for (const response of foreign) {
      expect(await outcome(host.answer({ login: ann.id, response }))).toBe('wrong-response');
    }
  });

  test("by the user's other card", async () => {
    const { host, begin, respond } = await setting({ ann: ['DSC-A', 'DSC-B'] });
    const login = await begin('ann', 'DSC-A');
    const response = respond('DSC-B', login.challenge);
    expect(await outcome(host.answer({ login: login.id, response }))).toBe('wrong-response');
  });

  test('from the very millisecond its challenge expires', async () => {
    const { host, clock, begin, rightResponse } = await setting();
    const [first, second] = await Promise.all([begin('ann'), begin('ann')]);
    expect(first.expiresAt - clock.now()).toBe(120_000);
    clock.advance(119_999);
    expect(await outcome(host.answer({ login: first.id, response: rightResponse(first) }))).toBe('granted');
    clock.advance(1);
    expect(await outcome(host.answer({ login: second.id, response: rightResponse(second) }))).toBe(
      'challenge-expired',
    );
  });

  test('that was accepted before, in its own login and in the next', async () => {
    const { host, begin, rightResponse } = await setting();
    const login = await begin('ann');
    const response = rightResponse(login);
    await host.answer({ login: login.id, response });
    expect(await outcome(host.answer({ login: login.id, response }))).toBe('login-ended');
    const next = await begin('ann');
    expect(await outcome(host.answer({ login: next.id, response }))).toBe('wrong-response');
  });

  test('in a login that nobody began', async () => {
    const { host, begin, rightResponse } = await setting();
    const login = await begin('ann');
    const response = rightResponse(login);
    for (const id of ['', 'ann', login.challenge, `${login.id} `, login.id.toLowerCase(), '__proto__']) {
      expect(await outcome(host.answer({ login: id, response }))).toBe('unknown-login');
    }
  });

  test('after three wrong ones, however right', async () => {
    const { host, begin, rightResponse, wrongResponse } = await setting();
    const login = await begin('ann');
    const left: (number | undefined)[] = [];
    for (let i = 0; i < 3; i++) {
      const error = await refusal(host.answer({ login: login.id, response: wrongResponse(login) }));
      left.push(error.attemptsLeft);
    }
    expect(left).toEqual([2, 1, 0]);
    expect(await outcome(host.answer({ login: login.id, response: rightResponse(login) }))).toBe(
      'login-ended',
    );
  });
});

describe('a response of another form is refused and not counted', () => {
  const shifted = (digits: string, zero: number): string =>
    Array.from(digits, (digit) => String.fromCodePoint(zero + Number(digit))).join('');

  // Each is the right response, only written otherwise: a lenient reader would take it.
  const forms: readonly (readonly [string, (right: string) => string])[] = [
    ['empty', () => ''],
    ['letters', () => 'abcdefgh'],
    ['a letter O for a digit', (right) => `${right.slice(0, 7)}O`],
    ['7 digits', (right) => right.slice(1)],
    ['9 digits, one before', (right) => `0${right}`],
    ['9 digits, one after', (right) => `${right}0`],
    ['a space before', (right) => ` ${right}`],
    ['a space after', (right) => `${right} `],
    ['a space within', (right) => `${right.slice(0, 4)} ${right.slice(4)}`],
    ['a line end', (right) => `${right}\n`],
    ['a second line', (right) => `x\n${right}`],
    ['a NUL', (right) => `${right}\0`],
    ['a plus sign', (right) => `+${right}`],
    ['a decimal point', (right) => `${right}.`],
    ['full-width digits', (right) => shifted(right, 0xff10)],
    ['Arabic-Indic digits', (right) => shifted(right, 0x0660)],
    ['mathematical bold digits', (right) => shifted(right, 0x1d7ce)],
    ['superscript digits', (right) => right.replace(/./, '\u00b2')],
  ];

  test.each(forms)('%s', async (_, form) => {
    const { host, begin, rightResponse } = await setting();
    const login = await begin('ann');
    const response = form(rightResponse(login));
    for (let i = 0; i < 6; i++) {
      expect(await outcome(host.answer({ login: login.id, response }))).toBe('malformed-response');
    }
    expect((await host.device('DSC-A')).wrongInARow).toBe(0);
    expect(await outcome(host.answer({ login: login.id, response: rightResponse(login) }))).toBe('granted');
  });

  test('a response without its leading zero', async () => {
    const { respond } = await setting();
    const challenges = Array.from({ length: 100 }, (_, i) => 100_001 + 2 * i);
    const leading = challenges.find((challenge) => respond('DSC-A', String(challenge)).startsWith('0')) ?? 0;
    const { host, begin, rightResponse } = await setting(undefined, { random: scripted(leading) });
    const login = await begin('ann');
    const right = rightResponse(login);
    expect(right).toMatch(/^0/);
    const answer = (response: string): Promise<string> => outcome(host.answer({ login: login.id, response }));
    expect(await answer(String(Number(right)))).toBe('malformed-response');
    expect(await answer(right)).toBe('granted');
  });
});

test('reasons come in a fixed order: form, end, expiry, block', async () => {
  const { host, clock, begin, rightResponse, wrongResponse } = await setting();
  const ended = await begin('ann');
  const open = await begin('ann');
  const late = await begin('ann');
  const answer = (login: typeof open, response: string): Promise<string> =>
    outcome(host.answer({ login: login.id, response }));

  for (let i = 0; i < 3; i++) await answer(ended, wrongResponse(ended));
  for (let i = 0; i < 2; i++) await answer(open, wrongResponse(open));
  expect((await host.device('DSC-A')).state).toBe('blocked');

  expect(await answer(ended, '1')).toBe('malformed-response');
  expect(await answer(open, rightResponse(open))).toBe('device-blocked');
  clock.advance(120_000);
  expect(await answer(ended, rightResponse(ended))).toBe('login-ended');
  expect(await answer(late, rightResponse(late))).toBe('challenge-expired');
});
