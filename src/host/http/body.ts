// Bodies of requests: not large, and text that is text.
import { isUtf8 } from 'node:buffer';
import type { MiddlewareHandler } from 'hono';
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
      return limited(c, async () => {
        await checkText(c.req.arrayBuffer());
        await next();
      });
    }
    if (!/^\d{1,9}$/.test(length)) throw new HttpError('malformed-body');
    if (Number(length) > MOST_BYTES) tooLarge();
    await checkText(c.req.arrayBuffer());
    return next();
  });
}

function tooLarge(): never {
  throw new HttpError('body-too-large');
}

async function checkText(body: Promise<ArrayBuffer>): Promise<void> {
  // Who hangs up in the middle is no failure of ours.
  const bytes = await body.catch(() => {
    throw new HttpError('malformed-body', 'request: its body broke off; send it again');
  });
  if (bytes.byteLength > MOST_BYTES) tooLarge();
  if (!isUtf8(bytes))
    throw new HttpError('malformed-body', 'request: its body is not UTF-8; send it as such');
}
