// The host at work: its app on a server, and what the two log.
import type { Logger } from 'pino';
import { createApp } from '../../host/http/app.ts';
import { createMetrics, metered } from '../../host/http/metrics.ts';
import { proxyList } from '../../host/http/origin.ts';
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
  host,
  store,
  log,
  listening,
  proxies = [],
}: ServiceParts): Promise<Service> {
  const metrics = createMetrics();
  let stopping = false;
  const app = createApp({
    host: metered(host, metrics, systemHostClock),
    log,
    metrics,
    clock: systemHostClock,
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
