// What every reply tells the browser: run nothing but our own files, be framed by nobody, tell nobody, keep nothing.
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import type { HostEnv } from './env.ts';
import { isSecure } from './origin.ts';

const SELF = ["'self'"];
const NONE = ["'none'"];

/** No inline script and no inline style: what is written into a page cannot run. */
const ALWAYS = {
  contentSecurityPolicy: {
    defaultSrc: NONE,
    scriptSrc: SELF,
    styleSrc: SELF,
    imgSrc: SELF,
    connectSrc: SELF,
    formAction: SELF,
    frameAncestors: NONE,
    baseUri: NONE,
  },
  xFrameOptions: 'DENY',
  // Not none at all: browsers then send a form with the origin "null", which is nobody's.
  referrerPolicy: 'same-origin',
  strictTransportSecurity: false,
  // For browsers that are no more, or of no use here; each costs every reply some microseconds.
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  // Nothing here says what it is powered by.
  removePoweredBy: false,
} as const;

/** A year, as the browsers' preload lists ask for at least. */
const HSTS = 'max-age=31536000; includeSubDomains';

/** Sets the headers; `Strict-Transport-Security` only over TLS, where alone it means something. */
export function securityHeaders(): MiddlewareHandler<HostEnv> {
  const plain = secureHeaders(ALWAYS);
  const encrypted = secureHeaders({ ...ALWAYS, strictTransportSecurity: HSTS });

  return createMiddleware<HostEnv>(async (c, next) => {
    await (isSecure(c) ? encrypted : plain)(c, next);
    // What may be kept, as style sheets, says so itself.
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });
}
