// A user's own password: changed by whoever knows it, in a session that a device confirmed.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { OwnPassword } from '../../own-password.ts';
import { behind, body, done, FULL, orRefused } from '../described.ts';
import type { HostEnv } from '../env.ts';
import { origin } from '../origin.ts';
import { passwordChange } from '../schemas/user.ts';
import type { SessionGates } from '../session-gate.ts';

export function ownPasswordRoutes(host: OwnPassword, { full }: SessionGates): OpenAPIHono<HostEnv> {
  const change = createRoute({
    ...behind(full),
    method: 'put',
    path: '/password',
    tags: ['own password'],
    operationId: 'changePassword',
    summary: 'Change the password',
    description: 'This session goes on; all others of the user end, and so do unfinished logins.',
    request: { body: body(passwordChange) },
    responses: orRefused(
      { 204: done('The new password holds from now on') },
      ...FULL,
      'wrong-password',
      'bad-password',
      'contextual-password',
      'common-password',
      'too-many-tries',
    ),
  });

  return new OpenAPIHono<HostEnv>().openapi(change, async (c) => {
    const { user } = c.get('session');
    await host.changePassword({ user, ...c.req.valid('json'), session: c.get('token'), from: origin(c) });
    return c.body(null, 204);
  });
}
