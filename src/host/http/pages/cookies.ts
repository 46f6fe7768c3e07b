// The cookies of the pages: none that a script can read, none that another site makes the browser send.
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { HostEnv } from '../env.ts';

/**
 * What a browser keeps, under names with `dsc-` before them: other programs of this machine share its cookies, whatever
 * their port.
 *
 * - `session`: the session's token, until the browser is closed.
 * - `login`: the id of a login, or of another ceremony, that waits for an answer.
 * - `browser`: that a user has logged in here before.
 * - `lang`: the language chosen.
 * - `notice`: what to say on the next page; a code, no text.
 */
type CookieName = 'session' | 'login' | 'browser' | 'lang' | 'notice';

const kept = (name: CookieName): `dsc-${CookieName}` => `dsc-${name}`;

/** Cookies of one request and its reply. */
export interface Cookies {
  get(name: CookieName): string | undefined;
  set(name: CookieName, value: string): void;
  drop(name: CookieName): void;
}

/** In seconds; the others go with the browser's window. The host judges itself how long a browser stays known. */
const AGE: Partial<Record<CookieName, number>> = {
  // As long as browsers keep any cookie (RFC 6265bis, 5.5).
  browser: 400 * 24 * 3600,
  lang: 400 * 24 * 3600,
  notice: 60,
};

/**
 * @param secure - whether the browser's way to here is encrypted. Then the names begin with `__Host-`: no other host and
 *   no unencrypted page can set them (RFC 6265bis, 4.1.3.2).
 */
export function cookiesOf(c: Context<HostEnv>, secure: boolean): Cookies {
  const prefix = secure ? ({ prefix: 'host' } as const) : {};
  const common = { ...prefix, path: '/', httpOnly: true, sameSite: 'Strict', secure } as const;
  return {
    get: (name) => (secure ? getCookie(c, kept(name), 'host') : getCookie(c, kept(name))),
    set(name, value) {
      const maxAge = AGE[name];
      setCookie(c, kept(name), value, { ...common, ...(maxAge !== undefined && { maxAge }) });
    },
    drop: (name) => void deleteCookie(c, kept(name), common),
  };
}
