// The gate before what only somebody logged in may do: `Authorization: Bearer`, and no cookie, so that no other site's
// page can use a session.
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Actor } from '../audit/event.ts';
import type { SessionStatus, Sessions } from '../sessions.ts';
import type { HostEnv } from './env.ts';
import { HttpError } from './http-error.ts';

/** Gates, each narrower than the one before. */
export interface SessionGates {
  /** Any session, restricted ones too. */
  readonly any: MiddlewareHandler<HostEnv>;
  /** A session that a device confirmed. */
  readonly full: MiddlewareHandler<HostEnv>;
  /** Such a session of an administrator. */
  readonly administrator: MiddlewareHandler<HostEnv>;
}

const BEARER = /^Bearer +([A-Za-z0-9_-]{51})$/i;

export function sessionGates(sessions: Pick<Sessions, 'session'>): SessionGates {
  const gate = (admit: (session: SessionStatus) => void): MiddlewareHandler<HostEnv> =>
    createMiddleware<HostEnv>(async (c, next) => {
      const token = BEARER.exec(c.req.header('authorization') ?? '')?.[1];
      const session = token === undefined ? undefined : await sessions.session(token);
      if (token === undefined || session === undefined) throw new HttpError('not-logged-in');
      admit(session);
      c.set('token', token);
      c.set('session', session);
      await next();
    });

  return {
    any: gate(() => {}),
    full: gate(fullOnly),
    administrator: gate((session) => {
      fullOnly(session);
      if (session.role !== 'administrator') throw new HttpError('not-an-administrator');
    }),
  };
}

function fullOnly({ kind }: SessionStatus): void {
  if (kind !== 'full') throw new HttpError('restricted-session');
}

/** An administrator, for the audit trail. */
export const administrator = ({ user }: SessionStatus): Actor => `administrator:${user}`;
