// Who may do what: tokens, restricted sessions, administrators.
import { expect, test } from 'vitest';
import { answer, begin, keyOf, logIn, passwordOf, respond, service, type Service } from './service.ts';

const hex = (serial: string): string => Buffer.from(keyOf(serial)).toString('hex');

/** Every route behind a gate: method, path and who may. */
async function gatedRoutes({ send }: Service): Promise<[string, string][]> {
  const { body } = await send('GET', '/v1/openapi.json');
  const paths = Object.entries(body['paths'] as Record<string, Record<string, { security?: unknown }>>);
  return paths.flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security }]): [string, string][] =>
      security === undefined ? [] : [[method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x')]],
    ),
  );
}

test('without a session, and with a forged one, nothing behind the gate is even looked at', async () => {
  const made = await service();
  const real = await logIn(made, 'root');
  const forged = [
    undefined,
    '',
    'x',
    'A'.repeat(51),
    real.slice(0, -1),
    `${real}A`,
    `${real} `.trim().split('').toReversed().join(''),
  ];
  const routes = await gatedRoutes(made);
  expect(routes.length).toBeGreaterThan(25);
  for (const [method, path] of routes) {
    for (const token of forged) {
      const { status, headers, body } = await made.send(method, path, {
        token,
        body: method === 'GET' ? undefined : {},
      });
      expect([path, status, body['code']]).toEqual([path, 401, 'not-logged-in']);
      expect(headers.get('www-authenticate')).toBe('Bearer');
    }
  }
  expect((await made.send('GET', '/v1/session', { token: real })).status).toBe(200);
});

test.each(['Basic', 'bearer:', 'Token', ''])('a token is none after "%s"', async (scheme) => {
  const made = await service();
  const token = await logIn(made, 'ann');
  const ask = (authorization: string) =>
    made.app.request('/v1/session', { headers: { Authorization: authorization } });
  expect((await ask(`${scheme} ${token}`.trim())).status).toBe(401);
  expect((await ask(`bearer ${token}`)).status).toBe(200);
});

test('a token in a cookie or in the address is no session', async () => {
  const made = await service();
  const token = await logIn(made, 'ann');
  const headers = { Cookie: `dsc-session=${token}; __Host-dsc-session=${token}` };
  expect((await made.app.request('/v1/session', { headers })).status).toBe(401);
  expect((await made.app.request(`/v1/session?access_token=${token}`)).status).toBe(401);
});

test('a user is no administrator', async () => {
  const made = await service();
  const token = await logIn(made, 'ann');
  const administration = (await gatedRoutes(made)).filter(([, path]) => path.startsWith('/v1/admin/'));
  expect(administration.length).toBeGreaterThan(15);
  for (const [method, path] of administration) {
    const { status, body } = await made.send(method, path, {
      token,
      body: method === 'GET' ? undefined : {},
    });
    expect([path, status, body['code']]).toEqual([path, 403, 'not-an-administrator']);
  }
});

test('a restricted session can see, request, withdraw and activate devices and log out, and nothing else', async () => {
  const made = await service({ root: [] });
  await made.host.updateUser('root', { role: 'administrator' });
  const { send } = made;
  const begun = await send('POST', '/v1/logins', { body: { name: 'root', password: passwordOf('root') } });
  expect(begun.body['step']).toBe('activation');
  const { token } = begun.body['session'] as { token: string };
  const allowed = [];
  for (const [method, path] of await gatedRoutes(made)) {
    if (method === 'DELETE' && path === '/v1/session') continue;
    const { body } = await send(method, path, { token, body: method === 'GET' ? undefined : {} });
    if (body['code'] !== 'restricted-session') allowed.push(`${method} ${path}`);
  }
  expect(allowed.toSorted()).toEqual([
    'GET /v1/devices',
    'GET /v1/session',
    'POST /v1/devices',
    'POST /v1/devices/x/activation',
    'POST /v1/devices/x/withdrawal',
  ]);
  expect((await send('DELETE', '/v1/session', { token })).status).toBe(204);
});

test('a card is requested, mailed, activated, and the restricted session is none any more', async () => {
  const made = await service({ ann: [], root: ['DSC-R'] });
  const { send } = made;
  const begun = await send('POST', '/v1/logins', { body: { name: 'ann', password: passwordOf('ann') } });
  const { token } = begun.body['session'] as { token: string };
  const asked = await send('POST', '/v1/devices', { token, body: { pin: '1234', pinAgain: '1234' } });
  expect(asked.status).toBe(201);
  const serial = String(asked.body['serial']);
  const early = await send('POST', `/v1/devices/${serial}/activation`, { token });
  expect(early.body['code']).toBe('no-device');

  const root = await logIn(made, 'root');
  const mailed = await send('POST', `/v1/admin/devices/${serial}/mail`, {
    token: root,
    body: { key: hex(serial) },
  });
  expect(mailed).toMatchObject({ status: 200, body: { state: 'mailed', users: ['ann'] } });

  const challenge = await send('POST', `/v1/devices/${serial}/activation`, { token });
  expect(challenge.status).toBe(201);
  const login = { id: String(challenge.body['id']), challenge: String(challenge.body['challenge']), serial };
  expect((await answer(made, login)).body['kind']).toBe('full');
  expect((await send('GET', '/v1/session', { token })).status).toBe(401);
  expect((await answer(made, await begin(made, 'ann'))).status).toBe(201);
});

test('sessions are seen, ended elsewhere, and end for good', async () => {
  const made = await service();
  const { send, clock } = made;
  const one = await logIn(made, 'ann');
  clock.advance(1000);
  const other = await logIn(made, 'ann');
  const { body } = await send('GET', '/v1/sessions', { token: other });
  expect(body['sessions']).toMatchObject([
    { current: true, serial: 'DSC-A' },
    { current: false, serial: 'DSC-A' },
  ]);
  expect(JSON.stringify(body)).not.toContain(one);
  expect((await send('DELETE', '/v1/sessions', { token: other })).body).toEqual({ ended: 1 });
  expect((await send('GET', '/v1/session', { token: one })).status).toBe(401);
  expect((await send('DELETE', '/v1/session', { token: other })).status).toBe(204);
  expect((await send('DELETE', '/v1/session', { token: other })).status).toBe(401);
});

test('a session left alone for half an hour is none', async () => {
  const made = await service();
  const token = await logIn(made, 'ann');
  made.clock.advance(30 * 60_000);
  expect((await made.send('GET', '/v1/session', { token })).status).toBe(401);
  expect(
    (await made.send('GET', '/v1/sessions', { token: await logIn(made, 'ann') })).body['sessions'],
  ).toHaveLength(1);
});

test('a user who is disabled is out at once', async () => {
  const made = await service();
  const [ann, root] = [await logIn(made, 'ann'), await logIn(made, 'root')];
  const { send } = made;
  const changed = await send('PATCH', '/v1/admin/users/ann', { token: root, body: { disabled: true } });
  expect(changed.body).toMatchObject({ name: 'ann', disabled: true });
  expect((await send('GET', '/v1/session', { token: ann })).status).toBe(401);
});

test('a user who is logged out by an administrator is out everywhere, and may come in again', async () => {
  const made = await service();
  const { send } = made;
  const root = await logIn(made, 'root');
  const sessions = [await logIn(made, 'ann'), await logIn(made, 'ann')];
  const begun = await begin(made, 'ann');
  const nobody = await send('DELETE', '/v1/admin/users/nobody/sessions', { token: root });
  expect([nobody.status, nobody.body['code']]).toEqual([404, 'unknown-user']);
  const ended = await send('DELETE', '/v1/admin/users/ann/sessions', { token: root });
  expect(ended).toMatchObject({ status: 200, body: { ended: 2 } });
  for (const token of sessions) expect((await send('GET', '/v1/session', { token })).status).toBe(401);
  expect((await answer(made, begun)).body['code']).toBe('unknown-login');
  expect((await send('GET', '/v1/session', { token: root })).status).toBe(200);
  expect((await send('GET', '/v1/session', { token: await logIn(made, 'ann') })).status).toBe(200);
  const { body } = await send('GET', '/v1/admin/audit?user=ann&limit=100', { token: root });
  expect(body['entries']).toContainEqual(
    expect.objectContaining({ event: 'session-ended', actor: 'administrator:root', detail: 'all: 2' }),
  );
});

test('devices of others are nobody else’s', async () => {
  const made = await service();
  const token = await logIn(made, 'ann');
  for (const move of ['withdrawal', 'loss', 'reactivation', 'activation']) {
    const { status, body } = await made.send('POST', `/v1/devices/DSC-R/${move}`, { token });
    expect([move, status, body['code']]).toEqual([move, 404, 'no-device']);
  }
});

test('an administrator keeps users and devices, and the trail says who did it', async () => {
  const made = await service();
  const { send } = made;
  const token = await logIn(made, 'root');
  const added = await send('POST', '/v1/admin/users', {
    token,
    body: { name: 'bob', password: 'some password', person: 'bob.ray', balance: 5 },
  });
  expect(added).toMatchObject({ status: 201, body: { name: 'bob', role: 'user', balance: 5 } });
  const card = { user: 'bob', serial: 'DSC-B', key: hex('DSC-B'), pin: '1234' };
  expect((await send('POST', '/v1/admin/devices', { token, body: card })).status).toBe(201);
  expect((await send('POST', '/v1/admin/devices', { token, body: card })).body['code']).toBe('serial-taken');
  await send('POST', '/v1/admin/users', {
    token,
    body: { name: 'bob2', password: 'other', person: 'bob.ray' },
  });
  const shared = await send('PUT', '/v1/admin/devices/DSC-B/users/bob2', { token });
  expect(shared.body['users']).toEqual(['bob', 'bob2']);
  expect((await send('PUT', '/v1/admin/devices/DSC-B/users/ann', { token })).body['code']).toBe(
    'not-shareable',
  );
  expect((await send('DELETE', '/v1/admin/devices/DSC-B/users/bob2', { token })).body['users']).toEqual([
    'bob',
  ]);
  expect((await send('POST', '/v1/admin/devices/DSC-B/block', { token })).body['state']).toBe('blocked');
  const pin = { user: 'bob', pin: '9876' };
  expect((await send('POST', '/v1/admin/devices/DSC-B/pin', { token, body: pin })).status).toBe(204);
  expect((await send('POST', '/v1/admin/devices/DSC-B/retirement', { token })).body['state']).toBe('retired');
  expect((await send('POST', '/v1/admin/devices/DSC-B/find', { token })).body['code']).toBe('illegal-move');

  const first = await send('GET', '/v1/admin/audit?serial=DSC-B&limit=2', { token });
  expect(first.body['entries']).toMatchObject([
    { event: 'device-moved', actor: 'administrator:root', detail: 'retired' },
    { event: 'pin-reset', actor: 'administrator:root', user: 'bob' },
  ]);
  const rest = await send('GET', `/v1/admin/audit?serial=DSC-B&before=${String(first.body['next'])}`, {
    token,
  });
  expect((rest.body['entries'] as { event: string }[]).map(({ event }) => event)).toEqual([
    'device-moved',
    'device-unshared',
    'device-shared',
    'device-enrolled',
  ]);
  expect(rest.body['next']).toBeUndefined();
});

test('lists come in parts', async () => {
  const made = await service({ ann: ['DSC-A'], bob: ['DSC-B'], root: ['DSC-R'] });
  const { send } = made;
  const token = await logIn(made, 'root');
  const one = await send('GET', '/v1/admin/users?limit=2', { token });
  expect(one.body).toMatchObject({ users: [{ name: 'ann' }, { name: 'bob' }], next: 'bob' });
  const two = await send('GET', '/v1/admin/users?limit=2&after=bob', { token });
  expect(two.body).toMatchObject({ users: [{ name: 'root' }] });
  expect(two.body['next']).toBeUndefined();
  const devices = await send('GET', '/v1/admin/devices?limit=1', { token });
  expect(devices.body).toMatchObject({ devices: [{ serial: 'DSC-A', users: ['ann'] }], next: 'DSC-A' });
  const own = await send('GET', '/v1/admin/devices?user=bob', { token });
  expect(own.body).toMatchObject({ devices: [{ serial: 'DSC-B' }] });
  for (const query of [
    'limit=0',
    'limit=101',
    'limit=x',
    'after=a&after=b',
    'what=1',
    `after=${'a'.repeat(65)}`,
  ]) {
    expect((await send('GET', `/v1/admin/users?${query}`, { token })).body['code']).toBe('malformed-body');
  }
  for (const query of ['before=1', 'before=1.zz.1', 'before=-1.ab.1', `before=${'1'.repeat(99)}.ab.1`]) {
    expect((await send('GET', `/v1/admin/audit?${query}`, { token })).body['code']).toBe('malformed-body');
  }
});

test('a lost device is found by an answer of its own', async () => {
  const made = await service({ ann: ['DSC-A', 'DSC-C'] });
  const { send } = made;
  const begun = await begin(made, 'ann');
  const chosen = await send('POST', `/v1/logins/${begun.id}/device`, { body: { serial: 'DSC-A' } });
  const session = await answer(made, {
    id: begun.id,
    serial: 'DSC-A',
    challenge: String(chosen.body['challenge']),
  });
  const token = String(session.body['token']);
  expect((await send('POST', '/v1/devices/DSC-C/loss', { token })).status).toBe(204);
  expect((await send('GET', '/v1/devices', { token })).body['devices']).toMatchObject([
    { serial: 'DSC-A', state: 'active', shared: false },
    { serial: 'DSC-C', state: 'lost' },
  ]);
  const { id, challenge } = (await send('POST', '/v1/devices/DSC-C/reactivation', { token })).body as {
    id: string;
    challenge: string;
  };
  const body = { response: respond('DSC-C', challenge) };
  expect((await send('POST', `/v1/confirmations/${id}`, { token, body })).status).toBe(204);
  expect((await send('GET', '/v1/devices', { token })).body['devices']).toMatchObject([
    {},
    { state: 'active' },
  ]);
});
