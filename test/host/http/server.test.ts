// The server: slow clients, a graceful stop, and no password in the clear to another machine. Real sockets, real time.
import { readFileSync } from 'node:fs';
import { request as ask } from 'node:https';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import { Hono } from 'hono';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import type { HostEnv } from '../../../src/host/http/env.ts';
import { createMetrics } from '../../../src/host/http/metrics.ts';
import { requestLog } from '../../../src/host/http/request-log.ts';
import { ServerError } from '../../../src/host/http/server-error.ts';
import { serve, type Listener, type Listening } from '../../../src/host/http/server.ts';
import { createHostClient } from '../../../src/host/client.ts';
import { passwordOf, respond, service } from './service.ts';

const listeners: Listener[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(listeners.splice(0).map((listener) => listener.stop()));
});

async function listen(app: Hono<HostEnv>, how: Partial<Listening> = {}): Promise<Listener> {
  const listener = await serve(app, { port: 0, ...how });
  listeners.push(listener);
  return listener;
}

async function open({ port }: Listener): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** Everything that comes until the other side closes. */
async function rest(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

const failure = async (asked: Promise<unknown>): Promise<unknown> => asked.catch((error: unknown) => error);

/** An app whose reply waits until it is let go. */
function waiting(): { app: Hono<HostEnv>; asked: Promise<void>; letGo: () => void } {
  const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const app = new Hono<HostEnv>();
  app.get('/wait', async (c) => {
    asked.resolve();
    await released.promise;
    return c.text('done');
  });
  app.get('/now', (c) => c.text('now'));
  return { app, asked: asked.promise, letGo: released.resolve };
}

test.each(['0.0.0.0', '::', '192.0.2.1', 'host.example', '10.0.0.1'])(
  '%s is not served without TLS',
  async (hostname) => {
    const { app } = await service();
    const error = await failure(serve(app, { port: 0, hostname }));
    expect(error).toMatchObject({ name: 'ServerError', code: 'plain-http' });
  },
);

test.each(['127.0.0.1', '127.9.9.9', 'localhost'])('%s is served without TLS', async (hostname) => {
  const { app } = await service();
  const { url } = await listen(app, { hostname });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test('all addresses are served behind a proxy that encrypts', async () => {
  const { app } = await service();
  const { port } = await listen(app, { hostname: '0.0.0.0', behindProxy: true });
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});

test.each([
  ['localhost', 200],
  ['LOCALHOST:8080', 200],
  ['127.0.0.1:8080', 200],
  ['127.9.9.9', 200],
  ['[::1]:8080', 200],
  ['evil.example', 421],
  ['evil.example:8080', 421],
  ['127.0.0.1.evil.example', 421],
  ['localhost.evil.example', 421],
  ['[::1].evil.example', 400],
  ['', 400],
])('by plain HTTP a request for %j is answered %i', async (host, status) => {
  const { app } = await service();
  const alone = await listen(app);
  const behind = await listen(app, { behindProxy: true });
  const statusAt = async (listener: Listener): Promise<number> => {
    const socket = await open(listener);
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    const reply = await rest(socket);
    if (status === 421 && listener === alone) expect(reply).toContain('"code":"misdirected"');
    return Number(reply.split(' ')[1]);
  };
  expect(await statusAt(alone)).toBe(status);
  if (status !== 400) expect(await statusAt(behind)).toBe(200);
});

test('a request for another name is logged and counted as all are, its name is not', async () => {
  const made = createMetrics();
  const lines: string[] = [];
  const log = pino({}, { write: (line) => void lines.push(line) });
  const { app } = await service();
  const listener = await listen(app, { watch: requestLog(log, made) });
  const socket = await open(listener);
  socket.write(
    'POST /v1/logins HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  );
  const reply = await rest(socket);
  expect(reply).toMatch(/^HTTP\/1\.1 421 /);
  expect(reply).toMatch(/content-security-policy: default-src 'none'/i);
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    expect.objectContaining({
      msg: 'request',
      method: 'POST',
      route: 'none',
      status: 421,
      address: '127.0.0.1',
    }),
  ]);
  expect(lines.join('')).not.toContain('evil');
  expect((await made.page()).text).toMatch(
    /dsc_host_request_duration_seconds_count\{method="POST",route="none",status="421"\} 1/,
  );
});

test('a port that is taken is a refusal', async () => {
  const { app } = await service();
  const { port } = await listen(app);
  expect(await failure(serve(app, { port }))).toMatchObject({ code: 'cannot-listen' });
});

test('what is no certificate is a refusal', async () => {
  const { app } = await service();
  const error = await failure(serve(app, { port: 0, tls: { cert: 'x', key: 'a planted key' } }));
  expect(error).toBeInstanceOf(ServerError);
  expect(error).toMatchObject({ code: 'bad-certificate' });
  expect(String(error)).not.toContain('planted');
});

test('files that are empty are no certificate', async () => {
  const { app } = await service();
  const tls = { cert: '', key: '' };
  expect(await failure(serve(app, { port: 0, tls }))).toMatchObject({ code: 'bad-certificate' });
});

test('a stop lets requests under way finish, and takes no more', async () => {
  const { app, asked, letGo } = waiting();
  const listener = await listen(app);
  const reply = fetch(`${listener.url}/wait`);
  await asked;
  const stopped = listener.stop();
  expect(await failure(fetch(`${listener.url}/now`, { keepalive: false }))).toBeInstanceOf(TypeError);
  letGo();
  expect(await (await reply).text()).toBe('done');
  const begun = performance.now();
  await stopped;
  expect(performance.now() - begun).toBeLessThan(1000);
});

test('a stop does not wait for idle connections, and a second one is none', async () => {
  const { app } = waiting();
  const listener = await listen(app);
  const silent = await open(listener);
  const kept = await open(listener);
  kept.write('GET /now HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(kept, 'data');
  const begun = performance.now();
  await Promise.all([listener.stop(), rest(silent), rest(kept)]);
  await listener.stop();
  expect(performance.now() - begun).toBeLessThan(2000);
});

test('a head that comes a byte at a time is cut off', { timeout: 20_000 }, async () => {
  const { app } = await service();
  const socket = await open(await listen(app, { headersTimeout: 300 }));
  const drip = setInterval(() => socket.write('X'), 50);
  socket.on('error', () => {});
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  const text = await rest(socket);
  clearInterval(drip);
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
});

test(
  'a body that comes a byte at a time is cut off, and others are served meanwhile',
  { timeout: 20_000 },
  async () => {
    const { app, log } = await service();
    const listener = await listen(app, { requestTimeout: 300, headersTimeout: 200 });
    const socket = await open(listener);
    const drip = setInterval(() => socket.write(' '), 50);
    socket.on('error', () => {});
    socket.write(
      'POST /v1/logins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n',
    );
    const cut = rest(socket);
    expect((await fetch(`${listener.url}/healthz`)).status).toBe(200);
    expect(await cut).not.toMatch(/ 5\d\d /);
    await expect.poll(() => log.join('')).toMatch(/"route":"\/v1\/logins","status":400/);
    expect(log.join('')).not.toMatch(/"status":5|"fault"/);
    clearInterval(drip);
  },
);

test.each([
  [
    'two lengths',
    'POST /v1/logins HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
  ],
  [
    'a length and chunks',
    'POST /v1/logins HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
  ],
  ['a negative length', 'POST /v1/logins HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n'],
  ['bare line feeds', 'GET /healthz HTTP/1.1\nHost: a\nX: 1\n\n'],
  ['a header folded', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: 1\r\n 2\r\n\r\n'],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n'],
  ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a/b@c?\r\n\r\n'],
  ['heads without end', `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`],
  ['a method that does not exist', 'HACK /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['TRACE', 'TRACE /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['CONNECT', 'CONNECT other.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['an absolute address that is none', 'GET http://[::bad/ HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['a target that is no path', 'GET healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['no HTTP', '\x16\x03\x01\x02\x00'],
])('%s is refused without a stack and without 5xx', async (_, bytes) => {
  const { app } = await service();
  const listener = await listen(app);
  const socket = await open(listener);
  socket.on('error', () => {});
  socket.end(bytes);
  const text = await rest(socket);
  expect(text).not.toMatch(/^HTTP\/1\.1 [235]/);
  expect(text).not.toMatch(/at .*:\d+:\d+/);
  expect((await fetch(`${listener.url}/healthz`)).status).toBe(200);
});

test('the client logs in, is seen and logs out over a real connection', async () => {
  const made = await service();
  const { url } = await listen(made.app);
  const client = createHostClient({ baseUrl: url });
  const begun = await client.begin({ name: 'ann', password: passwordOf('ann') });
  if (begun.step !== 'challenge') throw new Error(begun.step);
  const { token } = await client.answer(begun.id, respond(begun.serial, begun.challenge));
  const session = client.session(token);
  expect(await session.whoAmI()).toMatchObject({ user: 'ann', serial: 'DSC-A' });
  await session.reportLost('DSC-A');
  await session.logOut();
  await expect(session.whoAmI()).rejects.toMatchObject({ code: 'not-logged-in' });
  expect(made.log.at(-1)).toContain('"address":"127.0.0.1"');
});

test('a body over the limit is refused over a real connection, in one piece and in many', async () => {
  const { app } = await service();
  const { url } = await listen(app);
  const large = ' '.repeat(16 * 1024 + 1);
  const bodies = [large, new Blob([large, large]).stream()];
  for (const body of bodies) {
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      duplex: 'half',
    } as const;
    const reply = await fetch(`${url}/v1/logins`, init);
    expect(await reply.json()).toMatchObject({ status: 413, code: 'body-too-large' });
  }
});

test('over TLS, and only a modern one', async () => {
  const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/tls', name));
  const tls = { key: fixture('key.pem'), cert: fixture('cert.pem') };
  const { app } = await service({}, { tls: true });
  const { url, port } = await listen(app, { tls });
  expect(url).toBe(`https://127.0.0.1:${port}`);
  const get = (options: object) =>
    new Promise<number | undefined>((resolve, reject) => {
      ask(`${url}/healthz`, { ca: tls.cert, ...options }, (reply) => {
        reply.resume();
        resolve(reply.headers['strict-transport-security'] === undefined ? undefined : reply.statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await get({})).toBe(200);
  await expect(get({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })).rejects.toThrow();
});
