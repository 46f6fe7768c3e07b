// Forms are taken from our own pages only.
import { Context } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import type { HostEnv } from '../env.ts';

/**
 * Whether what changes something was sent from a page of this site, by what the browser says of it (`Sec-Fetch-Site`,
 * `Origin`), whatever type its body is said to have: a logout has no body that anybody reads. The cookies are
 * `SameSite=Strict` besides; this also covers the login, which needs none.
 *
 * @param secure - whether the browser's way to here is encrypted.
 */
export async function isFromHere(c: Context<HostEnv>, secure: boolean): Promise<boolean> {
  const { host } = new URL(c.req.url);
  const own = `${secure ? 'https' : 'http'}://${c.req.header('host') ?? host}`;
  const headers = new Headers(c.req.raw.headers);
  // The library lets types other than a form's pass: for those a browser asks the site first.
  headers.delete('content-type');
  const { method, url } = c.req;
  try {
    await csrf({ origin: own })(new Context(new Request(url, { method, headers })), async () => {});
    return true;
  } catch (error) {
    if (error instanceof HTTPException) return false;
    throw error;
  }
}
