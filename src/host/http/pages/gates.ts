// Who may see which page: whoever may not is sent to the login.
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';
import { HostError } from '../../error.ts';
import type { SessionStatus } from '../../sessions.ts';
import type { HostEnv } from '../env.ts';
import { isLanguage } from '../text/language.ts';
import { link } from './link.ts';
import { noticeOf } from './notice.ts';
import { isFromHere } from './same-site.ts';
import { visitOf, type PagesOptions, type Visit } from './visit.tsx';

/** A visit by somebody who is logged in. */
export type Holder = Visit & { readonly session: SessionStatus; readonly token: string };

type Act<Who> = (visit: Who) => Response | Promise<Response>;
type Handler = (c: Context<HostEnv>) => Promise<Response>;

/** One gate for each kind of visitor. */
export interface Gates {
  readonly anyone: (act: Act<Visit>) => Handler;
  /** Somebody with any session, a restricted one too. */
  readonly holder: (act: Act<Holder>) => Handler;
  /** Somebody who logged in with a device. */
  readonly owner: (act: Act<Holder>) => Handler;
  readonly administrator: (act: Act<Holder>) => Handler;
}

export function createGates(options: PagesOptions): Gates {
  const gate =
    <Who extends Visit>(admits: (visit: Visit) => visit is Who, act: Act<Who>): Handler =>
    async (c) => {
      if (c.req.method !== 'GET' && !(await isFromHere(c, options.secure(c)))) {
        return c.text('refused: the form is not from a page of this site', 403);
      }
      const visit = await visitOf(c, options);
      if (c.req.method === 'GET' && c.req.query('lang') !== undefined) return inLanguage(visit);
      if (!admits(visit)) return visit.go('/', { key: 'refused.login-first' });
      return act(visit);
    };

  return {
    anyone: (act) => gate((visit): visit is Visit => visit !== undefined, act),
    holder: (act) => gate(isHolder, act),
    owner: (act) => gate(isOwner, act),
    administrator: (act) => gate(isAdministrator, act),
  };
}

const isHolder = (visit: Visit): visit is Holder => visit.session !== undefined;
const isOwner = (visit: Visit): visit is Holder => visit.session?.kind === 'full';
const isAdministrator = (visit: Visit): visit is Holder =>
  isOwner(visit) && visit.session.role === 'administrator';

/** Somebody chose a language: it is kept, and the page shown again without the choice in its address. */
function inLanguage({ c, cookies, go }: Visit): Response {
  const { lang, ...query } = c.req.query();
  if (isLanguage(lang)) cookies.set('lang', lang);
  return go(link(c.req.path, query));
}

/**
 * What a form does. A refusal by the host is said on the page that `refusedTo` names.
 *
 * @param schema - its fields, each one line.
 */
export function sent<Who extends Visit, Form>(
  schema: z.ZodType<Form>,
  {
    act,
    refusedTo,
  }: {
    readonly act: (visit: Who, form: Form) => Promise<Response>;
    readonly refusedTo: (form: Form, error: HostError, visit: Who) => string;
  },
): Act<Who> {
  return async (visit) => {
    const form = schema.safeParse(await fieldsOf(visit.c));
    if (!form.success) throw new HTTPException(400);
    try {
      return await act(visit, form.data);
    } catch (error) {
      const notice = error instanceof HostError ? noticeOf(error, visit.now) : undefined;
      if (!(error instanceof HostError) || !notice) throw error;
      return visit.go(refusedTo(form.data, error, visit), notice);
    }
  };
}

async function fieldsOf(c: Context<HostEnv>): Promise<Record<string, string>> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) throw new HTTPException(415);
  return Object.fromEntries(new URLSearchParams(await c.req.text()));
}

/** A page about something that the address names: 404 if there is no such thing. */
export function about<Who extends Visit>(act: Act<Who>): Act<Who> {
  return async (visit) => {
    try {
      return await act(visit);
    } catch (error) {
      if (error instanceof HostError && MISSING.has(error.code)) return await visit.c.notFound();
      throw error;
    }
  };
}

const MISSING: ReadonlySet<string> = new Set(['unknown-user', 'unknown-device', 'no-device']);
