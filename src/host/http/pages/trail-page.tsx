/** @jsxImportSource hono/jsx */
// The audit trail, page by page.
import type { AuditEntry } from '../../audit/event.ts';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { link, userPage } from './link.ts';
import { Table } from './table.tsx';

interface TrailProps {
  readonly frame: Frame;
  readonly entries: readonly AuditEntry[];
  /** Of which user or device only. */
  readonly of: { readonly user: string | undefined; readonly serial: string | undefined };
  /** Where older entries begin; undefined if there are none. */
  readonly older: string | undefined;
  readonly isNewest: boolean;
}

export function TrailPage({ frame, entries, of, older, isNewest }: TrailProps) {
  const { text } = frame;
  const name = of.user ?? of.serial;
  return (
    <Layout frame={frame} title={text('trail.title')} width="wide">
      <div class="head">
        <h1>{text('trail.title')}</h1>
        <p class="lead">{text('trail.lead')}</p>
        {name !== undefined && (
          <p>
            {text('trail.of', { name })} <a href="/admin/trail">{text('trail.all')}</a>
          </p>
        )}
      </div>
      {entries.length === 0 ? (
        <p>{text('trail.empty')}</p>
      ) : (
        <div class="sheet table">
          <Table
            label={text('trail.table')}
            columns={['at', 'event', 'user', 'serial', 'actor', 'address', 'detail']}
            nameOf={(column) => text(`trail.${column}`)}
            rows={entries.map(({ at, event, user, serial, actor, address, detail }) => ({
              at: <Second at={at} />,
              event: text(`event.${event}`),
              user: user !== undefined && <a href={userPage(user)}>{user}</a>,
              serial: serial !== undefined && <a href={link('/admin/trail', { serial })}>{serial}</a>,
              actor,
              address,
              // Details are the host's own words.
              detail: detail !== undefined && <span lang="en">{detail}</span>,
            }))}
          />
        </div>
      )}
      <div class="row">
        {!isNewest && <a href={link('/admin/trail', of)}>{text('trail.newest')}</a>}
        {older !== undefined && (
          <a href={link('/admin/trail', { ...of, before: older })}>{text('trail.older')}</a>
        )}
      </div>
    </Layout>
  );
}

function Second({ at }: { readonly at: number }) {
  const moment = new Date(at).toISOString();
  return <time datetime={moment}>{moment.slice(0, 19).replace('T', ' ')}</time>;
}
