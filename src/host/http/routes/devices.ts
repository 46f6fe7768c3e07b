// The administrator's desk: devices.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Actor } from '../../audit/event.ts';
import { hexToBytes } from '../../hex.ts';
import type { Host } from '../../host.ts';
import { ADMINISTRATOR, behind, body, done, orRefused, reply } from '../described.ts';
import type { HostEnv } from '../env.ts';
import {
  cardToEnrol,
  deviceList,
  devicePage,
  deviceShown,
  keyToMail,
  ofSerial,
  ofSerialAndName,
  pinReset,
} from '../schemas/device.ts';
import { administrator, type SessionGates } from '../session-gate.ts';
import * as shown from '../shown.ts';

const tags = ['administration: devices'];

/** Moves that need nothing but a word, by the last part of their address. */
const MOVES = [
  ['block', 'block', 'Block a device; ends the sessions that it opened'],
  ['loss', 'lose', 'Note that a device is lost; ends the sessions that it opened'],
  ['find', 'find', 'Note that a lost device is found'],
  ['withdrawal', 'withdraw', 'Refuse a request'],
  ['retirement', 'retire', 'Retire a device for good; ends the sessions that it opened'],
] as const;

export function deviceRoutes(host: Host, gates: SessionGates): OpenAPIHono<HostEnv> {
  const gated = behind(gates.administrator);
  const theDevice = reply('The device', deviceShown);
  const list = createRoute({
    ...gated,
    method: 'get',
    path: '/devices',
    tags,
    operationId: 'listAllDevices',
    summary: 'Devices, of everybody or of one user',
    request: { query: devicePage },
    responses: orRefused(
      {
        200: reply('In the order of their serial numbers', deviceList),
      },
      ...ADMINISTRATOR,
    ),
  });
  const enrol = createRoute({
    ...gated,
    method: 'post',
    path: '/devices',
    tags,
    operationId: 'enrolDevice',
    summary: 'Enrol a card for a user',
    request: { body: body(cardToEnrol) },
    responses: orRefused(
      {
        201: theDevice,
      },
      ...ADMINISTRATOR,
      'bad-serial',
      'unsuitable-suite',
      'bad-key',
      'bad-pin',
      'unknown-user',
      'serial-taken',
      'key-taken',
    ),
  });
  const get = createRoute({
    ...gated,
    method: 'get',
    path: '/devices/{serial}',
    tags,
    operationId: 'getDevice',
    summary: 'A device',
    request: { params: ofSerial },
    responses: orRefused({ 200: theDevice }, ...ADMINISTRATOR, 'unknown-device'),
  });
  const unblock = createRoute({
    ...gated,
    method: 'post',
    path: '/devices/{serial}/unblock',
    tags,
    operationId: 'unblockDevice',
    summary: 'Unblock a device, and forget its wrong answers',
    request: { params: ofSerial },
    responses: orRefused({ 200: theDevice }, ...ADMINISTRATOR, 'unknown-device'),
  });
  const mail = createRoute({
    ...gated,
    method: 'post',
    path: '/devices/{serial}/mail',
    tags,
    operationId: 'mailDevice',
    summary: 'Mail a requested card, its key given',
    request: { params: ofSerial, body: body(keyToMail) },
    responses: orRefused(
      {
        200: theDevice,
      },
      ...ADMINISTRATOR,
      'unknown-device',
      'illegal-move',
      'bad-key',
      'key-taken',
    ),
  });
  const resetPin = createRoute({
    ...gated,
    method: 'post',
    path: '/devices/{serial}/pin',
    tags,
    operationId: 'resetPin',
    summary: 'Give a user of a device a new PIN',
    request: { params: ofSerial, body: body(pinReset) },
    responses: orRefused(
      {
        204: done('The old PIN is none any more'),
      },
      ...ADMINISTRATOR,
      'unknown-device',
      'illegal-move',
      'bad-pin',
    ),
  });
  const share = createRoute({
    ...gated,
    method: 'put',
    path: '/devices/{serial}/users/{name}',
    tags,
    operationId: 'shareDevice',
    summary: 'Share a device with another user name of the same person',
    request: { params: ofSerialAndName },
    responses: orRefused(
      {
        200: theDevice,
      },
      ...ADMINISTRATOR,
      'unknown-device',
      'unknown-user',
      'not-shareable',
      'already-shared',
    ),
  });
  const unshare = createRoute({
    ...gated,
    method: 'delete',
    path: '/devices/{serial}/users/{name}',
    tags,
    operationId: 'unshareDevice',
    summary: 'Take a shared device from a user name',
    request: { params: ofSerialAndName },
    responses: orRefused({ 200: theDevice }, ...ADMINISTRATOR, 'unknown-device', 'last-holder'),
  });

  const routes = new OpenAPIHono<HostEnv>()
    .openapi(list, async (c) => {
      const { after, limit, user } = c.req.valid('query');
      if (user !== undefined) {
        return c.json({ devices: (await host.devicesOf(user)).map(shown.device) }, 200);
      }
      const devices = await host.devices({ after, limit });
      const next = devices.length === limit ? devices.at(-1)?.serial : undefined;
      return c.json({ devices: devices.map(shown.device), next }, 200);
    })
    .openapi(enrol, async (c) => {
      const { key, ...card } = c.req.valid('json');
      await host.enrol({ ...card, key: hexToBytes(key) }, by(c));
      return c.json(await deviceOf(card.serial), 201);
    })
    .openapi(get, async (c) => c.json(await deviceOf(c.req.valid('param').serial), 200))
    .openapi(unblock, async (c) => {
      const { serial } = c.req.valid('param');
      await host.unblock(serial, by(c));
      return c.json(await deviceOf(serial), 200);
    })
    .openapi(mail, async (c) => {
      const { serial } = c.req.valid('param');
      await host.mail(serial, hexToBytes(c.req.valid('json').key), by(c));
      return c.json(await deviceOf(serial), 200);
    })
    .openapi(resetPin, async (c) => {
      const { user, pin } = c.req.valid('json');
      await host.resetPin({ user, serial: c.req.valid('param').serial, pin }, by(c));
      return c.body(null, 204);
    })
    .openapi(share, async (c) => {
      const { serial, name } = c.req.valid('param');
      await host.share(serial, name, by(c));
      return c.json(await deviceOf(serial), 200);
    })
    .openapi(unshare, async (c) => {
      const { serial, name } = c.req.valid('param');
      await host.unshare(serial, name, by(c));
      return c.json(await deviceOf(serial), 200);
    });

  for (const [part, move, summary] of MOVES) {
    const route = createRoute({
      ...gated,
      method: 'post',
      path: `/devices/{serial}/${part}`,
      tags,
      operationId: `${move}Device`,
      summary,
      request: { params: ofSerial },
      responses: orRefused({ 200: theDevice }, ...ADMINISTRATOR, 'unknown-device', 'illegal-move'),
    });
    routes.openapi(route, async (c) => {
      const { serial } = c.req.valid('param');
      await host.moveDevice(serial, move, by(c), c.get('token'));
      return c.json(await deviceOf(serial), 200);
    });
  }
  return routes;

  async function deviceOf(serial: string) {
    return shown.device(await host.device(serial));
  }
}

const by = (c: { get(key: 'session'): HostEnv['Variables']['session'] }): Actor =>
  administrator(c.get('session'));
