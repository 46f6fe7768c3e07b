// Sessions: who am I, where else am I logged in, log out.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Sessions } from '../../sessions.ts';
import { ANY, behind, done, FULL, orRefused, reply } from '../described.ts';
import type { HostEnv } from '../env.ts';
import { sessionList, sessionsEnded, sessionShown } from '../schemas/session.ts';
import type { SessionGates } from '../session-gate.ts';
import * as shown from '../shown.ts';

const tags = ['session'];

export function sessionRoutes(host: Sessions, { any, full }: SessionGates): OpenAPIHono<HostEnv> {
  const whoAmI = createRoute({
    ...behind(any),
    method: 'get',
    path: '/session',
    tags,
    operationId: 'whoAmI',
    summary: 'Who is logged in',
    responses: orRefused({ 200: reply('The session', sessionShown) }, ...ANY),
  });
  const logOut = createRoute({
    ...behind(any),
    method: 'delete',
    path: '/session',
    tags,
    operationId: 'logOut',
    summary: 'Log out',
    responses: orRefused({ 204: done('The session has ended') }, ...ANY),
  });
  const list = createRoute({
    ...behind(full),
    method: 'get',
    path: '/sessions',
    tags,
    operationId: 'listSessions',
    summary: 'Where else one is logged in',
    responses: orRefused({ 200: reply('Own sessions, the newest first', sessionList) }, ...FULL),
  });
  const logOutElsewhere = createRoute({
    ...behind(full),
    method: 'delete',
    path: '/sessions',
    tags,
    operationId: 'logOutElsewhere',
    summary: 'Log out everywhere but here',
    responses: orRefused({ 200: reply('So many sessions have ended', sessionsEnded) }, ...FULL),
  });

  return new OpenAPIHono<HostEnv>()
    .openapi(whoAmI, (c) => c.json(shown.session(c.get('session')), 200))
    .openapi(logOut, async (c) => {
      await host.logout(c.get('token'));
      return c.body(null, 204);
    })
    .openapi(list, async (c) => {
      const sessions = await host.openSessions(c.get('session').user, c.get('token'));
      return c.json({ sessions: sessions.map(shown.openSession) }, 200);
    })
    .openapi(logOutElsewhere, async (c) => {
      const ended = await host.logoutElsewhere(c.get('session').user, c.get('token'));
      return c.json({ ended }, 200);
    });
}
