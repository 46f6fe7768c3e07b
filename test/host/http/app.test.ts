// What every reply has, whatever was asked.
import { expect, test } from 'vitest';
import { service } from './service.ts';

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
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.has('strict-transport-security')).toBe(false);
    expect(headers.has('x-powered-by')).toBe(false);
  },
);

test('over TLS the browser is told to stay with it', async () => {
  const { send } = await service({}, { tls: true });
  expect((await send('GET', '/healthz')).headers.get('strict-transport-security')).toMatch(
    /^max-age=31536000/,
  );
});
