// The client, against the service itself.
import { expect, test } from 'vitest';
import { createHostClient, HostClientError, type HostClient } from '../../../src/host/client.ts';
import { keyOf, logIn, passwordOf, respond, service, type Service } from './service.ts';

const clientOf = ({ app }: Service, baseUrl = 'http://host.test'): HostClient =>
  createHostClient({ baseUrl, fetch: async (request) => app.fetch(request) });

async function refusal(asked: Promise<unknown>): Promise<HostClientError> {
  const result = await asked.catch((error: unknown) => error);
  if (result instanceof HostClientError) return result;
  throw new Error('expected a refusal', { cause: result });
}

test('a refusal carries its code, its status and what it says more', async () => {
  const made = await service();
  const client = clientOf(made);
  const bad = await refusal(client.begin({ name: 'ann', password: 'wrong' }));
  expect(bad).toMatchObject({ code: 'bad-credentials', status: 401, attemptsLeft: undefined });
  const begun = await client.begin({ name: 'ann', password: passwordOf('ann') });
  if (begun.step !== 'challenge') throw new Error(begun.step);
  expect(await refusal(client.answer(begun.id, '00000000'))).toMatchObject({
    code: 'wrong-response',
    attemptsLeft: 2,
    message: 'response: is wrong; operate the card again, attempts left: 2',
  });
  expect(await refusal(client.session('forged').whoAmI())).toMatchObject({
    code: 'not-logged-in',
    status: 401,
  });
  for (let n = 0; n < 30; n++) await refusal(client.begin({ name: 'ann', password: 'wrong' }));
  const late = await refusal(client.begin({ name: 'ann', password: 'wrong' }));
  expect(late.code).toBe('too-many-tries');
  expect(late.retryAt).toBeGreaterThan(made.clock.now());
});

test.each([
  ['a page', new Response('<html>', { headers: { 'Content-Type': 'text/html' } })],
  ['another program’s error', Response.json({ error: 'x' }, { status: 500 })],
  ['a problem of no known shape', Response.json({ code: 7 }, { status: 400 })],
])('%s is no answer of a host', async (_, reply) => {
  const client = createHostClient({ baseUrl: 'http://other.test', fetch: async () => reply });
  expect(await refusal(client.session('a').whoAmI())).toMatchObject({
    code: 'no-answer',
    status: reply.status,
  });
});

test('a host that cannot be reached is no answer, and the error tells no secret', async () => {
  const client = createHostClient({ baseUrl: 'http://127.0.0.1:1' });
  const error = await refusal(client.begin({ name: 'ann', password: 'a planted password' }));
  expect(error).toMatchObject({ code: 'no-answer', status: undefined });
  expect(JSON.stringify([error, error.message])).not.toContain('planted');
});

test.each(['..', '.', ''])('the name "%s" leads nowhere else', async (name) => {
  const asked: string[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    asked.push(request.url);
    return Response.json({});
  };
  const { administration } = createHostClient({ baseUrl: 'http://host.test', fetch }).session('a');
  await expect(async () => administration.user(name)).rejects.toThrow(HostClientError);
  expect(asked).toEqual([]);
});

test('what is in a name stays in it', async () => {
  const asked: string[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    asked.push(request.url);
    return Response.json({});
  };
  const { administration } = createHostClient({ baseUrl: 'http://host.test/base/', fetch }).session('a');
  await administration.user('../devices?x=1#y');
  await administration.users({ after: 'a&limit=1' });
  expect(asked).toEqual([
    'http://host.test/base/v1/admin/users/..%2Fdevices%3Fx%3D1%23y',
    'http://host.test/base/v1/admin/users?after=a%26limit%3D1',
  ]);
});

test('every method of the client reaches a route that is there', async () => {
  const made = await service({ ann: [], root: ['DSC-R', 'DSC-S'] });
  const client = clientOf(made);
  const root = client.session(await rootToken(client));
  const { administration } = root;
  const key = (serial: string): string => Buffer.from(keyOf(serial)).toString('hex');

  expect(await root.whoAmI()).toMatchObject({ user: 'root', role: 'administrator', kind: 'full' });
  expect(await root.sessions()).toHaveLength(1);
  expect(await root.logOutElsewhere()).toBe(0);
  const newPassword = 'another password of root';
  await root.changePassword({ password: passwordOf('root'), newPassword });
  await root.changePassword({ password: newPassword, newPassword: passwordOf('root') });
  expect(await root.devices()).toMatchObject([{ serial: 'DSC-R' }, { serial: 'DSC-S' }]);

  await administration.addUser({ name: 'bob', password: 'pass', person: 'bob.ray' });
  await administration.addUser({ name: 'bob2', password: 'pass' });
  expect(await administration.changeUser('bob2', { person: 'bob.ray' })).toMatchObject({ person: 'bob.ray' });
  expect(await administration.user('bob')).toMatchObject({ role: 'user' });
  expect((await administration.users({ limit: 3 })).next).toBe('bob2');
  await administration.enrol({ user: 'bob', serial: 'DSC-B', key: key('DSC-B'), pin: '1234' });
  expect((await administration.share('DSC-B', 'bob2')).users).toEqual(['bob', 'bob2']);
  expect((await administration.unshare('DSC-B', 'bob2')).users).toEqual(['bob']);
  await administration.resetPin('DSC-B', { user: 'bob', pin: '1111' });
  expect((await administration.device('DSC-B')).state).toBe('active');
  const states = [];
  for (const move of ['block', 'unblock', 'loss', 'find', 'retirement'] as const) {
    states.push((await administration.move('DSC-B', move)).state);
  }
  expect(states).toEqual(['blocked', 'active', 'lost', 'active', 'retired']);
  expect((await administration.devices({ user: 'bob' })).devices).toHaveLength(1);
  const { entries, next } = await administration.audit({ serial: 'DSC-B', limit: 1 });
  expect(entries).toMatchObject([{ detail: 'retired' }]);
  expect((await administration.audit({ serial: 'DSC-B', before: next })).entries.length).toBeGreaterThan(3);

  const begun = await client.begin({ name: 'ann', password: passwordOf('ann') });
  if (begun.step !== 'activation') throw new Error(begun.step);
  const restricted = client.session(begun.session.token);
  const withdrawn = await restricted.requestDevice({ pin: '1234', pinAgain: '1234' });
  await restricted.withdrawRequest(withdrawn);
  const serial = await restricted.requestDevice({ pin: '1234', pinAgain: '1234' });
  await administration.mail(serial, key(serial));
  const activation = await restricted.activate(serial);
  const session = await client.answer(activation.id, respond(serial, activation.challenge));
  const ann = client.session(session.token);
  const change = await ann.changePin(serial, { pin: '5678', pinAgain: '5678' });
  await ann.confirm(change.id, respond(serial, change.challenge, '5678'));
  await ann.reportLost(serial);
  const found = await ann.reactivate(serial);
  await ann.confirm(found.id, respond(serial, found.challenge, '5678'));
  expect(await ann.devices()).toMatchObject([{ state: 'retired' }, { serial, state: 'active' }]);
  expect(await administration.logOutUser('bob')).toBe(0);
  await ann.logOut();
  expect((await refusal(ann.whoAmI())).code).toBe('not-logged-in');
});

/** By a choice of devices. */
async function rootToken(client: HostClient): Promise<string> {
  const begun = await client.begin({ name: 'root', password: passwordOf('root') });
  if (begun.step !== 'device') throw new Error(begun.step);
  const { id, challenge } = await client.choose(begun.id, 'DSC-R');
  return (await client.answer(id, respond('DSC-R', challenge))).token;
}

test('the client works at a path of its own', async () => {
  const made = await service();
  const token = await logIn(made, 'ann');
  const seen: string[] = [];
  const client = createHostClient({
    baseUrl: 'https://bank.test/login/',
    fetch: async (request) => {
      seen.push(new URL(request.url).pathname);
      return made.app.request('/v1/session', { headers: request.headers });
    },
  });
  expect((await client.session(token).whoAmI()).user).toBe('ann');
  expect(seen).toEqual(['/login/v1/session']);
});
