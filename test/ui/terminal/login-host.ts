// A host as the login screen meets it, behind its API but without a socket, a log or any time of its own.
import { pino } from 'pino';
import type { Host, HostClock } from '../../../src/host/index.ts';
import { createApp } from '../../../src/host/http/app.ts';
import { createMetrics } from '../../../src/host/http/metrics.ts';
import { loginHost, type LoginHost } from '../../../src/ui/terminal/login/login-host.ts';

/** The host's API. */
export const apiOf = (host: Host, clock: HostClock) =>
  createApp({
    host,
    log: pino({ level: 'silent' }),
    metrics: createMetrics(),
    clock,
    health: { ready: () => Promise.resolve() },
  });

export function behindApi(host: Host, clock: HostClock): LoginHost {
  const app = apiOf(host, clock);
  return loginHost(host, async (request) => app.fetch(request));
}
