/** @jsxImportSource hono/jsx */
// What an administrator does with one device. Each form goes back to the page of the user it came from.
import { Hono } from 'hono';
import { z } from 'zod';
import type { HostError } from '../../error.ts';
import type { HostEnv } from '../env.ts';
import { MailPage, MovePage, ResetPinPage, SharePage } from './admin-device-pages.tsx';
import { MOVES } from './admin-device.tsx';
import { adminForms } from './admin-form.ts';
import { about, type Gates, type Holder } from './gates.ts';
import { keyOf } from './key-text.ts';
import { link, userPage } from './link.ts';
import { line, type PagesOptions } from './visit.tsx';

const ASKED = z.enum(MOVES.asked);
const MOVE = z.enum([...MOVES.atOnce, ...MOVES.asked]);
const DEVICE = z.object({ serial: line, name: line });

export function adminDeviceRoutes({ host }: PagesOptions, gates: Gates): Hono<HostEnv> {
  const { administrator } = gates;
  const pages = new Hono<HostEnv>();
  const form = adminForms(pages, gates);

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
  form('/admin/device/move', DEVICE.extend({ move: MOVE }), {
    act: ({ serial, move }, by, { token }) =>
      move === 'unblock' ? host.unblock(serial, by) : host.moveDevice(serial, move, by, token),
    done: 'done.moved',
  });
  form('/admin/device/mail', DEVICE.extend({ key: line }), {
    act: ({ serial, key }, by) => host.mail(serial, keyOf(key), by),
    done: 'done.mailed',
    refusedTo: again('/admin/device/mail'),
  });
  form('/admin/device/pin', DEVICE.extend({ pin: line }), {
    act: ({ serial, name, pin }, by) => host.resetPin({ user: name, serial, pin }, by),
    done: 'done.pin-reset',
    refusedTo: again('/admin/device/pin'),
  });
  form('/admin/device/share', DEVICE.extend({ with: line }), {
    act: ({ serial, with: other }, by) => host.share(serial, other, by),
    done: 'done.shared',
    refusedTo: again('/admin/device/share'),
  });
  form('/admin/device/unshare', DEVICE, {
    act: ({ serial, name }, by) => host.unshare(serial, name, by),
    done: 'done.unshared',
  });

  return pages;

  async function deviceOf({ query }: Holder): Promise<{ serial: string; name: string }> {
    const { serial } = await host.device(query('serial') ?? '');
    const { name } = await host.user(query('name') ?? '');
    return { serial, name };
  }
}

/** The form again, but for a device whose state allows it no more. */
const again =
  (form: string) =>
  ({ serial, name }: z.output<typeof DEVICE>, { code }: HostError): string =>
    code === 'illegal-move' ? userPage(name) : link(form, { serial, name });
