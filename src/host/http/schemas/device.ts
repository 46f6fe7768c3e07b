// Devices: as their users see them and as an administrator does, and what is asked of them.
import { z } from '@hono/zod-openapi';
import type { DeviceState } from '../../device-life.ts';
import {
  allOf,
  askedName,
  askedSerial,
  key,
  limit,
  name,
  pin,
  serial,
  suite,
  time,
  wrongInARow,
} from './fields.ts';

const STATES = allOf<DeviceState>({
  requested: true,
  mailed: true,
  active: true,
  blocked: true,
  lost: true,
  replaced: true,
  retired: true,
});

/** Path parameters. */
export const ofSerial = z.object({ serial });
export const ofSerialAndName = z.object({ serial, name });

const deviceFacts = {
  serial,
  kind: z.literal('card'),
  suite,
  state: z.enum(STATES),
  wrongInARow,
  requestedAt: time,
  mailedAt: time.optional(),
  activatedAt: time.optional(),
};

export const ownDeviceList = z
  .object({ devices: z.array(z.object({ ...deviceFacts, shared: z.boolean() }).openapi('OwnDevice')) })
  .openapi('OwnDeviceList');

export const deviceRequest = z
  .strictObject({ pin, pinAgain: pin, replaces: serial.optional() })
  .openapi('DeviceRequest');

export const serialGiven = z.object({ serial }).openapi('SerialGiven');

export const pinChange = z.strictObject({ pin, pinAgain: pin }).openapi('PinChange');

export const devicePage = z.strictObject({
  after: askedSerial.optional(),
  limit,
  user: askedName.optional(),
});

export const deviceShown = z.object({ ...deviceFacts, users: z.array(name) }).openapi('Device');

export const deviceList = z
  .object({ devices: z.array(deviceShown), next: serial.optional() })
  .openapi('DeviceList');

export const cardToEnrol = z
  .strictObject({
    user: name,
    serial,
    key,
    pin,
    suite: suite.optional(),
    mailed: z.boolean().optional().openapi({ example: false }),
  })
  .openapi('CardToEnrol');

export const keyToMail = z.strictObject({ key }).openapi('KeyToMail');

export const pinReset = z.strictObject({ user: name, pin }).openapi('PinReset');
