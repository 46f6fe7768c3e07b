/** @jsxImportSource hono/jsx */
// What an administrator does with users and their devices.
import { Hono } from 'hono';
import { z } from 'zod';
import type { UserStatus } from '../../administration.ts';
import { HostError } from '../../error.ts';
import type { Role } from '../../store/store.ts';
import type { HostEnv } from '../env.ts';
import { adminDeviceRoutes } from './admin-device-routes.tsx';
import { actor, adminForms } from './admin-form.ts';
import { about, sent, type Gates, type Holder } from './gates.ts';
import { link, userPage } from './link.ts';
import { trailRoutes } from './trail-routes.tsx';
import { AddUserPage, EditUserPage, EnrolPage, PasswordPage } from './user-forms.tsx';
import { UserPage } from './user-page.tsx';
import { UsersPage } from './users-page.tsx';
import { keyOf } from './key-text.ts';
import { line, type PagesOptions } from './visit.tsx';

const USER = z.object({ name: line });
const STANDING = { role: line, balance: line, person: line };
const MAILED = z.literal('yes').optional();

/** Users on one page of the list. */
const PAGE = 25;

export function adminRoutes(options: PagesOptions, gates: Gates): Hono<HostEnv> {
  const { host } = options;
  const { administrator } = gates;
  const pages = new Hono<HostEnv>();
  const form = adminForms(pages, gates);

  pages.get(
    '/admin',
    administrator((visit) => visit.go('/admin/users')),
  );

  pages.get(
    '/admin/users',
    administrator(async ({ query, show }) => {
      const prefix = query('prefix') ?? '';
      const after = query('after');
      const found = await usersFrom(prefix, after);
      const users = found.slice(0, PAGE);
      const next = found.length > PAGE ? users.at(-1)?.name : undefined;
      return show((frame) => (
        <UsersPage frame={frame} users={users} prefix={prefix} next={next} isFirst={after === undefined} />
      ));
    }),
  );

  pages.get(
    '/admin/users/add',
    administrator(({ show }) => show((frame) => <AddUserPage frame={frame} />)),
  );
  form('/admin/users/add', USER.extend({ password: line, ...STANDING }), {
    act({ name, password, ...standing }, by) {
      const { role, balance, person } = standingOf(standing);
      return host.addUser({ name, password, role, balance, person: person ?? undefined }, by);
    },
    done: 'done.user-added',
    refusedTo: () => '/admin/users/add',
  });

  pages.get(
    '/admin/user',
    administrator(
      about(async (visit) => {
        const user = await userOf(visit);
        const devices = await host.devicesOf(user.name);
        return visit.show((frame) => <UserPage frame={frame} user={user} devices={devices} />);
      }),
    ),
  );

  for (const [path, Page] of [
    ['/admin/user/edit', EditUserPage],
    ['/admin/user/password', PasswordPage],
    ['/admin/user/enrol', EnrolPage],
  ] as const) {
    pages.get(
      path,
      administrator(
        about(async (visit) => {
          const user = await userOf(visit);
          return visit.show((frame) => <Page frame={frame} user={user} />);
        }),
      ),
    );
  }
  form('/admin/user/edit', USER.extend(STANDING), {
    act: ({ name, ...standing }, by) => host.updateUser(name, standingOf(standing), by),
    done: 'done.user-changed',
    refusedTo: ({ name }) => link('/admin/user/edit', { name }),
  });
  form('/admin/user/password', USER.extend({ password: line }), {
    act: ({ name, password }, by) => host.updateUser(name, { password }, by),
    done: 'done.password-reset',
    refusedTo: ({ name }) => link('/admin/user/password', { name }),
  });
  form('/admin/user/enrol', USER.extend({ serial: line, key: line, pin: line, mailed: MAILED }), {
    act: ({ name, key, mailed, ...card }, by) =>
      host.enrol({ user: name, ...card, key: keyOf(key), mailed: mailed === 'yes' }, by),
    done: 'done.enrolled',
    refusedTo: ({ name }) => link('/admin/user/enrol', { name }),
  });
  form('/admin/user/disable', USER, {
    act: ({ name }, by) => host.updateUser(name, { disabled: true }, by),
    done: 'done.user-disabled',
  });
  form('/admin/user/enable', USER, {
    act: ({ name }, by) => host.updateUser(name, { disabled: false }, by),
    done: 'done.user-enabled',
  });
  pages.post(
    '/admin/user/log-out',
    administrator(
      sent(USER, {
        async act(visit: Holder, { name }) {
          const count = await host.endSessions(name, actor(visit));
          return visit.go(userPage(name), { key: 'done.sessions-ended', count });
        },
        refusedTo: ({ name }) => userPage(name),
      }),
    ),
  );

  pages.route('/', adminDeviceRoutes(options, gates));
  pages.route('/', trailRoutes(options, gates));
  return pages;

  /** One user more than a page has, if there are so many. Names that begin alike follow one another. */
  async function usersFrom(prefix: string, after: string | undefined): Promise<UserStatus[]> {
    const self = after === undefined && prefix !== '' ? await host.user(prefix).catch(none) : undefined;
    const others = await host.users({
      after: after ?? (prefix === '' ? undefined : prefix),
      limit: PAGE + 1,
    });
    return [...(self ? [self] : []), ...others.filter(({ name }) => name.startsWith(prefix))];
  }

  function userOf({ query }: Holder): Promise<UserStatus> {
    return host.user(query('name') ?? '');
  }
}

/** What the host refuses if it is none is passed on as it is. */
function standingOf({ role, balance, person }: { role: string; balance: string; person: string }) {
  return {
    role: role as Role,
    balance: /^\d{1,13}$/.test(balance) ? Number(balance) : Number.NaN,
    person: person === '' ? null : person,
  };
}

function none(error: unknown): undefined {
  if (!(error instanceof HostError)) throw error;
}
