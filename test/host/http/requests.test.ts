// Requests that are not what they should be: every one is refused with a code, and none reaches the host.
import { expect, test } from 'vitest';
import { from, logIn, passwordOf, service } from './service.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const CREDENTIALS = JSON.stringify({ name: 'ann', password: passwordOf('ann') });

/** Posts bytes as they are. */
async function post(
  body: string | Buffer<ArrayBuffer> | ReadableStream,
  headers: Record<string, string> = JSON_TYPE,
  path = '/v1/logins',
) {
  const { app, clock } = await service();
  const before = clock.now();
  const init = { method: 'POST', headers, body, duplex: 'half' } as const;
  const reply = await app.request(path, init, from('192.0.2.7'));
  const problem = (await reply.json()) as { code: string; detail: string };
  // A host that was asked takes its reply time.
  return { status: reply.status, code: problem.code, detail: problem.detail, reached: clock.now() > before };
}

const MALFORMED = { status: 400, code: 'malformed-body', reached: false };

test('what should be granted is granted', async () => {
  expect(await post(CREDENTIALS)).toMatchObject({ status: 201, reached: true });
  expect(await post(CREDENTIALS, { 'Content-Type': 'application/json; charset=utf-8' })).toMatchObject({
    status: 201,
  });
});

test.each([
  ['nothing', ''],
  ['no JSON', '{"name":'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a text', '"ann"'],
  ['a number', '1e999'],
  ['a field too many', '{"name":"ann","password":"x","admin":true}'],
  ['a prototype', '{"name":"ann","password":"x","__proto__":{"admin":true}}'],
  ['a constructor', '{"name":"ann","password":"x","constructor":{"prototype":{"admin":true}}}'],
  ['a field too few', '{"name":"ann"}'],
  ['another type', '{"name":["ann"],"password":"x"}'],
  ['an object for a text', '{"name":"ann","password":{"$ne":null}}'],
  ['an empty name', '{"name":"","password":"x"}'],
  ['a name too long', JSON.stringify({ name: 'a'.repeat(65), password: 'x' })],
  ['a password too long', JSON.stringify({ name: 'ann', password: 'x'.repeat(1025) })],
  ['lists in lists', '['.repeat(8000) + ']'.repeat(8000)],
  ['objects in objects', '{"name":'.repeat(1800) + '1' + '}'.repeat(1800)],
  ['nothing but brackets', '['.repeat(16_000)],
])('%s is no body', async (_, body) => {
  expect(await post(body)).toMatchObject(MALFORMED);
});

test('a refusal says where the body is wrong, and not what was in it', async () => {
  const { detail } = await post('{"name":7,"password":"","my secret field":"my secret"}');
  expect(detail).toContain('name, password, a field that is not known');
  expect(detail).not.toContain('secret');
});

test.each([
  ['a lone continuation', [0x80]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['a cut sequence', [0xe2, 0x82]],
  ['more than Unicode has', [0xf5, 0x80, 0x80, 0x80]],
])('%s is no UTF-8', async (_, bytes) => {
  const body = Buffer.concat([
    Buffer.from('{"name":"ann","password":"'),
    Buffer.from(bytes),
    Buffer.from('"}'),
  ]);
  expect(await post(body)).toMatchObject(MALFORMED);
});

test('UTF-16 is no UTF-8', async () => {
  const body = Buffer.from(CREDENTIALS, 'utf16le');
  expect(await post(body, { 'Content-Type': 'application/json; charset=utf-16le' })).toMatchObject(MALFORMED);
});

test('a lone surrogate, escaped, is no password', async () => {
  expect(await post('{"name":"ann","password":"\\ud800"}')).toMatchObject({
    status: 401,
    code: 'bad-credentials',
  });
});

const LARGE = { status: 413, code: 'body-too-large', reached: false };

test('a body over 16 KiB is refused, whether it tells its length or not', async () => {
  const large = CREDENTIALS.padEnd(16 * 1024 + 1);
  expect(await post(large, { ...JSON_TYPE, 'Content-Length': String(large.length) })).toMatchObject(LARGE);
  expect(await post(large)).toMatchObject(LARGE);
  expect(await post(new Blob([large]).stream())).toMatchObject(LARGE);
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(Buffer.alloc(1024, ' ')) });
  expect(await post(endless)).toMatchObject(LARGE);
  expect(await post(CREDENTIALS.padEnd(16 * 1024))).toMatchObject({ status: 201 });
});

test('a body that breaks off is the fault of who sent it, whether it told its length or not', async () => {
  const broken = () => new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) });
  expect(await post(broken())).toMatchObject(MALFORMED);
  expect(await post(broken(), { ...JSON_TYPE, 'Content-Length': '20' })).toMatchObject(MALFORMED);
});

test.each(['-1', 'x', 'Infinity', '1e9', '', '0'])(
  'the length "%s" is no way around the limit',
  async (length) => {
    const large = CREDENTIALS.padEnd(16 * 1024 + 1);
    const { status } = await post(large, { ...JSON_TYPE, 'Content-Length': length });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  },
);

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'text/json',
  'application/jsonp',
  'application/json-patch',
  'application/json, text/plain',
])('%s is no JSON', async (type) => {
  const reply = await post(CREDENTIALS, { 'Content-Type': type });
  expect(reply).toMatchObject({ status: 415, code: 'unsupported-media-type', reached: false });
});

test('a body of no type is none', async () => {
  expect(await post(Buffer.from(CREDENTIALS), {})).toMatchObject({ status: 415, reached: false });
});

test.each([
  '/v1/admin/../session',
  '/v1/%2e%2e/v1/session',
  '//v1/session',
  '/v1//session',
  '/v1/session/',
  '/V1/session',
  '/v1/session%00',
  '/v1/session;a=b',
  '/v1/%73ession',
  '/v1/session/..%2f..%2fadmin/users',
  '/v1/admin%2fusers',
  '/v1/admin/users/..%2froot',
  '/v1/admin/users/%',
  '/v1/admin/users/%ff%fe',
  '/v1/openapi.json/../../../../etc/passwd',
  '/.env',
])('the path %s opens nothing without a session, and never fails', async (path) => {
  const { app } = await service();
  const { status } = await app.request(path);
  expect([401, 404]).toContain(status);
});

test.each([
  ['a path', '..%2f..%2fusers', 404],
  ['no UTF-8', '%ff%fe', 404],
  ['half an escape', '%', 404],
  ['NUL', '%00', 404],
  ['the prototype', '__proto__', 404],
  ['what SQL would take', `'%20OR%201=1--`, 404],
  ['lines', 'a%0d%0aX-Injected:%201', 404],
  ['far too much', 'a'.repeat(5000), 404],
])('%s in the place of a name is nobody', async (_, name, expected) => {
  const made = await service();
  const token = await logIn(made, 'root');
  for (const path of [`/v1/admin/users/${name}`, `/v1/admin/devices/${name}`]) {
    const { status, headers, body } = await made.send('GET', path, { token });
    expect([path, status]).toEqual([path, expected]);
    expect(['unknown-user', 'unknown-device', 'unknown-route']).toContain(body['code']);
    expect(headers.has('x-injected')).toBe(false);
  }
});

test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY'])(
  '%s begins no login',
  async (method) => {
    const { app } = await service();
    const reply = await app.request('/v1/logins', { method, headers: JSON_TYPE, body: CREDENTIALS });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('POST');
    expect(await reply.json()).toMatchObject({ code: 'method-not-allowed' });
  },
);

test('no header and no field makes another method of it', async () => {
  const made = await service();
  const token = await logIn(made, 'ann');
  const headers = {
    Authorization: `Bearer ${token}`,
    'X-HTTP-Method-Override': 'DELETE',
    'X-HTTP-Method': 'DELETE',
  };
  await made.app.request('/v1/session?_method=DELETE', { headers });
  expect((await made.send('GET', '/v1/session', { token })).status).toBe(200);
  expect((await made.send('HEAD', '/v1/session', { token })).status).toBe(200);
  expect((await made.send('HEAD', '/v1/session')).status).toBe(401);
});

test('what is written into a request comes back in no header', async () => {
  const { send } = await service();
  const { headers } = await send('GET', '/v1/nothing%0d%0aSet-Cookie:%20a=b?x=%0d%0aX-Y:%201');
  expect(headers.has('set-cookie')).toBe(false);
  expect(headers.has('x-y')).toBe(false);
});

test('no other site may read a reply', async () => {
  const { app } = await service();
  const reply = await app.request('/healthz', { headers: { Origin: 'https://evil.example' } });
  expect(reply.headers.has('access-control-allow-origin')).toBe(false);
  expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin');
});

test.each(['users?after', 'devices?after', 'devices?user', 'audit?user', 'audit?serial'])(
  'U+0000 in %s is refused, and no database has to',
  async (path) => {
    const made = await service();
    const token = await logIn(made, 'root');
    expect((await made.send('GET', `/v1/admin/${path}=a`, { token })).status).toBeOneOf([200, 404]);
    const { status, body } = await made.send('GET', `/v1/admin/${path}=a%00b`, { token });
    expect([status, body['code']]).toEqual([400, 'malformed-body']);
  },
);
