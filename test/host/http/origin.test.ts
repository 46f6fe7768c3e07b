// Whose word about addresses counts.
import { expect, test } from 'vitest';
import { Hono } from 'hono';
import type { HostEnv } from '../../../src/host/http/env.ts';
import { clientOf, isSecure, origin, proxyList } from '../../../src/host/http/origin.ts';
import { ServerError } from '../../../src/host/http/server-error.ts';
import { from, service } from './service.ts';

const PROXIES = ['10.0.0.0/8', '192.0.2.1', '2001:db8:f::/48'];

async function seen(
  socket: string,
  headers: Record<string, string> = {},
  { proxies = PROXIES, tls = false }: { proxies?: readonly string[]; tls?: boolean } = {},
): Promise<{ address?: string; secure: boolean }> {
  const app = new Hono<HostEnv>();
  app.use(clientOf(proxyList(proxies), tls));
  app.get('/', (c) => c.json({ address: origin(c).address, secure: isSecure(c) }));
  const reply = await app.request('/', { headers }, from(socket));
  return (await reply.json()) as { address?: string; secure: boolean };
}

test('what a stranger says of the address and of TLS counts for nothing', async () => {
  const headers = {
    'X-Forwarded-For': '198.51.100.9',
    'X-Forwarded-Proto': 'https',
    Forwarded: 'for=198.51.100.9',
  };
  expect(await seen('203.0.113.5', headers)).toEqual({ address: '203.0.113.5', secure: false });
  expect(await seen('10.1.2.3', headers, { proxies: [] })).toEqual({ address: '10.1.2.3', secure: false });
});

test.each([
  ['one proxy', '10.1.2.3', '198.51.100.9', '198.51.100.9'],
  ['a proxy that is called through IPv6', '::ffff:10.1.2.3', '198.51.100.9', '198.51.100.9'],
  ['two proxies', '10.1.2.3', '198.51.100.9, 192.0.2.1', '198.51.100.9'],
  ['a client that wrote something before', '10.1.2.3', '1.1.1.1, 198.51.100.9', '198.51.100.9'],
  ['a client that claims to be a proxy', '10.1.2.3', '1.1.1.1, 10.9.9.9, 198.51.100.9', '198.51.100.9'],
  ['a client within the proxies’ network', '10.1.2.3', '10.7.7.7', '10.7.7.7'],
  ['a proxy that says nothing', '10.1.2.3', '', '10.1.2.3'],
  ['a proxy that writes nonsense', '10.1.2.3', '198.51.100.9, unknown', '10.1.2.3'],
  ['a proxy that writes a script', '10.1.2.3', '<script>', '10.1.2.3'],
  ['an address with a port', '10.1.2.3', '198.51.100.9:4711', '198.51.100.9'],
  ['an IPv6 address with a port', '10.1.2.3', '[2001:db8:1:2:3:4:5:6]:4711', '2001:db8:1:2::/64'],
  ['an IPv6 proxy', '2001:db8:f::1', '198.51.100.9', '198.51.100.9'],
])('behind %s the client is found', async (_, socket, forwarded, address) => {
  expect((await seen(socket, { 'X-Forwarded-For': forwarded })).address).toBe(address);
});

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['2001:db8:1:2::192.0.2.1', '2001:db8:1:2::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['1:2:3:4:5:6:192.0.2.1', '1:2:3:4::/64'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
])('%s counts as %s', async (address, network) => {
  expect((await seen(address)).address).toBe(network);
});

test.each([
  ['https', true],
  ['HTTPS', true],
  ['http', false],
  ['HTTP', false],
  ['https, http', false],
  ['http, https', false],
  ['', true],
])('a trusted proxy that says "%s" makes it secure: %s', async (protocol, secure) => {
  expect((await seen('10.1.2.3', { 'X-Forwarded-Proto': protocol })).secure).toBe(secure);
});

test('a trusted proxy that says nothing counts as TLS, and own TLS counts whatever it says', async () => {
  expect((await seen('10.1.2.3', {})).secure).toBe(true);
  expect((await seen('10.1.2.3', { 'X-Forwarded-Proto': 'http' }, { tls: true })).secure).toBe(true);
  expect((await seen('203.0.113.5', {})).secure).toBe(false);
});

test('behind a trusted proxy that speaks TLS the browser is told to stay with it', async () => {
  const { app } = await service({}, { trustedProxies: proxyList(['10.0.0.0/8']) });
  const headers = { 'X-Forwarded-Proto': 'https' };
  const told = async (address: string) =>
    (await app.request('/healthz', { headers }, from(address))).headers.has('strict-transport-security');
  expect(await told('10.1.1.1')).toBe(true);
  expect(await told('11.1.1.1')).toBe(false);
});

test.each([
  '',
  'x',
  '10.0.0.0/33',
  '::/129',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '10.0.0',
  'proxy.example',
  '10.0.0.1 ',
])('"%s" names no proxy', (proxy) => {
  expect(() => proxyList([proxy])).toThrow(ServerError);
});

test('one who tries passwords from one network is slowed down on all its addresses', async () => {
  const { send } = await service(
    {},
    { policy: { triesPerAddress: { free: 3, pause: 1e6, longest: 1e6, window: 1e7 } } },
  );
  const attempt = async (address: string, name: string) =>
    (await send('POST', '/v1/logins', { address, body: { name, password: 'x' } })).body['code'];
  for (const n of [1, 2, 3]) expect(await attempt(`2001:db8:1:2::${n}`, `a${n}`)).toBe('bad-credentials');
  expect(await attempt('2001:db8:1:2:ffff::9', 'a4')).toBe('too-many-tries');
  expect(await attempt('2001:db8:1:3::9', 'a5')).toBe('bad-credentials');
});
