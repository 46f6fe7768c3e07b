// The service: the API, the pages and what watches over them, as one Hono app.
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { BlockList } from 'node:net';
import type { Logger } from 'pino';
import type { Host } from '../host.ts';
import type { HostClock } from '../reply-time.ts';
import { createApi } from './api.ts';
import { checkedBody } from './body.ts';
import { describe } from './docs-page/routes.ts';
import type { HostEnv } from './env.ts';
import { HttpError } from './http-error.ts';
import type { Metrics } from './metrics.ts';
import { clientOf } from './origin.ts';
import { problemReply, refusalOf, STATUS_OF } from './problem.ts';
import { logFault, requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';

/** What a service is made from. */
export interface AppOptions {
  /** The host, `metered` if logins are to be counted. */
  readonly host: Host;
  /** Gets one line a request. */
  readonly log: Logger;
  readonly metrics: Metrics;
  /** The host's own. */
  readonly clock: HostClock;
  /** `ready` rejects while the service cannot serve: its database does not answer, or it stops. */
  readonly health: { ready(): Promise<void> };
  /** Whose forwarded addresses and protocol count (`proxyList`). Default: nobody's. */
  readonly trustedProxies?: BlockList | undefined;
  /** Whether the server encrypts. */
  readonly tls?: boolean | undefined;
  /** The pages for people, mounted at `/`. */
  readonly pages?: Hono<HostEnv> | undefined;
}

/**
 * Makes the app. It needs no server: `app.request('/healthz')` answers.
 *
 * @example
 * const app = createApp({ host, log: pino(), metrics: createMetrics(), clock, health: store });
 * const server = await serve(app, { port: 8080 });
 */
export function createApp(options: AppOptions): OpenAPIHono<HostEnv> {
  const { host, log, metrics, clock, health, trustedProxies = new BlockList(), tls = false, pages } = options;
  const app = new OpenAPIHono<HostEnv>();
  const refused = (c: Parameters<typeof problemReply>[0], refusal: HttpError): Response =>
    problemReply(c, refusal, clock.now());

  app.use(clientOf(trustedProxies, tls));
  app.use(requestLog(log, metrics));
  app.use(securityHeaders());
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header('Allow', methods.join(', '));
        return refused(c, new HttpError('method-not-allowed'));
      },
    }),
  );
  app.use(checkedBody());

  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    const isReady = await health.ready().then(
      () => true,
      () => false,
    );
    return isReady ? c.json({ status: 'ready' }) : refused(c, new HttpError('unavailable'));
  });
  app.get('/metrics', async (c) => {
    const { type, text } = await metrics.page();
    return c.body(text, 200, { 'Content-Type': type });
  });
  app.route('/v1', createApi(host));
  describe(app);
  if (pages) app.route('/', pages);

  app.notFound((c) => refused(c, new HttpError('unknown-route')));
  app.onError((error, c) => {
    const refusal = refusalOf(error);
    if (STATUS_OF[refusal.code] >= 500) logFault(log, c, error);
    return problemReply(c, refusal, clock.now());
  });
  return app;
}
