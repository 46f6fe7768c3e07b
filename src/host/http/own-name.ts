// Whom a request asks for: a page elsewhere may give its own name this machine's address, and then ask as if it were ours.
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import type { RequestListener } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { HostEnv } from './env.ts';
import { HttpError } from './http-error.ts';
import { clientOf } from './origin.ts';
import { problemReply } from './problem.ts';
import { securityHeaders } from './security-headers.ts';

/**
 * Answers as this machine alone does: a request for another name than `localhost` or an address is `misdirected`.
 *
 * @param watch - sees the refusals, as `requestLog` does: `answer` does not.
 */
export function forOwnName(
  answer: RequestListener,
  watch: MiddlewareHandler<HostEnv> | undefined,
): RequestListener {
  const refusing = new Hono<HostEnv>();
  refusing.use(clientOf(new BlockList(), false));
  if (watch) refusing.use(watch);
  refusing.use(securityHeaders());
  refusing.all('*', (c) => problemReply(c, new HttpError('misdirected'), 0));
  const refuse = getRequestListener(refusing.fetch);
  return (request, response) => (isOwn(request.headers.host ?? '') ? answer : refuse)(request, response);
}

/** An address is no name that somebody could lead elsewhere. */
function isOwn(host: string): boolean {
  const [, bracketed, plain = ''] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::\d+)?$/.exec(host.toLowerCase()) ?? [];
  return isIP(bracketed ?? plain) !== 0 || plain === 'localhost';
}
