// The administrator's desk: users.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Host } from '../../host.ts';
import { ADMINISTRATOR, behind, body, orRefused, reply } from '../described.ts';
import type { HostEnv } from '../env.ts';
import { sessionsEnded } from '../schemas/session.ts';
import { ofName, userChange, userList, userPage, userShown, userToAdd } from '../schemas/user.ts';
import { administrator, type SessionGates } from '../session-gate.ts';
import * as shown from '../shown.ts';

const tags = ['administration: users'];

export function userRoutes(host: Host, gates: SessionGates): OpenAPIHono<HostEnv> {
  const gated = behind(gates.administrator);
  const list = createRoute({
    ...gated,
    method: 'get',
    path: '/users',
    tags,
    operationId: 'listUsers',
    summary: 'Users',
    request: { query: userPage },
    responses: orRefused({ 200: reply('In the order of their names', userList) }, ...ADMINISTRATOR),
  });
  const add = createRoute({
    ...gated,
    method: 'post',
    path: '/users',
    tags,
    operationId: 'addUser',
    summary: 'Add a user',
    request: { body: body(userToAdd) },
    responses: orRefused(
      {
        201: reply('The user', userShown),
      },
      ...ADMINISTRATOR,
      'bad-name',
      'bad-password',
      'contextual-password',
      'common-password',
      'bad-role',
      'bad-balance',
      'bad-person',
      'name-taken',
    ),
  });
  const get = createRoute({
    ...gated,
    method: 'get',
    path: '/users/{name}',
    tags,
    operationId: 'getUser',
    summary: 'A user',
    request: { params: ofName },
    responses: orRefused({ 200: reply('The user', userShown) }, ...ADMINISTRATOR, 'unknown-user'),
  });
  const change = createRoute({
    ...gated,
    method: 'patch',
    path: '/users/{name}',
    tags,
    operationId: 'changeUser',
    summary: 'Change a user',
    description:
      'What is left out stays. Disabling, and a new password, end the user’s sessions and unfinished logins.',
    request: { params: ofName, body: body(userChange) },
    responses: orRefused(
      {
        200: reply('The user', userShown),
      },
      ...ADMINISTRATOR,
      'unknown-user',
      'bad-password',
      'contextual-password',
      'common-password',
      'bad-role',
      'bad-balance',
      'bad-person',
    ),
  });
  const logOut = createRoute({
    ...gated,
    method: 'delete',
    path: '/users/{name}/sessions',
    tags,
    operationId: 'logOutUser',
    summary: 'Log a user out everywhere',
    description: 'Unfinished logins end, too. The user may log in anew.',
    request: { params: ofName },
    responses: orRefused(
      { 200: reply('So many sessions have ended', sessionsEnded) },
      ...ADMINISTRATOR,
      'unknown-user',
    ),
  });

  return new OpenAPIHono<HostEnv>()
    .openapi(list, async (c) => {
      const page = c.req.valid('query');
      const users = await host.users(page);
      const next = users.length === page.limit ? users.at(-1)?.name : undefined;
      return c.json({ users: users.map(shown.user), next }, 200);
    })
    .openapi(add, async (c) => {
      const user = c.req.valid('json');
      await host.addUser(user, administrator(c.get('session')));
      return c.json(shown.user(await host.user(user.name)), 201);
    })
    .openapi(get, async (c) => c.json(shown.user(await host.user(c.req.valid('param').name)), 200))
    .openapi(change, async (c) => {
      const { name } = c.req.valid('param');
      await host.updateUser(name, c.req.valid('json'), administrator(c.get('session')));
      return c.json(shown.user(await host.user(name)), 200);
    })
    .openapi(logOut, async (c) => {
      const { name } = c.req.valid('param');
      const ended = await host.endSessions(name, administrator(c.get('session')));
      return c.json({ ended }, 200);
    });
}
