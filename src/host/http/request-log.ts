// One line a request, and a count of it: what was asked by its pattern, never by its path, and nothing that was entered.
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { HostEnv } from './env.ts';
import type { Metrics } from './metrics.ts';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Logs and counts each request when it is answered. */
export function requestLog(log: Logger, metrics: Metrics): MiddlewareHandler<HostEnv> {
  return createMiddleware<HostEnv>(async (c, next) => {
    const start = performance.now();
    await next();
    const ms = performance.now() - start;
    const method = METHODS.has(c.req.method) ? c.req.method : 'other';
    const route = patternOf(c);
    const { status } = c.res;
    metrics.served({ method, route, status, seconds: ms / 1000 });
    const line = { method, route, status, ms: Math.round(ms * 10) / 10, address: c.get('client').address };
    if (status >= 500) log.error(line, 'request');
    else log.info(line, 'request');
  });
}

/** Writes down an error that is the host's own fault: what kind and where, not with what; its message may hold a value. */
export function logFault(log: Logger, c: Context<HostEnv>, error: unknown): void {
  const { name, stack = '' } = error instanceof Error ? error : { name: typeof error };
  const at = stack.split('\n').filter((line) => /^\s+at /.test(line));
  log.error({ method: c.req.method, route: patternOf(c), error: name, code: codeOf(error), at }, 'fault');
}

/** What the host, a database or the system calls it: `damaged-secret`, SQLite's number, an SQLSTATE, `ECONNREFUSED`. */
function codeOf(error: unknown): string | undefined {
  const { errcode, code }: { errcode?: unknown; code?: unknown } = Object(error);
  // SQLite keeps the kind in the low byte.
  if (typeof errcode === 'number')
    return errcode > 0xff ? `SQLite ${errcode & 0xff} (${errcode})` : `SQLite ${errcode}`;
  return typeof code === 'string' && /^[A-Za-z0-9_-]{2,40}$/.test(code) ? code : undefined;
}

/** The pattern of the route; `none` if only middleware for everything has seen the request. */
const patternOf = (c: Context): string =>
  matchedRoutes(c).findLast(({ path }) => path !== '*' && path !== '/*')?.path ?? 'none';
