/** @jsxImportSource hono/jsx */
// The audit trail, for administrators.
import { Hono } from 'hono';
import type { AuditEntry } from '../../audit/event.ts';
import type { TrailPage as Asked } from '../../store/store.ts';
import type { HostEnv } from '../env.ts';
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

const printPlace = ({ at, chain, place }: AuditEntry): string => `${at}.${chain}.${place}`;

/** Undefined, so the newest, for what is no place. */
function parsePlace(text: string | undefined): Asked['before'] {
  const [, at, chain, place] = /^(\d{1,16})\.([0-9a-f]{16})\.(\d{1,16})$/.exec(text ?? '') ?? [];
  return chain === undefined ? undefined : { at: Number(at), chain, place: Number(place) };
}
