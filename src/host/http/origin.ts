// Where a request comes from: the connection's other end, or what a trusted proxy says of it.
import { createMiddleware } from 'hono/factory';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import type { Origin } from '../known-browser.ts';
import type { HostEnv } from './env.ts';
import { ServerError } from './server-error.ts';

/** Who is at the other end. */
export interface Client {
  /** The address in full, for the log; undefined without a connection. */
  readonly address: string | undefined;
  /** The address as the host counts it: an IPv6 client by its network, /64, all of which is one customer's. */
  readonly counted: string | undefined;
  /** Whether the client's way to here is encrypted. */
  readonly secure: boolean;
}

/**
 * The proxies whose word counts.
 *
 * @param proxies - addresses and networks as `192.0.2.1`, `10.0.0.0/8`, `2001:db8::/32`.
 * @throws {ServerError} `bad-proxy`.
 */
export function proxyList(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(proxy) ?? [];
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    const bits = family === 'ipv4' ? 32 : 128;
    if (isIP(address) === 0 || Number(prefix ?? 0) > bits) {
      throw new ServerError(
        'bad-proxy',
        'trusted proxy: must be an address or a network, as 192.0.2.1 or 10.0.0.0/8; give such a one',
      );
    }
    list.addSubnet(address, Number(prefix ?? bits), family);
  }
  return list;
}

/**
 * Finds out who the client is, for all that comes after it.
 *
 * @param proxies - whose forwarded addresses and protocol count; of nobody else's are they even read.
 * @param tls - whether this server encrypts.
 */
export function clientOf(proxies: BlockList, tls: boolean): MiddlewareHandler<HostEnv> {
  const isAlone = proxies.rules.length === 0;
  const isTrusted = (address: string | undefined): boolean =>
    !isAlone && address !== undefined && proxies.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  /** Of each connection, which keeps its address. */
  const ends = new WeakMap<object, Pick<Client, 'address' | 'counted'>>();

  return createMiddleware<HostEnv>(async (c, next) => {
    const socket = c.env?.incoming?.socket;
    const end = (socket && ends.get(socket)) ?? endOf(plain(socket?.remoteAddress));
    if (socket) ends.set(socket, end);
    let { address } = end;
    let secure = tls;
    if (isTrusted(address)) {
      // Each proxy adds the address it was called from at the end: what stands before the last that is not
      // trusted, anybody may have written.
      const forwarded = listed(c.req.header('x-forwarded-for'));
      while (isTrusted(address)) {
        const before = plain(forwarded.pop());
        if (before === undefined) break;
        address = before;
      }
      const protocols = listed(c.req.header('x-forwarded-proto'));
      // A proxy in front is there to encrypt: only one that says otherwise does not.
      secure ||= protocols.every((protocol) => protocol.toLowerCase() !== 'http');
    }
    c.set('client', { ...(address === end.address ? end : endOf(address)), secure });
    await next();
  });
}

/** Where a request comes from, as the host counts it. */
export const origin = (c: Context<HostEnv>, knownBrowser?: string): Origin => ({
  address: c.get('client').counted,
  knownBrowser,
});

/** Whether cookies may be marked `Secure`: the client's way to here is encrypted. */
export const isSecure = (c: Context<HostEnv>): boolean => c.get('client').secure;

const endOf = (address: string | undefined): Pick<Client, 'address' | 'counted'> => ({
  address,
  counted: address !== undefined && isIPv6(address) ? network64(address) : address,
});

const listed = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** An address without port, brackets and zone, IPv4 as IPv4; undefined for what is none. */
function plain(text: string | undefined): string | undefined {
  const [, bracketed, withPort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text ?? '') ?? [];
  const address = (bracketed ?? withPort ?? text ?? '').replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:([\d.]+)$/.exec(address)?.[1] ?? address;
  return isIP(mapped) === 0 ? undefined : mapped;
}

/** `2001:db8:0:1::/64` for any address of it. */
function network64(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  // An IPv4 address at the end stands for two groups, and never reaches into the first four together with `::`.
  const right = tail === undefined || tail === '' ? [] : tail.replace(/[\d.]+\.\d+$/, '0:0').split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
