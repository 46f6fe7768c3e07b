// The ceremony when all is well, and whose card it is held with.
import { expect, test } from 'vitest';
import { outcome, passwordOf, refusal, setting } from './setting.ts';

test('a name, a password and the card make a session', async () => {
  const { host, clock, begin, rightResponse } = await setting();
  const login = await begin('ann');
  expect(login).toEqual({
    id: expect.stringMatching(/^[A-Za-z0-9_-]{30}$/),
    challenge: expect.stringMatching(/^[0-9]{6}$/),
    serial: 'DSC-A',
    expiresAt: clock.now() + 120_000,
    attemptsLeft: 3,
  });
  const session = await host.answer({ login: login.id, response: rightResponse(login) });
  expect(session).toMatchObject({ user: 'ann', expiresAt: clock.now() + 12 * 3_600_000 });
  expect(await host.session(session.token)).toMatchObject({
    user: 'ann',
    kind: 'full',
    expiresAt: session.expiresAt,
  });
});

test('a wrong answer leaves the right one to be given', async () => {
  const { host, begin, rightResponse, wrongResponse } = await setting();
  const login = await begin('ann');
  await refusal(host.answer({ login: login.id, response: wrongResponse(login) }));
  await refusal(host.answer({ login: login.id, response: wrongResponse(login) }));
  expect((await host.device('DSC-A')).wrongInARow).toBe(2);
  expect((await host.answer({ login: login.id, response: rightResponse(login) })).user).toBe('ann');
  expect((await host.device('DSC-A')).wrongInARow).toBe(0);
});

test('without being told which, a login takes the first card that is not blocked', async () => {
  const { host, begin, wrongResponse } = await setting({ ann: ['DSC-A', 'DSC-B'] });
  const serials: string[] = [];
  for (let i = 0; i < 5; i++) {
    const login = await begin('ann');
    serials.push(login.serial);
    await refusal(host.answer({ login: login.id, response: wrongResponse(login) }));
  }
  expect(serials).toEqual(Array(5).fill('DSC-A'));
  expect((await begin('ann')).serial).toBe('DSC-B');
});

test('a login takes the card it is told, if it is the user’s own and not blocked', async () => {
  const { host, begin, wrongResponse } = await setting({ ann: ['DSC-A', 'DSC-B'], bob: ['DSC-C'] });
  expect((await begin('ann', 'DSC-B')).serial).toBe('DSC-B');
  expect(await outcome(begin('ann', 'DSC-C'))).toBe('no-device');
  expect(await outcome(begin('ann', ''))).toBe('no-device');
  for (let i = 0; i < 5; i++) {
    const login = await begin('ann', 'DSC-B');
    await refusal(host.answer({ login: login.id, response: wrongResponse(login) }));
  }
  expect(await outcome(begin('ann', 'DSC-B'))).toBe('device-blocked');
});

test('a user without a card cannot log in', async () => {
  const { begin } = await setting({ ann: [] });
  expect(await outcome(begin('ann'))).toBe('no-device');
});

test('that a card is missing or blocked is told only to who knows the password', async () => {
  const { host } = await setting({ ann: [] });
  expect(await outcome(host.begin({ name: 'ann', password: passwordOf('bob') }))).toBe('bad-credentials');
});

test('a suite with longer challenges and responses works as well', async () => {
  const { host, clock } = await setting({ ann: [] });
  const key = new Uint8Array(32).fill(7);
  await host.enrol({
    user: 'ann',
    serial: 'L-1',
    suite: 'OCRA-1:HOTP-SHA256-10:QN14-PSHA256',
    key,
    pin: '0000',
  });
  const login = await host.begin({ name: 'ann', password: passwordOf('ann') });
  expect(login.challenge).toMatch(/^[0-9]{14}$/);
  expect(login.expiresAt).toBe(clock.now() + 120_000);
  expect(await outcome(host.answer({ login: login.id, response: '12345678' }))).toBe('malformed-response');
  expect(await outcome(host.answer({ login: login.id, response: '1234567890' }))).toBe('wrong-response');
});
