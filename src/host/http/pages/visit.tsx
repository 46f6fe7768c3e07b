/** @jsxImportSource hono/jsx */
// One visit to a page: who comes, in which language, with what; and what they are sent away with.
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { Host } from '../../host.ts';
import type { Origin } from '../../known-browser.ts';
import type { HostClock } from '../../reply-time.ts';
import type { SessionStatus } from '../../sessions.ts';
import type { HostEnv } from '../env.ts';
import type { Language } from '../../text/language.ts';
import { isLanguage, languageAccepted } from '../text/language.ts';
import { textsIn, type Texts } from '../text/texts.ts';
import { cookiesOf, type Cookies } from './cookies.ts';
import type { Frame } from './frame.ts';
import { parseNotice, printNotice, shownNotice, type Notice } from './notice.ts';

/** What the pages are made from. */
export interface PagesOptions {
  readonly host: Host;
  /** The host's own. */
  readonly clock: HostClock;
  /** Whether the browser's way to here is encrypted. */
  readonly secure: (c: Context<HostEnv>) => boolean;
  /** Where a request comes from. */
  readonly origin: (c: Context<HostEnv>) => Origin;
  /** Shown on the first page, for everybody to try. No secret. */
  readonly demo?:
    | {
        readonly user: string;
        /** With the same password and the same card. */
        readonly administrator: string;
        readonly password: string;
        readonly pin: string;
      }
    | undefined;
}

/** One visit. */
export interface Visit {
  readonly c: Context<HostEnv>;
  readonly cookies: Cookies;
  readonly language: Language;
  readonly text: Texts;
  /** Who is logged in, and by which token. */
  readonly session: SessionStatus | undefined;
  readonly token: string | undefined;
  readonly from: Origin;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the address asks for under a name. */
  readonly query: (name: string) => string | undefined;
  /** Shows a page. What the last step left to say is said on it, once. */
  readonly show: (page: Page, status?: ContentfulStatusCode) => Response | Promise<Response>;
  /** Goes to a page, by GET, with something to say there. */
  readonly go: (path: string, notice?: Notice) => Response;
  /** Puts a new session in place of the one there was: whoever knew the old token knows nothing now. */
  readonly logIn: (session: {
    readonly token: string;
    readonly knownBrowser?: string | undefined;
  }) => Promise<void>;
}

const TEXTS = new Map<Language, Texts>();

function textsOf(language: Language): Texts {
  const texts = TEXTS.get(language) ?? textsIn(language);
  TEXTS.set(language, texts);
  return texts;
}

/** A page, as a function of what it needs to know. */
type Page = (frame: Frame) => HtmlEscapedString | Promise<HtmlEscapedString>;

export async function visitOf(
  c: Context<HostEnv>,
  { host, clock, secure, origin, demo }: PagesOptions,
): Promise<Visit> {
  const cookies = cookiesOf(c, secure(c));
  const token = cookies.get('session');
  const session = token === undefined ? undefined : await host.session(token);
  const now = clock.now();
  const frame = frameOf(c, cookies, now);

  return {
    c,
    cookies,
    language: frame.language,
    text: frame.text,
    session,
    token: session && token,
    from: { ...origin(c), knownBrowser: cookies.get('browser') },
    now,

    query(name) {
      const value = c.req.query(name);
      return value !== undefined && isStorable(value) ? value : undefined;
    },

    show(page, status = 200) {
      const notice = parseNotice(cookies.get('notice'));
      if (notice) cookies.drop('notice');
      return reply(
        c,
        page,
        { ...frame, session, notice: notice && shownNotice(frame.text, notice, demo !== undefined) },
        status,
      );
    },

    go(path, notice) {
      if (notice) cookies.set('notice', printNotice(notice));
      c.header('Cache-Control', 'no-store');
      return c.redirect(path, 303);
    },

    async logIn({ token: fresh, knownBrowser }) {
      if (token !== undefined) await host.logout(token);
      cookies.set('session', fresh);
      cookies.drop('login');
      if (knownBrowser !== undefined) cookies.set('browser', knownBrowser);
    },
  };
}

/** Shows a page that asks the host nothing: it may be what fails. */
export function showAlone(
  c: Context<HostEnv>,
  { clock, secure }: PagesOptions,
  page: Page,
  status: ContentfulStatusCode,
): Response | Promise<Response> {
  return reply(c, page, frameOf(c, cookiesOf(c, secure(c)), clock.now()), status);
}

function frameOf(c: Context<HostEnv>, cookies: Cookies, now: number): Frame {
  const chosen = cookies.get('lang');
  const language = isLanguage(chosen) ? chosen : languageAccepted(c.req.header('accept-language'));
  const { pathname, search } = new URL(c.req.url);
  return {
    language,
    text: textsOf(language),
    // Links begin with it, and `//evil.example` would be another site.
    path: c.req.method === 'GET' ? pathname.replace(/^\/+/, '/') + search : '/',
    session: undefined,
    notice: undefined,
    now,
  };
}

function reply(
  c: Context<HostEnv>,
  page: Page,
  frame: Frame,
  status: ContentfulStatusCode,
): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store');
  c.header('Content-Language', frame.language);
  c.header('Vary', 'Accept-Language, Cookie');
  return c.html(html`<!doctype html>${page(frame)}`, status);
}

/** The longest line any form sends, in characters; what is too long for its purpose is refused by the host. */
const LONGEST_LINE = 2048;

/** Nobody can type U+0000, and PostgreSQL takes it in no text. */
const isStorable = (text: string): boolean => !text.includes('\0');

/** One line of a form; a field that was not sent is empty. */
export const line = z.string().max(LONGEST_LINE).refine(isStorable).default('');
