/** @jsxImportSource hono/jsx */
// What an administrator does with one device. Each form goes back to the page of the user it came from.
import { Hono } from 'hono';
import { z } from 'zod';
import type { HostEnv } from '../env.ts';
import { MailPage, MovePage, ResetPinPage, SharePage } from './admin-device-pages.tsx';
import { MOVES } from './admin-device.tsx';
import { actor, userPage } from './admin-actor.ts';
import { about, sent, type Gates, type Holder } from './gates.ts';
import { keyOf } from './key-text.ts';
import { link } from './link.ts';
import { line, type PagesOptions } from './visit.tsx';

const ASKED = z.enum(MOVES.asked);
const MOVE = z.enum([...MOVES.atOnce, ...MOVES.asked]);
const DEVICE = { serial: line, name: line };

export function adminDeviceRoutes({ host }: PagesOptions, { administrator }: Gates): Hono<HostEnv> {
  const pages = new Hono<HostEnv>();

  for (const [path, Page] of [
    ['/admin/device/mail', MailPage],
    ['/admin/device/pin', ResetPinPage],
    ['/admin/device/share', SharePage],
  ] as const) {
    pages.get(
      path,
      administrator(
        about(async (visit) => {
          const device = await deviceOf(visit);
          return visit.show((frame) => <Page frame={frame} {...device} />);
        }),
      ),
    );
  }

  pages.get(
    '/admin/device/move',
    administrator(
      about(async (visit) => {
        const device = await deviceOf(visit);
        const move = ASKED.safeParse(visit.query('move'));
        if (!move.success) return visit.c.notFound();
        return visit.show((frame) => <MovePage frame={frame} {...device} move={move.data} />);
      }),
    ),
  );
  pages.post(
    '/admin/device/move',
    administrator(
      sent(
        { ...DEVICE, move: MOVE },
        {
          async act(visit: Holder, { serial, name, move }) {
            if (move === 'unblock') await host.unblock(serial, actor(visit));
            else await host.moveDevice(serial, move, actor(visit));
            return visit.go(userPage(name), { key: 'done.moved' });
          },
          refusedTo: ({ name }) => userPage(name),
        },
      ),
    ),
  );

  pages.post(
    '/admin/device/mail',
    administrator(
      sent(
        { ...DEVICE, key: line },
        {
          async act(visit: Holder, { serial, name, key }) {
            await host.mail(serial, keyOf(key), actor(visit));
            return visit.go(userPage(name), { key: 'done.mailed' });
          },
          refusedTo: ({ serial, name }, { code }) =>
            code === 'illegal-move' ? userPage(name) : link('/admin/device/mail', { serial, name }),
        },
      ),
    ),
  );

  pages.post(
    '/admin/device/pin',
    administrator(
      sent(
        { ...DEVICE, pin: line },
        {
          async act(visit: Holder, { serial, name, pin }) {
            await host.resetPin({ user: name, serial, pin }, actor(visit));
            return visit.go(userPage(name), { key: 'done.pin-reset' });
          },
          refusedTo: ({ serial, name }, { code }) =>
            code === 'illegal-move' ? userPage(name) : link('/admin/device/pin', { serial, name }),
        },
      ),
    ),
  );

  pages.post(
    '/admin/device/share',
    administrator(
      sent(
        { ...DEVICE, with: line },
        {
          async act(visit: Holder, { serial, name, with: other }) {
            await host.share(serial, other, actor(visit));
            return visit.go(userPage(name), { key: 'done.shared' });
          },
          refusedTo: ({ serial, name }) => link('/admin/device/share', { serial, name }),
        },
      ),
    ),
  );
  pages.post(
    '/admin/device/unshare',
    administrator(
      sent(DEVICE, {
        async act(visit: Holder, { serial, name }) {
          await host.unshare(serial, name, actor(visit));
          return visit.go(userPage(name), { key: 'done.unshared' });
        },
        refusedTo: ({ name }) => userPage(name),
      }),
    ),
  );

  return pages;

  async function deviceOf({ query }: Holder): Promise<{ serial: string; name: string }> {
    const { serial } = await host.device(query('serial') ?? '');
    const { name } = await host.user(query('name') ?? '');
    return { serial, name };
  }
}
