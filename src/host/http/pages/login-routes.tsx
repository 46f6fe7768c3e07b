/** @jsxImportSource hono/jsx */
// The ceremony, step by step. The login's id is in a cookie only, and each step goes to the next by GET.
import { Hono } from 'hono';
import { z } from 'zod';
import { HostError } from '../../error.ts';
import type { Entry } from '../../login.ts';
import type { PendingLogin } from '../../pending-login.ts';
import type { HostEnv } from '../env.ts';
import { sent, type Gates } from './gates.ts';
import { ChallengePage, ChoicePage, LoginPage } from './login-pages.tsx';
import { noticeOf } from './notice.ts';
import { line, type PagesOptions, type Visit } from './visit.tsx';

export function loginRoutes({ host, demo }: PagesOptions, { anyone, holder }: Gates): Hono<HostEnv> {
  const pages = new Hono<HostEnv>();

  pages.get(
    '/',
    anyone((visit) => {
      if (visit.session) return visit.go('/home');
      return visit.show((frame) => <LoginPage frame={frame} demo={demo} />);
    }),
  );

  // Where the form is sent to; who comes by a bookmark wants the form.
  pages.get(
    '/login',
    anyone(async (visit) => visit.go('/')),
  );
  pages.post(
    '/login',
    anyone(
      sent(z.object({ name: line, password: line }), {
        act: async (visit, credentials) =>
          enter(visit, await host.enter({ ...credentials, from: visit.from })),
        refusedTo: () => '/',
      }),
    ),
  );

  pages.get(
    '/device',
    anyone(async (visit) => {
      const pending = await pendingOf(visit);
      if (pending instanceof Response) return pending;
      if (pending.step === 'challenge') return visit.go('/challenge');
      return visit.show((frame) => <ChoicePage frame={frame} devices={pending.devices} />);
    }),
  );

  pages.post(
    '/device',
    anyone(
      sent(z.object({ serial: line }), {
        async act(visit, { serial }) {
          await host.choose({ login: idOf(visit), serial, from: visit.from });
          return visit.go('/challenge');
        },
        refusedTo: (_, error, visit) => {
          if (error.code === 'no-device') return '/device';
          if (error.code === 'challenge-put') return '/challenge';
          return ended(visit);
        },
      }),
    ),
  );

  pages.get(
    '/challenge',
    anyone(async (visit) => {
      const pending = await pendingOf(visit);
      if (pending instanceof Response) return pending;
      if (pending.step === 'device') return visit.go('/device');
      return visit.show((frame) => <ChallengePage frame={frame} pending={pending} />);
    }),
  );

  pages.post(
    '/challenge',
    anyone(
      sent(z.object({ challenge: line, response: line }), {
        async act(visit, { challenge, response }) {
          const pending = await pendingOf(visit);
          if (pending instanceof Response) return pending;
          if (pending.step === 'device') return visit.go('/device', { key: 'refused.no-challenge' });
          // The cookie is of the login begun last, in whichever window. An answer to another is not counted as wrong.
          if (challenge !== pending.challenge) return visit.go('/challenge', { key: 'refused.other-window' });
          return answer(visit, pending, response.replace(/\s/g, ''));
        },
        refusedTo: (_, error, visit) => (isOpen(error) ? '/challenge' : ended(visit)),
      }),
    ),
  );

  pages.post(
    '/logout',
    holder(async (visit) => {
      await host.logout(visit.token);
      visit.cookies.drop('session');
      visit.cookies.drop('login');
      return visit.go('/', { key: 'done.logged-out' });
    }),
  );

  return pages;

  async function answer(visit: Visit, { purpose }: PendingLogin, response: string): Promise<Response> {
    const login = idOf(visit);
    const { from } = visit;
    if (purpose === 'login') {
      await visit.logIn(await host.answer({ login, response, from }));
      return visit.go('/home');
    }
    await host.confirm(visit.session?.user ?? '', { login, response, from });
    visit.cookies.drop('login');
    return visit.go('/home', { key: purpose === 'pin-change' ? 'done.pin-changed' : 'done.reactivated' });
  }

  /** What the browser's login waits for; or the reply that says that it waits for nothing any more. */
  async function pendingOf(visit: Visit): Promise<PendingLogin | Response> {
    try {
      const pending = await host.pending(idOf(visit));
      const isOwn = visit.session?.kind === 'full' && visit.session.user === pending.user;
      if (pending.purpose !== 'login' && !isOwn) throw new HostError('unknown-login');
      return pending;
    } catch (error) {
      const notice = error instanceof HostError ? noticeOf(error, visit.now) : undefined;
      if (!notice) throw error;
      return visit.go(ended(visit), notice);
    }
  }
}

/** Goes on to what follows a right name and password. */
async function enter(visit: Visit, entry: Entry): Promise<Response> {
  if (entry.step === 'activation') {
    await visit.logIn(entry.session);
    return visit.go('/home');
  }
  visit.cookies.set('login', entry.id);
  return visit.go(entry.step === 'device' ? '/device' : '/challenge');
}

/** Whether the login takes another answer. */
const isOpen = ({ code, attemptsLeft = 0 }: HostError): boolean =>
  code === 'malformed-response' || (code === 'wrong-response' && attemptsLeft > 0);

const idOf = ({ cookies }: Visit): string => cookies.get('login') ?? '';

/** The login is over; where to go on from. */
function ended({ cookies, session }: Visit): string {
  cookies.drop('login');
  return session ? '/home' : '/';
}
