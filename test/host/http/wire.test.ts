// What clients are told of the API's types is what its schemas check: the compiler says if not.
import type { z } from '@hono/zod-openapi';
import { expectTypeOf, test } from 'vitest';
import type * as schemas from '../../../src/host/http/schemas.ts';
import type * as wire from '../../../src/host/http/wire.ts';

test('requests and replies have the types of their schemas', () => {
  type In<Name extends keyof typeof schemas> = z.input<(typeof schemas)[Name]>;
  type Out<Name extends keyof typeof schemas> = z.output<(typeof schemas)[Name]>;

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
