// Users, as an administrator sees and changes them; and a password that its user changes.
import { z } from '@hono/zod-openapi';
import { askedName, balance, limit, name, password, person, role } from './fields.ts';

/** Path parameters. */
export const ofName = z.object({ name });

export const userPage = z.strictObject({ after: askedName.optional(), limit });

export const userShown = z
  .object({ name, role, disabled: z.boolean(), balance, person: person.optional() })
  .openapi('User');

export const userList = z.object({ users: z.array(userShown), next: name.optional() }).openapi('UserList');

export const userToAdd = z
  .strictObject({
    name,
    password,
    role: role.optional(),
    balance: balance.optional(),
    person: person.optional(),
  })
  .openapi('UserToAdd');

export const userChange = z
  .strictObject({
    disabled: z.boolean().optional().openapi({ example: false }),
    password: password.optional(),
    role: role.optional(),
    balance: balance.optional(),
    person: person.nullable().optional(),
  })
  .openapi('UserChange');

export const passwordChange = z
  .strictObject({ password, newPassword: password.openapi({ example: 'a newer horse battery staple' }) })
  .openapi('PasswordChange');
