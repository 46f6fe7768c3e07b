/** @jsxImportSource hono/jsx */
// A user's own change of password.
import { Hono } from 'hono';
import { z } from 'zod';
import type { HostEnv } from '../env.ts';
import { sent, type Gates, type Holder } from './gates.ts';
import { OwnPasswordPage } from './own-password-page.tsx';
import { line, type PagesOptions } from './visit.tsx';

export function ownPasswordRoutes({ host }: PagesOptions, { owner }: Gates): Hono<HostEnv> {
  const pages = new Hono<HostEnv>();

  pages.get(
    '/password',
    owner(({ show }) => show((frame) => <OwnPasswordPage frame={frame} least={host.leastPassword} />)),
  );
  pages.post(
    '/password',
    owner(
      sent(z.object({ current: line, password: line, again: line }), {
        async act({ session, token, go, from }: Holder, { current, password, again }) {
          if (password !== again) return go('/password', { key: 'refused.passwords-differ' });
          await host.changePassword({
            user: session.user,
            password: current,
            newPassword: password,
            session: token,
            from,
          });
          return go('/home', { key: 'done.password-changed' });
        },
        refusedTo: () => '/password',
      }),
    ),
  );

  return pages;
}
