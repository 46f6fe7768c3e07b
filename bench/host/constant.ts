// A program, the least a service can be: the framework of the host, and one constant answer to a POST.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const SESSION = {
  token: 'mNbV3Yt0H1CkpFZ1v1iL7d1o4o8Yq1m0m3J4v5c6b7n8',
  user: 'user-000001',
  kind: 'full',
  expiresAt: '2026-11-22T12:00:00.000Z',
};

const app = new Hono();
app.post('/v1/logins/:id/answer', async (c) => {
  // Read and parsed as any service would; nobody looks at it.
  await c.req.json();
  return c.json(SESSION, 201);
});
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
