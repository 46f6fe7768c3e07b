/** @jsxImportSource hono/jsx */
// The audit trail, for administrators.
import { Hono } from 'hono';
import type { HostEnv } from '../env.ts';
import { parsePlace, printPlace } from '../trail-place.ts';
import type { Gates } from './gates.ts';
import { TrailPage } from './trail-page.tsx';
import type { PagesOptions } from './visit.tsx';

/** Entries on one page. */
const PAGE = 50;

export function trailRoutes({ host }: PagesOptions, { administrator }: Gates): Hono<HostEnv> {
  const pages = new Hono<HostEnv>();
  pages.get(
    '/admin/trail',
    administrator(async ({ query, show }) => {
      const of = { user: query('user'), serial: query('serial') };
      // What is no place shows the newest.
      const before = parsePlace(query('before'));
      const found = await host.trail({ ...of, before, limit: PAGE + 1 });
      const entries = found.slice(0, PAGE);
      const last = found.length > PAGE ? entries.at(-1) : undefined;
      return show((frame) => (
        <TrailPage
          frame={frame}
          entries={entries}
          of={of}
          older={last && printPlace(last)}
          isNewest={before === undefined}
        />
      ));
    }),
  );
  return pages;
}
