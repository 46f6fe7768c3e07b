// What clients are told of the API's types is what its schemas check: the compiler says if not.
import type { z } from '@hono/zod-openapi';
import { expectTypeOf, test } from 'vitest';
import type * as audit from '../../../src/host/http/schemas/audit.ts';
import type * as device from '../../../src/host/http/schemas/device.ts';
import type * as login from '../../../src/host/http/schemas/login.ts';
import type * as problem from '../../../src/host/http/schemas/problem.ts';
import type * as session from '../../../src/host/http/schemas/session.ts';
import type * as user from '../../../src/host/http/schemas/user.ts';
import type * as wire from '../../../src/host/http/wire.ts';

type Schemas = typeof audit & typeof device & typeof login & typeof problem & typeof session & typeof user;

test('requests and replies have the types of their schemas', () => {
  type In<Name extends keyof Schemas> = z.input<Schemas[Name]>;
  type Out<Name extends keyof Schemas> = z.output<Schemas[Name]>;

  expectTypeOf<In<'loginRequest'>>().toEqualTypeOf<wire.LoginRequest>();
  expectTypeOf<In<'deviceRequest'>>().toEqualTypeOf<wire.DeviceRequest>();
  expectTypeOf<In<'pinChange'>>().toEqualTypeOf<wire.PinChange>();
  expectTypeOf<In<'passwordChange'>>().toEqualTypeOf<wire.PasswordChange>();
  expectTypeOf<In<'userToAdd'>>().toEqualTypeOf<wire.UserToAdd>();
  expectTypeOf<In<'userChange'>>().toEqualTypeOf<wire.UserChange>();
  expectTypeOf<In<'cardToEnrol'>>().toEqualTypeOf<wire.CardToEnrol>();
  expectTypeOf<Out<'problem'>>().toEqualTypeOf<wire.Problem>();
  expectTypeOf<Out<'challengeShown'>>().toEqualTypeOf<wire.ChallengeShown>();
  expectTypeOf<Out<'sessionOpened'>>().toEqualTypeOf<wire.SessionOpened>();
  expectTypeOf<Out<'sessionShown'>>().toEqualTypeOf<wire.SessionShown>();
  expectTypeOf<Out<'sessionList'>>().toEqualTypeOf<{ sessions: wire.OpenSessionShown[] }>();
  expectTypeOf<Out<'ownDeviceList'>['devices'][number]>().branded.toEqualTypeOf<wire.OwnDeviceShown>();
  expectTypeOf<Out<'deviceShown'>>().branded.toEqualTypeOf<wire.DeviceShown>();
  expectTypeOf<Out<'deviceList'>>().branded.toEqualTypeOf<wire.DeviceList>();
  expectTypeOf<Out<'userShown'>>().toEqualTypeOf<wire.UserShown>();
  expectTypeOf<Out<'userList'>>().toEqualTypeOf<wire.UserList>();
  expectTypeOf<Out<'auditList'>>().toEqualTypeOf<wire.AuditList>();
  expectTypeOf<Out<'loginBegun'>>().branded.toEqualTypeOf<wire.LoginBegun>();
});
