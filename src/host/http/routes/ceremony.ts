// The ceremony: name and password, a device if there are several, the answer, a session.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Ceremony } from '../../login.ts';
import { body, orRefused, reply } from '../described.ts';
import type { HostEnv } from '../env.ts';
import { origin } from '../origin.ts';
import {
  answer,
  challengeShown,
  deviceChoice,
  loginBegun,
  loginId,
  loginRequest,
  sessionOpened,
} from '../schemas/login.ts';
import * as shown from '../shown.ts';

const tags = ['login'];

const begin = createRoute({
  method: 'post',
  path: '/logins',
  tags,
  operationId: 'beginLogin',
  summary: 'Begin with name and password',
  description:
    'Leads to a challenge, to a choice of devices or, before the first activation, to a restricted session. ' +
    'The reply takes the same time whatever it says.',
  request: { body: body(loginRequest) },
  responses: orRefused(
    {
      201: reply('What follows', loginBegun),
    },
    'bad-credentials',
    'too-many-tries',
    'factor-needed',
    'device-blocked',
    'too-many-logins',
    'challenges-exhausted',
  ),
});

const choose = createRoute({
  method: 'post',
  path: '/logins/{id}/device',
  tags,
  operationId: 'chooseDevice',
  summary: 'Choose one of several devices',
  request: { params: loginId, body: body(deviceChoice) },
  responses: orRefused(
    {
      200: reply('Its challenge', challengeShown),
    },
    'unknown-login',
    'login-ended',
    'challenge-put',
    'challenge-expired',
    'no-device',
    'challenges-exhausted',
  ),
});

const finish = createRoute({
  method: 'post',
  path: '/logins/{id}/answer',
  tags,
  operationId: 'answerLogin',
  summary: 'Answer the challenge',
  description: 'A challenge is answered once, and on time. A wrong answer says how many are left.',
  request: { params: loginId, body: body(answer) },
  responses: orRefused(
    {
      201: reply('A session', sessionOpened),
    },
    'unknown-login',
    'no-challenge',
    'malformed-response',
    'login-ended',
    'challenge-expired',
    'device-blocked',
    'wrong-response',
    'device-changed',
  ),
});

export const ceremonyRoutes = (host: Ceremony): OpenAPIHono<HostEnv> =>
  new OpenAPIHono<HostEnv>()
    .openapi(begin, async (c) => {
      const { name, password, knownBrowser } = c.req.valid('json');
      const entry = await host.enter({ name, password, from: origin(c, knownBrowser) });
      return c.json(shown.entry(entry), 201);
    })
    .openapi(choose, async (c) => {
      const { id: login } = c.req.valid('param');
      const { serial } = c.req.valid('json');
      return c.json(shown.challenge(await host.choose({ login, serial, from: origin(c) })), 200);
    })
    .openapi(finish, async (c) => {
      const { id: login } = c.req.valid('param');
      const { response } = c.req.valid('json');
      return c.json(shown.openedSession(await host.answer({ login, response, from: origin(c) })), 201);
    });
