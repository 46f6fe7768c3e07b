// A user's own change of password, through the API.
import { expect, test } from 'vitest';
import type { GuessableCheck } from '../../../src/host/index.ts';
import { answer, begin, logIn, passwordOf, service } from './service.ts';

const change = { password: passwordOf('ann'), newPassword: 'a new password' };
const policy = { leastPassword: 12 };
const guessable: GuessableCheck = async (password, user) =>
  password === 'known to all'
    ? 'common-password'
    : password === `${user} ${user} ${user} ${user}`
      ? 'contextual-password'
      : undefined;

test.each<[number, string, object]>([
  [403, 'wrong-password', { ...change, password: 'wrong' }],
  [403, 'wrong-password', { ...change, password: passwordOf('root') }],
  [422, 'bad-password', { ...change, newPassword: 'elevenchars' }],
  [422, 'common-password', { ...change, newPassword: 'known to all' }],
  [422, 'contextual-password', { ...change, newPassword: 'ann ann ann ann' }],
  [400, 'malformed-body', { newPassword: change.newPassword }],
  [400, 'malformed-body', { ...change, password: '' }],
  [400, 'malformed-body', { ...change, user: 'root' }],
])('is refused by %d %s: %o, and the password stays', async (status, code, body) => {
  const made = await service(undefined, { policy, guessable });
  const [token, elsewhere] = [await logIn(made, 'ann'), await logIn(made, 'ann')];
  const refused = await made.send('PUT', '/v1/password', { token, body });
  expect([refused.status, refused.body['code']]).toEqual([status, code]);
  expect(JSON.stringify(refused.body)).not.toContain('password of');
  for (const each of [token, elsewhere, await logIn(made, 'ann')]) {
    expect((await made.send('GET', '/v1/session', { token: each })).status).toBe(200);
  }
});

test('guesses at the old password are slowed down, in a session too', async () => {
  const made = await service();
  const token = await logIn(made, 'ann');
  const guess = { token, body: { ...change, password: 'guess' } };
  for (let i = 0; i < 10; i++) expect((await made.send('PUT', '/v1/password', guess)).status).toBe(403);
  const slowed = await made.send('PUT', '/v1/password', { token, body: change });
  expect([slowed.status, slowed.body['code']]).toEqual([429, 'too-many-tries']);
  expect(slowed.headers.get('retry-after')).toBe('1');
  made.clock.advance(1000);
  expect((await made.send('PUT', '/v1/password', { token, body: change })).status).toBe(204);
});

test('ends other sessions and logins begun before, and this session goes on', async () => {
  const made = await service();
  const { send } = made;
  const [here, there, root] = [await logIn(made, 'ann'), await logIn(made, 'ann'), await logIn(made, 'root')];
  const begun = await begin(made, 'ann');
  expect((await send('PUT', '/v1/password', { token: here, body: change })).status).toBe(204);
  const statuses = [];
  for (const token of [here, there, root])
    statuses.push((await send('GET', '/v1/session', { token })).status);
  expect(statuses).toEqual([200, 401, 200]);
  expect((await answer(made, begun)).body['code']).toBe('unknown-login');
  const enter = (password: string) => send('POST', '/v1/logins', { body: { name: 'ann', password } });
  expect((await enter(change.password)).body['code']).toBe('bad-credentials');
  expect((await enter(change.newPassword)).status).toBe(201);
  expect(made.log.join('')).not.toContain(change.newPassword);
});
