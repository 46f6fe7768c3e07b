/** @jsxImportSource hono/jsx */
// What an administrator does with users and their devices.
import { Hono } from 'hono';
import { z } from 'zod';
import type { UserStatus } from '../../administration.ts';
import { HostError } from '../../error.ts';
import type { Role } from '../../store/store.ts';
import type { HostEnv } from '../env.ts';
import { actor, userPage } from './admin-actor.ts';
import { adminDeviceRoutes } from './admin-device-routes.tsx';
import { about, sent, type Gates, type Holder } from './gates.ts';
import { link } from './link.ts';
import { trailRoutes } from './trail-routes.tsx';
import { AddUserPage, EditUserPage, EnrolPage, PasswordPage } from './user-forms.tsx';
import { UserPage } from './user-page.tsx';
import { UsersPage } from './users-page.tsx';
import { keyOf } from './key-text.ts';
import { line, type PagesOptions } from './visit.tsx';

/** Users on one page of the list. */
const PAGE = 25;

export function adminRoutes(options: PagesOptions, gates: Gates): Hono<HostEnv> {
  const { host } = options;
  const { administrator } = gates;
  const pages = new Hono<HostEnv>();

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
  pages.post(
    '/admin/users/add',
    administrator(
      sent(
        { name: line, password: line, role: line, balance: line, person: line },
        {
          async act(visit: Holder, { name, password, ...standing }) {
            const { role, balance, person } = standingOf(standing);
            await host.addUser({ name, password, role, balance, person: person ?? undefined }, actor(visit));
            return visit.go(userPage(name), { key: 'done.user-added' });
          },
          refusedTo: () => '/admin/users/add',
        },
      ),
    ),
  );

  pages.get(
    '/admin/user',
    administrator(
      about(async (visit) => {
        const user = await userOf(visit);
        const devices = await host.devices({ user: user.name, limit: Number.MAX_SAFE_INTEGER });
        return visit.show((frame) => <UserPage frame={frame} user={user} devices={devices} />);
      }),
    ),
  );

  pages.get(
    '/admin/user/edit',
    administrator(
      about(async (visit) => {
        const user = await userOf(visit);
        return visit.show((frame) => <EditUserPage frame={frame} user={user} />);
      }),
    ),
  );
  pages.post(
    '/admin/user/edit',
    administrator(
      sent(
        { name: line, role: line, balance: line, person: line },
        {
          async act(visit: Holder, { name, ...standing }) {
            await host.updateUser(name, standingOf(standing), actor(visit));
            return visit.go(userPage(name), { key: 'done.user-changed' });
          },
          refusedTo: ({ name }) => link('/admin/user/edit', { name }),
        },
      ),
    ),
  );

  pages.get(
    '/admin/user/password',
    administrator(
      about(async (visit) => {
        const user = await userOf(visit);
        return visit.show((frame) => <PasswordPage frame={frame} user={user} />);
      }),
    ),
  );
  pages.post(
    '/admin/user/password',
    administrator(
      sent(
        { name: line, password: line },
        {
          async act(visit: Holder, { name, password }) {
            await host.updateUser(name, { password }, actor(visit));
            return visit.go(userPage(name), { key: 'done.password-reset' });
          },
          refusedTo: ({ name }) => link('/admin/user/password', { name }),
        },
      ),
    ),
  );

  for (const [path, disabled, key] of [
    ['/admin/user/disable', true, 'done.user-disabled'],
    ['/admin/user/enable', false, 'done.user-enabled'],
  ] as const) {
    pages.post(
      path,
      administrator(
        sent(
          { name: line },
          {
            async act(visit: Holder, { name }) {
              await host.updateUser(name, { disabled }, actor(visit));
              return visit.go(userPage(name), { key });
            },
            refusedTo: ({ name }) => userPage(name),
          },
        ),
      ),
    );
  }

  pages.post(
    '/admin/user/log-out',
    administrator(
      sent(
        { name: line },
        {
          async act(visit: Holder, { name }) {
            const count = await host.endSessions(name, actor(visit));
            return visit.go(userPage(name), { key: 'done.sessions-ended', count });
          },
          refusedTo: ({ name }) => userPage(name),
        },
      ),
    ),
  );

  pages.get(
    '/admin/user/enrol',
    administrator(
      about(async (visit) => {
        const user = await userOf(visit);
        return visit.show((frame) => <EnrolPage frame={frame} user={user} />);
      }),
    ),
  );
  pages.post(
    '/admin/user/enrol',
    administrator(
      sent(
        { name: line, serial: line, key: line, pin: line, mailed: z.literal('yes').optional() },
        {
          async act(visit: Holder, { name, serial, key, pin, mailed }) {
            await host.enrol(
              { user: name, serial, key: keyOf(key), pin, mailed: mailed === 'yes' },
              actor(visit),
            );
            return visit.go(userPage(name), { key: 'done.enrolled' });
          },
          refusedTo: ({ name }) => link('/admin/user/enrol', { name }),
        },
      ),
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
