// The schemas: they check every request and describe the API, so that one cannot differ from the other.
import { z } from '@hono/zod-openapi';
import type { AuditEventName } from '../audit/event.ts';
import type { DeviceState } from '../device-life.ts';
import { STATUS_OF } from './problem.ts';
import { TRAIL_PLACE } from './trail-place.ts';
import type { ProblemCode } from './wire.ts';

/** Names of a closed set, all of them: the compiler misses one that is left out. */
const allOf = <Name extends string>(names: Readonly<Record<Name, true>>): [Name, ...Name[]] =>
  Object.keys(names) as [Name, ...Name[]];

const KINDS = ['full', 'restricted'] as const;
const ROLES = ['user', 'administrator'] as const;
const STATES = allOf<DeviceState>({
  requested: true,
  mailed: true,
  active: true,
  blocked: true,
  lost: true,
  replaced: true,
  retired: true,
});
const EVENTS = allOf<AuditEventName>({
  'user-added': true,
  'user-changed': true,
  'user-disabled': true,
  'user-enabled': true,
  'password-changed': true,
  'password-wrong': true,
  'login-begun': true,
  'login-finished': true,
  'answer-wrong': true,
  'device-enrolled': true,
  'device-requested': true,
  'device-moved': true,
  'device-shared': true,
  'device-unshared': true,
  'reactivation-begun': true,
  'pin-change-begun': true,
  'pin-changed': true,
  'pin-reset': true,
  'session-opened': true,
  'session-ended': true,
  'secrets-resealed': true,
  'chain-begun': true,
});

// What a field is allowed to be is the host's to say, with a code of its own; here it is only kept from being huge.
const name = z.string().min(1).max(64).openapi({ example: 'ann' });
const password = z.string().min(1).max(1024).openapi({ example: 'correct horse battery staple' });
const serial = z.string().min(1).max(32).openapi({ example: 'DSC-0012345678' });
const pin = z.string().min(1).max(16).openapi({ example: '2468', description: '4 digits' });
const time = z.iso.datetime().openapi({ example: '2026-01-01T12:00:00.000Z' });
const id = z.string().min(1).max(64).openapi({ example: 'AZq3fXEAiC0UbKqaGUBDtMEGVvqJlQ' });
const token = z.string().max(51).openapi({ example: 'AZq3fXEA3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' });
const key = z
  .string()
  .max(256)
  .regex(/^(?:[0-9a-fA-F]{2})+$/)
  .openapi({
    example: '3132333435363738393031323334353637383930',
    description: 'hexadecimal, 16 to 64 bytes',
  });
const balance = z.int().openapi({ example: 600_000, description: 'whole USD' });
const knownBrowser = z.string().max(128).openapi({
  description: 'what an earlier session gave to keep, so that strangers do not slow this login down',
  example: 'k1.AAAAAAAAAAAAAAAAAAAAAA.1767225600000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
});
const wrongInARow = z.int().openapi({ example: 0 });
const person = name.openapi({ example: 'ann.lee', description: 'names the person behind the user name' });
const suite = z.string().min(1).max(128).openapi({ example: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1' });

/** What a list is asked about. PostgreSQL fails at U+0000, and nothing that is listed has it in its name. */
const asked = z
  .string()
  .max(64)
  .regex(/^[!-~]+$/);
const askedName = asked.openapi({ example: 'ann' });
const askedSerial = asked.openapi({ example: 'DSC-0012345678' });

/** Path parameters. */
export const loginId = z.object({ id });
export const ofSerial = z.object({ serial });
export const ofName = z.object({ name });
export const ofSerialAndName = z.object({ serial, name });

export const problem = z
  .object({
    type: z.string().openapi({ example: '/v1/docs#wrong-response' }),
    title: z.string().openapi({ example: 'wrong response' }),
    status: z.int().openapi({ example: 401 }),
    detail: z.string().openapi({ example: 'response: is wrong; operate the card again, attempts left: 2' }),
    code: z
      .enum(Object.keys(STATUS_OF) as [ProblemCode, ...ProblemCode[]])
      .openapi({ example: 'wrong-response' }),
    attemptsLeft: z.int().optional().openapi({ example: 2 }),
    retryAt: time.optional(),
  })
  .openapi('Problem');

export const loginRequest = z
  .strictObject({ name, password, knownBrowser: knownBrowser.optional() })
  .openapi('LoginRequest');

const shownChallenge = {
  id,
  challenge: z.string().openapi({ example: '483921', description: 'what to type into the device' }),
  serial,
  expiresAt: time,
  attemptsLeft: z.int().openapi({ example: 3 }),
};

export const challengeShown = z.object(shownChallenge).openapi('Challenge');

export const sessionOpened = z
  .object({
    token,
    user: name,
    kind: z.enum(KINDS),
    expiresAt: time,
    knownBrowser: knownBrowser.optional(),
  })
  .openapi('Session');

export const loginBegun = z
  .discriminatedUnion('step', [
    z.object({ step: z.literal('challenge'), ...shownChallenge }).openapi('ChallengeStep'),
    z
      .object({ step: z.literal('device'), id, devices: z.array(serial), expiresAt: time })
      .openapi('DeviceStep'),
    z
      .object({ step: z.literal('activation'), session: sessionOpened, devices: z.array(serial) })
      .openapi('ActivationStep'),
  ])
  .openapi('LoginBegun');

export const deviceChoice = z.strictObject({ serial }).openapi('DeviceChoice');

export const answer = z
  .strictObject({
    response: z
      .string()
      .max(32)
      .openapi({ example: '12345678', description: 'the digits that the device shows' }),
  })
  .openapi('Answer');

export const sessionShown = z
  .object({
    user: name,
    role: z.enum(ROLES),
    kind: z.enum(KINDS),
    serial: serial.optional(),
    expiresAt: time,
  })
  .openapi('SessionStatus');

export const sessionList = z
  .object({
    sessions: z.array(
      z.object({
        kind: z.enum(KINDS),
        serial: serial.optional(),
        openedAt: time,
        seenAt: time,
        expiresAt: time,
        current: z.boolean(),
      }),
    ),
  })
  .openapi('SessionList');

export const sessionsEnded = z.object({ ended: z.int().openapi({ example: 1 }) }).openapi('SessionsEnded');

export const passwordChange = z
  .strictObject({ password, newPassword: password.openapi({ example: 'a newer horse battery staple' }) })
  .openapi('PasswordChange');

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

const limit = z.coerce.number().int().min(1).max(100).default(50).openapi({ example: 50 });

export const userPage = z.strictObject({ after: askedName.optional(), limit });

export const userShown = z
  .object({ name, role: z.enum(ROLES), disabled: z.boolean(), balance, person: person.optional() })
  .openapi('User');

export const userList = z.object({ users: z.array(userShown), next: name.optional() }).openapi('UserList');

export const userToAdd = z
  .strictObject({
    name,
    password,
    role: z.enum(ROLES).optional(),
    balance: balance.optional(),
    person: person.optional(),
  })
  .openapi('UserToAdd');

export const userChange = z
  .strictObject({
    disabled: z.boolean().optional().openapi({ example: false }),
    password: password.optional(),
    role: z.enum(ROLES).optional(),
    balance: balance.optional(),
    person: person.nullable().optional(),
  })
  .openapi('UserChange');

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

/** Where a page of the trail ended. */
const cursor = z.string().max(48).regex(TRAIL_PLACE).openapi({ example: '1767225600000.0123456789abcdef.7' });

export const auditPage = z.strictObject({
  before: cursor.optional(),
  limit,
  user: askedName.optional(),
  serial: askedSerial.optional(),
});

export const auditList = z
  .object({
    entries: z.array(
      z
        .object({
          at: time,
          event: z.enum(EVENTS),
          user: name.optional(),
          serial: serial.optional(),
          actor: z.string().optional().openapi({ example: 'administrator:root' }),
          address: z.string().optional().openapi({ example: '192.0.2.7' }),
          detail: z.string().optional(),
          chain: z.string().openapi({ example: '0123456789abcdef' }),
          place: z.int().openapi({ example: 7 }),
        })
        .openapi('AuditEntry'),
    ),
    next: cursor.optional(),
  })
  .openapi('AuditList');
