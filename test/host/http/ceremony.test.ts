// The ceremony through the API: first what must not work.
import { expect, test } from 'vitest';
import { answer, begin, logIn, passwordOf, PIN, respond, service, wrong } from './service.ts';

const TWO = { ann: ['DSC-A'], bob: ['DSC-B'] };

test('an answer is taken once', async () => {
  const made = await service();
  const login = await begin(made, 'ann');
  expect((await answer(made, login)).status).toBe(201);
  expect(await answer(made, login)).toMatchObject({ status: 410, body: { code: 'login-ended' } });
});

test('an answer is no answer to another login of the same user', async () => {
  const made = await service();
  const [one, other] = [await begin(made, 'ann'), await begin(made, 'ann')];
  const reply = await answer(made, other, respond(one.serial, one.challenge));
  expect(reply).toMatchObject({ status: 401, body: { code: 'wrong-response', attemptsLeft: 2 } });
});

test('a user’s answer is no answer to another user’s login', async () => {
  const made = await service(TWO);
  const [ann, bob] = [await begin(made, 'ann'), await begin(made, 'bob')];
  expect((await answer(made, bob, respond('DSC-A', bob.challenge))).body['code']).toBe('wrong-response');
  expect((await answer(made, ann, respond('DSC-A', ann.challenge))).body['user']).toBe('ann');
});

test('a device that is not the user’s cannot be chosen, nor one after a challenge was put', async () => {
  const made = await service({ ann: ['DSC-A', 'DSC-C'], bob: ['DSC-B'] });
  const { send } = made;
  const { id } = await begin(made, 'ann');
  const choose = (serial: string) => send('POST', `/v1/logins/${id}/device`, { body: { serial } });
  expect(await choose('DSC-B')).toMatchObject({ status: 404, body: { code: 'no-device' } });
  expect((await choose('DSC-C')).status).toBe(200);
  expect(await choose('DSC-A')).toMatchObject({ status: 409, body: { code: 'challenge-put' } });
});

test('an answer before a device is chosen is refused', async () => {
  const made = await service({ ann: ['DSC-A', 'DSC-C'] });
  const { id } = await begin(made, 'ann');
  const reply = await made.send('POST', `/v1/logins/${id}/answer`, { body: { response: '12345678' } });
  expect(reply).toMatchObject({ status: 409, body: { code: 'no-challenge' } });
});

test('of several devices the one chosen answers, and no other', async () => {
  const made = await service({ ann: ['DSC-A', 'DSC-C'] });
  const begun = await begin(made, 'ann');
  expect(begun).toMatchObject({ step: 'device', devices: ['DSC-A', 'DSC-C'] });
  const chosen = await made.send('POST', `/v1/logins/${begun.id}/device`, { body: { serial: 'DSC-C' } });
  const login = { ...begun, serial: 'DSC-C', challenge: String(chosen.body['challenge']) };
  expect((await answer(made, login, respond('DSC-A', login.challenge))).body['code']).toBe('wrong-response');
  expect((await answer(made, login)).status).toBe(201);
});

test('an answer after its time is refused', async () => {
  const made = await service();
  const login = await begin(made, 'ann');
  made.clock.advance(120_000);
  expect(await answer(made, login)).toMatchObject({ status: 410, body: { code: 'challenge-expired' } });
});

test('a wrong PIN is a wrong answer, three end the login, and the card is told of nothing', async () => {
  const made = await service();
  const login = await begin(made, 'ann');
  const codes = [];
  for (const _ of [1, 2, 3, 4]) {
    const { body } = await answer(made, login, respond('DSC-A', login.challenge, '9999'));
    codes.push([body['code'], body['attemptsLeft']]);
  }
  expect(codes).toEqual([
    ['wrong-response', 2],
    ['wrong-response', 1],
    ['wrong-response', 0],
    ['login-ended', undefined],
  ]);
});

test('five wrong answers block the device until an administrator unblocks it', async () => {
  const made = await service();
  for (const tries of [3, 2]) {
    const login = await begin(made, 'ann');
    for (let n = 0; n < tries; n++) await answer(made, login, wrong(login));
  }
  const { send } = made;
  const blocked = await send('POST', '/v1/logins', { body: { name: 'ann', password: passwordOf('ann') } });
  expect(blocked).toMatchObject({ status: 403, body: { code: 'device-blocked' } });
  const token = await logIn(made, 'root');
  expect((await send('POST', '/v1/admin/devices/DSC-A/unblock', { token })).body['state']).toBe('active');
  expect((await answer(made, await begin(made, 'ann'))).status).toBe(201);
});

test.each([
  ['a name that nobody has', 'zoe', passwordOf('zoe')],
  ['a wrong password', 'ann', 'wrong'],
  ['a disabled user', 'dan', passwordOf('dan')],
])('%s gets the same words', async (_, name, password) => {
  const made = await service({ ann: ['DSC-A'], dan: ['DSC-D'] });
  await made.host.updateUser('dan', { disabled: true });
  const { status, body } = await made.send('POST', '/v1/logins', { body: { name, password } });
  expect({ status, body }).toEqual({
    status: 401,
    body: {
      type: '/v1/docs#bad-credentials',
      title: 'bad credentials',
      status: 401,
      detail: 'login: the name or the password is wrong; enter both again',
      code: 'bad-credentials',
    },
  });
});

test('one who tries passwords is told when to come back', async () => {
  const made = await service();
  const body = { name: 'ann', password: 'wrong' };
  for (let n = 0; n < 30; n++) await made.send('POST', '/v1/logins', { body });
  const { status, headers, body: problem } = await made.send('POST', '/v1/logins', { body });
  expect(status).toBe(429);
  expect(problem['code']).toBe('too-many-tries');
  const wait = Date.parse(String(problem['retryAt'])) - made.clock.now();
  expect(wait).toBeGreaterThan(0);
  expect(Number(headers.get('retry-after'))).toBe(Math.ceil(wait / 1000));
});

test('strangers do not slow down a browser that the user has logged in with', async () => {
  const made = await service();
  const { body: session } = await answer(made, await begin(made, 'ann'));
  for (let n = 0; n < 30; n++) {
    await made.send('POST', '/v1/logins', { body: { name: 'ann', password: 'wrong' } });
  }
  const credentials = { name: 'ann', password: passwordOf('ann') };
  expect((await made.send('POST', '/v1/logins', { body: credentials })).status).toBe(429);
  const body = { ...credentials, knownBrowser: session['knownBrowser'] };
  expect((await made.send('POST', '/v1/logins', { body })).status).toBe(201);
});

test.each(['', '1234567', '123456789', '1234 5678', '１２３４５６７８', '-1234567', '0x123456'])(
  'the response "%s" is malformed, and no wrong answer',
  async (response) => {
    const made = await service();
    const login = await begin(made, 'ann');
    const reply = await answer(made, login, response);
    expect(reply).toMatchObject({ status: 422, body: { code: 'malformed-response' } });
    expect((await answer(made, login, wrong(login))).body['attemptsLeft']).toBe(2);
  },
);

test('a login that nobody began is unknown, and so is one for something else', async () => {
  const made = await service();
  const { send } = made;
  const token = await logIn(made, 'ann');
  const nobody = 'A'.repeat(30);
  const body = { response: '12345678' };
  expect((await send('POST', `/v1/logins/${nobody}/answer`, { body })).body['code']).toBe('unknown-login');
  const change = await send('POST', '/v1/devices/DSC-A/pin-change', {
    token,
    body: { pin: '4321', pinAgain: '4321' },
  });
  const { id, challenge } = change.body as { id: string; challenge: string };
  const asLogin = await send('POST', `/v1/logins/${id}/answer`, {
    body: { response: respond('DSC-A', challenge, '4321') },
  });
  expect(asLogin).toMatchObject({ status: 404, body: { code: 'unknown-login' } });
});

test('a PIN changes when the card answers with the new one, and only for who asked', async () => {
  const made = await service(TWO);
  const { send } = made;
  const [ann, bob] = [await logIn(made, 'ann'), await logIn(made, 'bob')];
  const body = { pin: '4321', pinAgain: '4321' };
  const { id, challenge } = (await send('POST', '/v1/devices/DSC-A/pin-change', { token: ann, body }))
    .body as { id: string; challenge: string };
  const confirm = (token: string, pin: string) =>
    send('POST', `/v1/confirmations/${id}`, { token, body: { response: respond('DSC-A', challenge, pin) } });
  expect((await confirm(bob, '4321')).body['code']).toBe('unknown-login');
  expect((await confirm(ann, PIN)).body['code']).toBe('wrong-response');
  expect((await confirm(ann, '4321')).status).toBe(204);
  expect((await confirm(ann, '4321')).body['code']).toBe('login-ended');
  const login = await begin(made, 'ann');
  expect((await answer(made, login)).body['code']).toBe('wrong-response');
  expect((await answer(made, login, respond('DSC-A', login.challenge, '4321'))).status).toBe(201);
});

test('of many right answers at once one is taken', async () => {
  const made = await service();
  const login = await begin(made, 'ann');
  const replies = await Promise.all(Array.from({ length: 50 }, () => answer(made, login)));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
});

test('of many wrong answers at once no more are checked than the login takes', async () => {
  const made = await service();
  const login = await begin(made, 'ann');
  const replies = await Promise.all(Array.from({ length: 50 }, () => answer(made, login, wrong(login))));
  expect(replies.filter(({ body }) => body['code'] === 'wrong-response')).toHaveLength(3);
});

test('a login gives a token of its own, whatever token came with it', async () => {
  const made = await service();
  const [planted, login] = [await logIn(made, 'root'), await begin(made, 'ann')];
  const body = { response: respond('DSC-A', login.challenge) };
  const session = await made.send('POST', `/v1/logins/${login.id}/answer`, { token: planted, body });
  expect(session.body['token']).not.toBe(planted);
  expect((await made.send('GET', '/v1/session', { token: planted })).body['user']).toBe('root');
  expect(
    (await made.send('GET', '/v1/session', { token: String(session.body['token']) })).body,
  ).toMatchObject({
    user: 'ann',
    role: 'user',
  });
});
