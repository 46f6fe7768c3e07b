/** @jsxImportSource hono/jsx */
// The audit trail, page by page.
import type { AuditEntry } from '../../audit/event.ts';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { link } from './link.ts';

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
  const columns = ['at', 'event', 'user', 'serial', 'actor', 'address', 'detail'] as const;
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
          <table role="table" aria-label={text('trail.table')}>
            <thead role="rowgroup">
              <tr role="row">
                {columns.map((column) => (
                  <th key={column} role="columnheader" scope="col">
                    {text(`trail.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {entries.map((entry) => (
                <tr key={`${entry.chain}.${entry.place}`} role="row">
                  {columns.map((column) => (
                    <td key={column} role="cell" data-label={text(`trail.${column}`)}>
                      <Cell frame={frame} entry={entry} column={column} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
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

type Column = 'at' | 'event' | 'user' | 'serial' | 'actor' | 'address' | 'detail';

function Cell({
  frame,
  entry,
  column,
}: {
  readonly frame: Frame;
  readonly entry: AuditEntry;
  readonly column: Column;
}) {
  const { text } = frame;
  if (column === 'at') {
    const moment = new Date(entry.at).toISOString();
    return <time datetime={moment}>{moment.slice(0, 19).replace('T', ' ')}</time>;
  }
  if (column === 'event') return <>{text(`event.${entry.event}`)}</>;
  const value = entry[column];
  if (value === undefined) return <></>;
  if (column === 'user') return <a href={link('/admin/user', { name: value })}>{value}</a>;
  if (column === 'serial') return <a href={link('/admin/trail', { serial: value })}>{value}</a>;
  // Details are the host's own words.
  return <span lang={column === 'detail' ? 'en' : undefined}>{value}</span>;
}
