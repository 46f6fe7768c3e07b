// The API, version 1: its routes, and the document that describes them, made from the schemas that check them.
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Host } from '../host.ts';
import { SCHEME } from './described.ts';
import type { HostEnv } from './env.ts';
import { HttpError } from './http-error.ts';
import { auditRoutes } from './routes/audit.ts';
import { ceremonyRoutes } from './routes/ceremony.ts';
import { deviceRoutes } from './routes/devices.ts';
import { ownDeviceRoutes } from './routes/own-devices.ts';
import { ownPasswordRoutes } from './routes/own-password.ts';
import { sessionRoutes } from './routes/session.ts';
import { userRoutes } from './routes/users.ts';
import { sessionGates } from './session-gate.ts';

/** Mounts the API at `/v1`. */
export function createApi(host: Host): OpenAPIHono<HostEnv> {
  const gates = sessionGates(host);
  const api = new OpenAPIHono<HostEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      if (result.target === 'param') throw new HttpError('unknown-route');
      throw new HttpError('malformed-body', wrongWith(result.target, result.error.issues));
    },
  });
  api.openAPIRegistry.registerComponent('securitySchemes', SCHEME, {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a session',
  });
  api.route('/', ceremonyRoutes(host));
  api.route('/', sessionRoutes(host, gates));
  api.route('/', ownDeviceRoutes(host, gates));
  api.route('/', ownPasswordRoutes(host, gates));
  api.route('/admin', userRoutes(host, gates));
  api.route('/admin', deviceRoutes(host, gates));
  api.route('/admin', auditRoutes(host, gates));
  return api;
}

/** Where a request is wrong, and nothing of what it says: names of fields that are not known are not repeated. */
function wrongWith(
  target: string,
  issues: readonly { readonly code?: string | undefined; readonly path: readonly PropertyKey[] }[],
): string {
  const places = issues.map(({ code, path }) =>
    code === 'unrecognized_keys' ? 'a field that is not known' : path.join('.') || 'all of it',
  );
  const where = target === 'json' ? 'body' : target;
  return `request: in its ${where} this is missing or wrong: ${[...new Set(places)].join(', ')}; see /v1/docs`;
}
