/** @jsxImportSource hono/jsx */
// What a user does with devices and sessions of their own.
import { Hono } from 'hono';
import { HostError } from '../../error.ts';
import type { OwnDevice } from '../../own-devices.ts';
import type { HostEnv } from '../env.ts';
import { about, sent, type Gates, type Holder } from './gates.ts';
import { HomePage } from './home-page.tsx';
import { link } from './link.ts';
import { LostPage, PinPage, RequestPage } from './own-device-pages.tsx';
import { line, type PagesOptions } from './visit.tsx';

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
      sent(
        { serial: line },
        {
          async act(visit: Holder, { serial }) {
            const login = await host.activate(visit.session.user, serial, visit.from);
            visit.cookies.set('login', login.id);
            return visit.go('/challenge');
          },
          refusedTo: home,
        },
      ),
    ),
  );

  pages.get(
    '/devices/pin',
    owner(
      about(async (visit) => {
        const device = await own(visit);
        return visit.show((frame) => <PinPage frame={frame} device={device} />);
      }),
    ),
  );
  pages.post(
    '/devices/pin',
    owner(
      sent(
        { serial: line, pin: line, again: line },
        {
          async act(visit: Holder, change) {
            const login = await host.changePin({ user: visit.session.user, ...change, from: visit.from });
            visit.cookies.set('login', login.id);
            return visit.go('/challenge');
          },
          refusedTo: ({ serial }, { code }) => (isOfPin(code) ? link('/devices/pin', { serial }) : home()),
        },
      ),
    ),
  );

  pages.get(
    '/devices/lost',
    owner(
      about(async (visit) => {
        const device = await own(visit);
        return visit.show((frame) => <LostPage frame={frame} device={device} />);
      }),
    ),
  );
  pages.post(
    '/devices/lost',
    owner(
      sent(
        { serial: line },
        {
          async act(visit: Holder, { serial }) {
            await host.reportLost(visit.session.user, serial);
            return visit.go('/home', { key: 'done.lost' });
          },
          refusedTo: home,
        },
      ),
    ),
  );
  pages.post(
    '/devices/found',
    owner(
      sent(
        { serial: line },
        {
          async act(visit: Holder, { serial }) {
            const login = await host.reactivate(visit.session.user, serial, visit.from);
            visit.cookies.set('login', login.id);
            return visit.go('/challenge');
          },
          refusedTo: home,
        },
      ),
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
      sent(
        { pin: line, again: line, replaces: line },
        {
          async act(visit: Holder, { replaces, ...pins }) {
            await host.request({
              user: visit.session.user,
              ...pins,
              replaces: replaces === '' ? undefined : replaces,
            });
            return visit.go('/home', { key: 'done.requested' });
          },
          refusedTo: (_, { code }) => (code === 'already-requested' ? home() : '/devices/request'),
        },
      ),
    ),
  );
  pages.post(
    '/devices/withdraw',
    holder(
      sent(
        { serial: line },
        {
          async act(visit: Holder, { serial }) {
            await host.withdraw(visit.session.user, serial);
            return visit.go('/home', { key: 'done.withdrawn' });
          },
          refusedTo: home,
        },
      ),
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

const isOfPin = (code: string): boolean => code === 'bad-pin' || code === 'pins-differ';
