// The pages: the Secure Login System as people see it. They work without any script; the one there is makes them handier.
import { Hono } from 'hono';
import type { HostEnv } from '../env.ts';
import { adminRoutes } from './admin-routes.tsx';
import { createAssets } from './assets.ts';
import { failurePages } from './failures.tsx';
import { createGates } from './gates.ts';
import { loginRoutes } from './login-routes.tsx';
import { ownDeviceRoutes } from './own-device-routes.tsx';
import { ownPasswordRoutes } from './own-password-routes.tsx';
import type { PagesOptions } from './visit.tsx';

/**
 * Makes the pages, to be mounted at `/` after everything else: for what nothing answers they show people a page.
 *
 * @example
 * const pages = createPages({ host, clock, secure: isSecure, origin });
 */
export function createPages(options: PagesOptions): Hono<HostEnv> {
  const pages = new Hono<HostEnv>();
  const gates = createGates(options);

  pages.route('/', createAssets());
  pages.use(failurePages(options));
  pages.route('/', loginRoutes(options, gates));
  pages.route('/', ownDeviceRoutes(options, gates));
  pages.route('/', ownPasswordRoutes(options, gates));
  pages.route('/', adminRoutes(options, gates));
  return pages;
}
