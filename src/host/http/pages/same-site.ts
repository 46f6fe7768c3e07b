// Forms are taken from our own pages only.
import type { Context } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import type { HostEnv } from '../env.ts';

/**
 * Whether a form was sent from a page of this site, by what the browser says of it (`Sec-Fetch-Site`, `Origin`). The
 * cookies are `SameSite=Strict` besides; this also covers the login, which needs none.
 *
 * @param secure - whether the browser's way to here is encrypted.
 */
export async function isFromHere(c: Context<HostEnv>, secure: boolean): Promise<boolean> {
  const { host } = new URL(c.req.url);
  const own = `${secure ? 'https' : 'http'}://${c.req.header('host') ?? host}`;
  try {
    await csrf({ origin: own })(c, async () => {});
    return true;
  } catch (error) {
    if (error instanceof HTTPException) return false;
    throw error;
  }
}
