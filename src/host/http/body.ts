// Bodies of requests: not large, and text that is text.
import type { HonoRequest, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { HttpError } from './http-error.ts';

/** Everything that is sent fits many times. */
const MOST_BYTES = 16 * 1024;

/**
 * Refuses bodies over the limit, before they are read where their length is told, and those that are not UTF-8: a decoder
 * would put the same sign for everything it does not know, and different passwords would become one.
 */
export function checkedBody(): MiddlewareHandler {
  const limited = bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge });

  return createMiddleware(async (c, next) => {
    const { method } = c.req;
    if (method === 'GET' || method === 'HEAD') return next();
    const length = c.req.header('content-length');
    const isTold = length !== undefined && c.req.header('transfer-encoding') === undefined;
    // Hono's own limit asks for the body as a stream first, which costs more than all the rest; a length is enough.
    if (!isTold) {
      let isRead = false;
      try {
        return await limited(c, async () => {
          isRead = true;
          await readText(c.req);
          await next();
        });
      } catch (error) {
        throw isRead || error instanceof HttpError ? error : brokenOff();
      }
    }
    if (!/^\d{1,9}$/.test(length)) throw new HttpError('malformed-body');
    if (Number(length) > MOST_BYTES) tooLarge();
    if (Buffer.byteLength(await readText(c.req)) > MOST_BYTES) tooLarge();
    return next();
  });
}

function tooLarge(): never {
  throw new HttpError('body-too-large');
}

/** Who hangs up in the middle is no failure of ours. */
const brokenOff = (): HttpError =>
  new HttpError('malformed-body', 'request: its body broke off; send it again');

/** The body as text, which the request keeps for all who ask for it after this. */
async function readText(request: HonoRequest): Promise<string> {
  const text = await request.text().catch(() => {
    throw brokenOff();
  });
  // The sign that the decoder puts for bytes that are no UTF-8.
  if (text.includes('\uFFFD')) {
    throw new HttpError('malformed-body', 'request: its body is not UTF-8; send it as such');
  }
  return text;
}
