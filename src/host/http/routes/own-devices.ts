// A user's own devices: see, request, activate, change the PIN, report lost, find again.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Host } from '../../host.ts';
import { ANY, behind, body, done, FULL, orRefused, reply } from '../described.ts';
import type { HostEnv } from '../env.ts';
import { origin } from '../origin.ts';
import { deviceRequest, ofSerial, ownDeviceList, pinChange, serialGiven } from '../schemas/device.ts';
import { answer, challengeShown, loginId } from '../schemas/login.ts';
import type { SessionGates } from '../session-gate.ts';
import * as shown from '../shown.ts';

const tags = ['own devices'];

export function ownDeviceRoutes(host: Host, { any, full }: SessionGates): OpenAPIHono<HostEnv> {
  const list = createRoute({
    ...behind(any),
    method: 'get',
    path: '/devices',
    tags,
    operationId: 'listDevices',
    summary: 'Own devices',
    responses: orRefused({ 200: reply('In the order they became one’s own', ownDeviceList) }, ...ANY),
  });
  const request = createRoute({
    ...behind(any),
    method: 'post',
    path: '/devices',
    tags,
    operationId: 'requestDevice',
    summary: 'Request a card',
    description: 'From a balance of USD 500,000 on. The PIN is chosen here; the card comes by mail.',
    request: { body: body(deviceRequest) },
    responses: orRefused(
      {
        201: reply('The serial number it will have', serialGiven),
      },
      ...ANY,
      'not-eligible',
      'already-requested',
      'bad-pin',
      'pins-differ',
      'no-device',
      'illegal-move',
    ),
  });
  const withdraw = createRoute({
    ...behind(any),
    method: 'post',
    path: '/devices/{serial}/withdrawal',
    tags,
    operationId: 'withdrawRequest',
    summary: 'Take a request back',
    request: { params: ofSerial },
    responses: orRefused({ 204: done('Withdrawn') }, ...ANY, 'no-device', 'illegal-move'),
  });
  const activate = createRoute({
    ...behind(any),
    method: 'post',
    path: '/devices/{serial}/activation',
    tags,
    operationId: 'activateDevice',
    summary: 'Activate a card that came by mail',
    description: 'The challenge is answered at `/v1/logins/{id}/answer`, which opens a full session.',
    request: { params: ofSerial },
    responses: orRefused(
      {
        201: reply('A challenge for it', challengeShown),
      },
      ...ANY,
      'no-device',
      'device-blocked',
      'too-many-logins',
      'challenges-exhausted',
    ),
  });
  const lose = createRoute({
    ...behind(full),
    method: 'post',
    path: '/devices/{serial}/loss',
    tags,
    operationId: 'reportLost',
    summary: 'Report a device lost',
    description: 'The sessions that it opened end, all but this one.',
    request: { params: ofSerial },
    responses: orRefused(
      {
        204: done('It answers nothing from now on'),
      },
      ...FULL,
      'no-device',
      'illegal-move',
    ),
  });
  const reactivate = createRoute({
    ...behind(full),
    method: 'post',
    path: '/devices/{serial}/reactivation',
    tags,
    operationId: 'reactivateDevice',
    summary: 'Use a device again that was lost and is found',
    description: 'The challenge is answered at `/v1/confirmations/{id}`.',
    request: { params: ofSerial },
    responses: orRefused(
      {
        201: reply('A challenge for it', challengeShown),
      },
      ...FULL,
      'no-device',
      'illegal-move',
      'too-many-logins',
      'challenges-exhausted',
    ),
  });
  const changePin = createRoute({
    ...behind(full),
    method: 'post',
    path: '/devices/{serial}/pin-change',
    tags,
    operationId: 'changePin',
    summary: 'Change the PIN',
    description:
      'The challenge is answered with the new PIN at `/v1/confirmations/{id}`; the old one holds until then.',
    request: { params: ofSerial, body: body(pinChange) },
    responses: orRefused(
      {
        201: reply('A challenge for it', challengeShown),
      },
      ...FULL,
      'no-device',
      'device-blocked',
      'bad-pin',
      'pins-differ',
      'too-many-logins',
      'challenges-exhausted',
    ),
  });
  const confirm = createRoute({
    ...behind(full),
    method: 'post',
    path: '/confirmations/{id}',
    tags,
    operationId: 'confirm',
    summary: 'Confirm a change of PIN or a reactivation',
    request: { params: loginId, body: body(answer) },
    responses: orRefused(
      {
        204: done('It holds from now on'),
      },
      ...FULL,
      'unknown-login',
      'malformed-response',
      'login-ended',
      'challenge-expired',
      'device-blocked',
      'wrong-response',
      'device-changed',
    ),
  });

  return new OpenAPIHono<HostEnv>()
    .openapi(list, async (c) => {
      const devices = await host.ownDevices(c.get('session').user);
      return c.json({ devices: devices.map(shown.ownDevice) }, 200);
    })
    .openapi(request, async (c) => {
      const { pin, pinAgain: again, replaces } = c.req.valid('json');
      const serial = await host.request({ user: c.get('session').user, pin, again, replaces });
      return c.json({ serial }, 201);
    })
    .openapi(withdraw, async (c) => {
      await host.withdraw(c.get('session').user, c.req.valid('param').serial);
      return c.body(null, 204);
    })
    .openapi(activate, async (c) => {
      const login = await host.activate(c.get('session').user, c.req.valid('param').serial, origin(c));
      return c.json(shown.challenge(login), 201);
    })
    .openapi(lose, async (c) => {
      await host.reportLost(c.get('session').user, c.req.valid('param').serial, c.get('token'));
      return c.body(null, 204);
    })
    .openapi(reactivate, async (c) => {
      const login = await host.reactivate(c.get('session').user, c.req.valid('param').serial, origin(c));
      return c.json(shown.challenge(login), 201);
    })
    .openapi(changePin, async (c) => {
      const { serial } = c.req.valid('param');
      const { pin, pinAgain: again } = c.req.valid('json');
      const login = await host.changePin({
        user: c.get('session').user,
        serial,
        pin,
        again,
        from: origin(c),
      });
      return c.json(shown.challenge(login), 201);
    })
    .openapi(confirm, async (c) => {
      const { id: login } = c.req.valid('param');
      const { response } = c.req.valid('json');
      await host.confirm(c.get('session').user, { login, response, from: origin(c) });
      return c.body(null, 204);
    });
}
