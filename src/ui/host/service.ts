// The host at work: its app on a server, and what the two log.
import type { Logger } from 'pino';
import { createApp } from '../../host/http/app.ts';
import { createMetrics, metered } from '../../host/http/metrics.ts';
import { isSecure, origin, proxyList } from '../../host/http/origin.ts';
import { createPages } from '../../host/http/pages/pages.ts';
import type { PagesOptions } from '../../host/http/pages/visit.tsx';
import { requestLog } from '../../host/http/request-log.ts';
import { serve, type Listening } from '../../host/http/server.ts';
import type { Host, Store } from '../../host/index.ts';
import { systemHostClock } from '../system-clock.ts';

/** What is served, and where. */
export interface ServiceParts {
  readonly host: Host;
  readonly store: Pick<Store, 'ping'>;
  readonly log: Logger;
  readonly listening: Omit<Listening, 'behindProxy' | 'watch'>;
  /** Addresses and networks of the proxies that are trusted to encrypt. */
  readonly proxies?: readonly string[] | undefined;
  /** What the login page shows for everybody to try. No secret. */
  readonly demo?: PagesOptions['demo'];
}

/** A service that answers. */
export interface Service {
  /** As `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more requests, and resolves when those under way are answered, in under 5 s. */
  readonly stop: () => Promise<void>;
}

/** A service that answers this process alone until it listens. */
export interface QuietService {
  /** Answers a request as the server would, without a server. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** @throws {ServerError} why it cannot listen so. */
  readonly listen: (where: Pick<Listening, 'port' | 'hostname'>) => Promise<Service>;
}

/** Starts the service. @throws {ServerError} why it cannot listen so. */
export async function startService({ listening, ...parts }: ServiceParts): Promise<Service> {
  return createService({ ...parts, tls: listening.tls }).listen(listening);
}

/** Makes the service. @throws {ServerError} `bad-proxy`. */
export function createService({
  host: served,
  store,
  log,
  tls,
  proxies = [],
  demo,
}: Omit<ServiceParts, 'listening'> & Pick<Listening, 'tls'>): QuietService {
  const metrics = createMetrics();
  const clock = systemHostClock;
  const host = metered(served, metrics, clock);
  let stopping = false;
  const app = createApp({
    host,
    log,
    metrics,
    clock,
    pages: createPages({ host, clock, secure: isSecure, origin, demo }),
    health: {
      async ready() {
        if (stopping) throw new Error('the service stops');
        await store.ping();
      },
    },
    trustedProxies: proxyList(proxies),
    tls: tls !== undefined,
  });
  return {
    fetch: async (request) => app.fetch(request),
    async listen(where) {
      const listener = await serve(app, {
        ...where,
        tls,
        behindProxy: proxies.length > 0,
        watch: requestLog(log, metrics),
      });
      return {
        url: listener.url,
        async stop() {
          stopping = true;
          await listener.stop();
        },
      };
    },
  };
}
