// The server under the app: listens, does not wait for slow clients, and stops without leaving anyone in the middle.
import { getRequestListener } from '@hono/node-server';
import type { Hono, MiddlewareHandler } from 'hono';
import { once } from 'node:events';
import { createServer as createPlain, type Server, type ServerOptions } from 'node:http';
import { createServer as createEncrypted } from 'node:https';
import { BlockList, isIP, isIPv4, type Socket } from 'node:net';
import type { HostEnv } from './env.ts';
import { forOwnName } from './own-name.ts';
import { ServerError } from './server-error.ts';

/** Where and how to listen. */
export interface Listening {
  /** 0: any free one. */
  readonly port: number;
  /** Default: `127.0.0.1`. */
  readonly hostname?: string | undefined;
  /** PEM. Without it, only this machine is served, unless proxies are trusted to encrypt. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer } | undefined;
  /** Whether there are proxies in front that encrypt. */
  readonly behindProxy?: boolean | undefined;
  /** The head of a request has to be here within these milliseconds. Default: 10,000. */
  readonly headersTimeout?: number | undefined;
  /** All of a request has to be here within these milliseconds. Default: 15,000. */
  readonly requestTimeout?: number | undefined;
  /** Sees the requests that are refused before the app does, as `requestLog` does. */
  readonly watch?: MiddlewareHandler<HostEnv> | undefined;
}

/** A server that listens. */
export interface Listener {
  /** As `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, and resolves when those under way are answered, after {@link GRACE} at the latest. */
  stop(): Promise<void>;
}

/** How long a stop waits for requests under way, in milliseconds; then their connections are cut. */
const GRACE = 4000;
const SWEEP = 50;

const LIMITS: ServerOptions = {
  // How often those that are late are looked for, in milliseconds.
  connectionsCheckingInterval: 500,
  keepAliveTimeout: 5000,
  maxHeaderSize: 8 * 1024,
};
/** A connection on which nothing moves for this long, in milliseconds, is cut. No reply takes as long to make. */
const SILENCE = 30_000;

/**
 * Serves an app.
 *
 * @throws {ServerError} `plain-http`, `cannot-listen` or `bad-certificate`.
 */
export async function serve(app: Hono<HostEnv>, listening: Listening): Promise<Listener> {
  const { port, hostname = '127.0.0.1', tls, behindProxy = false, watch } = listening;
  const { headersTimeout = 10_000, requestTimeout = 15_000 } = listening;
  if (!tls && !behindProxy && !isLoopback(hostname)) {
    throw new ServerError(
      'plain-http',
      'server: without TLS it serves only this machine; give a certificate and its key, or the proxy that encrypts',
    );
  }
  const server = listener(app, { ...LIMITS, headersTimeout, requestTimeout }, { tls, behindProxy, watch });
  server.setTimeout(SILENCE);
  const silent = silentConnections(server, tls ? 'secureConnection' : 'connection');
  await listen(server, port, hostname);
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const name = hostname.includes(':') ? `[${hostname}]` : hostname;

  let stopped: Promise<void> | undefined;

  return {
    url: `${tls ? 'https' : 'http'}://${name}:${bound}`,
    port: bound,
    stop: () => (stopped ??= stop(server, silent)),
  };
}

function listener(
  app: Hono<HostEnv>,
  limits: ServerOptions,
  { tls, behindProxy, watch }: Pick<Listening, 'tls' | 'behindProxy' | 'watch'>,
): Server {
  const answer = getRequestListener(app.fetch);
  // A certificate's name, or the proxy, says whom a browser asks; without either only the request does.
  if (!tls) return createPlain(limits, behindProxy ? answer : forOwnName(answer, watch));
  try {
    // To Node nothing is no certificate, and a server without any is a server.
    if (tls.cert.length === 0 || tls.key.length === 0) throw new Error('empty');
    return createEncrypted({ ...limits, ...tls, minVersion: 'TLSv1.2' }, answer);
  } catch (error) {
    throw new ServerError(
      'bad-certificate',
      'server: certificate and key are not PEM, or do not belong together; give a matching pair',
      { cause: error },
    );
  }
}

async function listen(server: Server, port: number, hostname: string): Promise<void> {
  try {
    server.listen(port, hostname);
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new ServerError(
      'cannot-listen',
      `server: cannot listen on port ${port} of ${hostname} (${code}); give another --port`,
      { cause: error },
    );
  }
}

/** The connections on which nothing was asked yet: a browser opens some in advance, and to Node they are not idle. */
function silentConnections(server: Server, opened: 'connection' | 'secureConnection'): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on(opened, (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return silent;
}

async function stop(server: Server, silent: ReadonlySet<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const socket of silent) socket.destroy();
  // A connection that is kept alive does not close by itself when its last request is answered.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
  const cut = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  (isIP(hostname) !== 0 && LOOPBACK.check(hostname, isIPv4(hostname) ? 'ipv4' : 'ipv6'));
