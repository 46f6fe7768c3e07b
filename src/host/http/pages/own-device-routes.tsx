/** @jsxImportSource hono/jsx */
// What a user does with devices and sessions of their own.
import { Hono } from 'hono';
import { z } from 'zod';
import type { Login } from '../../challenge-desk.ts';
import { HostError } from '../../error.ts';
import type { OwnDevice } from '../../own-devices.ts';
import type { HostEnv } from '../env.ts';
import { about, sent, type Gates, type Holder } from './gates.ts';
import { HomePage } from './home-page.tsx';
import { link } from './link.ts';
import { LostPage, PinPage, RequestPage } from './own-device-pages.tsx';
import { line, type PagesOptions } from './visit.tsx';

const DEVICE = z.object({ serial: line });

const home = (): string => '/home';

export function ownDeviceRoutes({ host }: PagesOptions, { holder, owner }: Gates): Hono<HostEnv> {
  const pages = new Hono<HostEnv>();

  pages.get(
    '/home',
    holder(async ({ session, token, show }) => {
      const devices = await host.ownDevices(session.user);
      const sessions = await host.openSessions(session.user, token);
      return show((frame) => (
        <HomePage frame={frame} session={session} devices={devices} sessions={sessions} />
      ));
    }),
  );

  pages.post(
    '/devices/activate',
    holder(
      sent(DEVICE, {
        act: (visit: Holder, { serial }) =>
          confirm(visit, host.activate(visit.session.user, serial, visit.from)),
        refusedTo: home,
      }),
    ),
  );

  for (const [path, Page] of [
    ['/devices/pin', PinPage],
    ['/devices/lost', LostPage],
  ] as const) {
    pages.get(
      path,
      owner(
        about(async (visit) => {
          const device = await own(visit);
          return visit.show((frame) => <Page frame={frame} device={device} />);
        }),
      ),
    );
  }
  pages.post(
    '/devices/pin',
    owner(
      sent(DEVICE.extend({ pin: line, again: line }), {
        act: (visit: Holder, change) =>
          confirm(visit, host.changePin({ user: visit.session.user, ...change, from: visit.from })),
        refusedTo: ({ serial }, { code }) => (isOfPin(code) ? link('/devices/pin', { serial }) : home()),
      }),
    ),
  );
  pages.post(
    '/devices/lost',
    owner(
      sent(DEVICE, {
        async act(visit: Holder, { serial }) {
          await host.reportLost(visit.session.user, serial, visit.token);
          return visit.go('/home', { key: 'done.lost' });
        },
        refusedTo: home,
      }),
    ),
  );
  pages.post(
    '/devices/found',
    owner(
      sent(DEVICE, {
        act: (visit: Holder, { serial }) =>
          confirm(visit, host.reactivate(visit.session.user, serial, visit.from)),
        refusedTo: home,
      }),
    ),
  );

  pages.get(
    '/devices/request',
    holder(async ({ session, show }) => {
      const devices = await host.ownDevices(session.user);
      const lost = devices.filter(({ state }) => state === 'lost').map(({ serial }) => serial);
      return show((frame) => <RequestPage frame={frame} lost={lost} />);
    }),
  );
  pages.post(
    '/devices/request',
    holder(
      sent(z.object({ pin: line, again: line, replaces: line }), {
        async act(visit: Holder, { replaces, ...pins }) {
          await host.request({
            user: visit.session.user,
            ...pins,
            replaces: replaces === '' ? undefined : replaces,
          });
          return visit.go('/home', { key: 'done.requested' });
        },
        refusedTo: (_, { code }) => (code === 'already-requested' ? home() : '/devices/request'),
      }),
    ),
  );
  pages.post(
    '/devices/withdraw',
    holder(
      sent(DEVICE, {
        async act(visit: Holder, { serial }) {
          await host.withdraw(visit.session.user, serial);
          return visit.go('/home', { key: 'done.withdrawn' });
        },
        refusedTo: home,
      }),
    ),
  );

  pages.post(
    '/sessions/elsewhere',
    owner(async (visit) => {
      const count = await host.logoutElsewhere(visit.session.user, visit.token);
      return visit.go('/home', { key: 'done.elsewhere-ended', count });
    }),
  );

  return pages;

  async function own({ query, session }: Holder): Promise<OwnDevice> {
    const serial = query('serial');
    const device = (await host.ownDevices(session.user)).find((each) => each.serial === serial);
    if (!device) throw new HostError('no-device');
    return device;
  }
}

/** Goes on to the challenge that the device confirms with. */
async function confirm({ cookies, go }: Holder, begun: Promise<Login>): Promise<Response> {
  const { id } = await begun;
  cookies.set('login', id);
  return go('/challenge');
}

const isOfPin = (code: string): boolean => code === 'bad-pin' || code === 'pins-differ';
