// What every reply has, whatever was asked.
import { expect, test } from 'vitest';
import { Hono } from 'hono';
import type { HostEnv } from '../../../src/host/http/env.ts';
import { isSecure, origin } from '../../../src/host/http/origin.ts';
import { MemoryStore, type Holding } from '../../../src/host/index.ts';
import { passwordOf, service } from './service.ts';

test('is alive, and ready only while what it needs answers', async () => {
  let isUp = true;
  const { send } = await service(
    {},
    {
      health: {
        ready: () => (isUp ? Promise.resolve() : Promise.reject(new Error('secret of the database'))),
      },
    },
  );
  expect((await send('GET', '/healthz')).status).toBe(200);
  expect((await send('GET', '/readyz')).status).toBe(200);
  isUp = false;
  expect((await send('GET', '/healthz')).status).toBe(200);
  const down = await send('GET', '/readyz');
  expect(down).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(JSON.stringify(down.body)).not.toContain('secret');
});

test('an address that does not exist is a problem with a code', async () => {
  const { send } = await service({});
  const { status, headers, body } = await send('GET', '/nothing/here');
  expect(status).toBe(404);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({
    type: '/v1/docs#unknown-route',
    title: 'unknown route',
    status: 404,
    code: 'unknown-route',
  });
});

test('a method that an address does not take is refused with those it takes', async () => {
  const { send } = await service({});
  const { status, headers, body } = await send('PUT', '/healthz');
  expect(status).toBe(405);
  expect(headers.get('allow')).toBe('GET, HEAD');
  expect(body['code']).toBe('method-not-allowed');
});

test.each(['/healthz', '/nothing', '/metrics'])(
  '%s runs nothing, is framed by nobody and kept by nobody',
  async (path) => {
    const { send } = await service({});
    const { headers } = await send('GET', path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.has('strict-transport-security')).toBe(false);
    expect(headers.has('x-powered-by')).toBe(false);
  },
);

test('what fails inside is written down by its code, also where the host has words for it', async () => {
  class DamagedStore extends MemoryStore {
    override async holdings(user: string) {
      const holdings: Holding[] = [];
      for (const holding of await super.holdings(user)) holdings.push({ ...holding, sealed: 'damaged' });
      return holdings;
    }
  }
  const { send, log } = await service({ ann: ['DSC-A'] }, { store: new DamagedStore() });
  const body = { name: 'ann', password: passwordOf('ann') };
  expect((await send('POST', '/v1/logins', { body })).status).toBe(500);
  const fault = log.map((line): unknown => JSON.parse(line)).find((line) => Object(line).msg === 'fault');
  expect(fault).toMatchObject({ error: 'HostError', code: 'damaged-secret', route: '/v1/logins' });
});

test('over TLS the browser is told to stay with it', async () => {
  const { send } = await service({}, { tls: true });
  expect((await send('GET', '/healthz')).headers.get('strict-transport-security')).toMatch(
    /^max-age=31536000/,
  );
});

test('pages are mounted beside the API, know where a request comes from, and keep what may be kept', async () => {
  const pages = new Hono<HostEnv>();
  pages.use('*', async (c, next) => {
    c.header('X-Page', 'yes');
    await next();
  });
  pages.get('/', (c) => c.json({ ...origin(c, 'cookie'), secure: isSecure(c) }));
  pages.get('/assets/*', (c) => c.text('a', 200, { 'Cache-Control': 'public, max-age=60' }));
  const { send, log } = await service({}, { pages });
  const routes = () => log.map((line) => (JSON.parse(line) as { route: string }).route);

  const home = await send('GET', '/');
  expect(home.body).toEqual({ address: '192.0.2.7', knownBrowser: 'cookie', secure: false });
  expect(home.headers.get('cache-control')).toBe('no-store');
  expect((await send('GET', '/assets/a.css')).headers.get('cache-control')).toBe('public, max-age=60');
  const api = await send('GET', '/v1/session');
  expect(api.status).toBe(401);
  expect(api.headers.has('x-page')).toBe(false);
  expect((await send('GET', '/v1/nothing')).body['code']).toBe('unknown-route');
  expect((await send('DELETE', '/')).body['code']).toBe('method-not-allowed');
  expect(routes()).toEqual(['/', '/assets/*', '/v1/session', 'none', 'none']);
});

test('the log says what a database called its failure, and not in its words', async () => {
  const made = await service();
  for (const [error, reason] of [
    [{ code: 'ERR_SQLITE_ERROR', errcode: 13 }, '"code":"SQLite 13"'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 778 }, '"code":"SQLite 10 (778)"'],
    [{ code: '57P01' }, '"code":"57P01"'],
    [{ code: 'ECONNREFUSED' }, '"code":"ECONNREFUSED"'],
    [{ code: 'my planted secret' }, '"error":"Error"'],
  ] as const) {
    made.host.session = () => Promise.reject(Object.assign(new Error('a planted message'), error));
    const { status } = await made.send('GET', '/v1/session', { token: 'a'.repeat(51) });
    expect(status).toBe(reason.startsWith('"code"') ? 503 : 500);
    expect(made.log.join('')).toContain(reason);
    expect(made.log.join('')).not.toContain('planted');
  }
});
