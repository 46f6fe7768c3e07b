// The description of the API: for programs as OpenAPI, for people as a page.
import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import type { HostEnv } from '../env.ts';
import type { ApiDocument } from './example.ts';
import { STYLE } from './style.ts';

const INFO = {
  title: 'Secure Login System, API',
  version: '1',
  description:
    'Log in with name, password and the response of a Digital Security Card+. Bodies are JSON. Times are ISO 8601 in UTC. ' +
    'A refusal is problem details (RFC 9457) with a code that stays the same.',
};

/** Adds the description to an app that has all its other routes. */
export function describe(app: OpenAPIHono<HostEnv>): void {
  let made: ApiDocument | undefined;
  const document = (): ApiDocument =>
    (made ??= app.getOpenAPI31Document({ openapi: '3.1.0', info: INFO, servers: [{ url: '/' }] }));

  app.get('/v1/openapi.json', (c) => c.json(document()));
  app.get('/v1/docs', async (c) => {
    // Asked for seldom, and the service starts faster without it.
    const { DocsPage } = await import('./page.tsx');
    return c.html(html`<!doctype html>${DocsPage({ document: document() })}`);
  });
  app.get('/v1/docs.css', (c) =>
    c.body(STYLE, 200, {
      'Content-Type': 'text/css; charset=UTF-8',
      'Cache-Control': 'public, max-age=3600',
    }),
  );
}
