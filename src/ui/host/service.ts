// The host at work: its app on a server, and what the two log.
import type { Logger } from 'pino';
import { createApp } from '../../host/http/app.ts';
import { createMetrics, metered } from '../../host/http/metrics.ts';
import { isSecure, origin, proxyList } from '../../host/http/origin.ts';
import { createPages } from '../../host/http/pages/pages.ts';
import type { PagesOptions } from '../../host/http/pages/visit.tsx';
import { serve, type Listening } from '../../host/http/server.ts';
import type { Host, Store } from '../../host/index.ts';
import { systemHostClock } from '../system-clock.ts';

/** What is served, and where. */
export interface ServiceParts {
  readonly host: Host;
  readonly store: Pick<Store, 'ping'>;
  readonly log: Logger;
  readonly listening: Omit<Listening, 'behindProxy'>;
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

/** Starts the service. @throws {ServerError} why it cannot listen so. */
export async function startService({
  host: served,
  store,
  log,
  listening,
  proxies = [],
  demo,
}: ServiceParts): Promise<Service> {
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
    tls: listening.tls !== undefined,
  });
  const listener = await serve(app, { ...listening, behindProxy: proxies.length > 0 });
  return {
    url: listener.url,
    async stop() {
      stopping = true;
      await listener.stop();
    },
  };
}
