// The audit trail in a database.
import {
  sql,
  type AliasedRawBuilder,
  type Insertable,
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
} from 'kysely';
import type { AuditEntry, AuditEventName, ChainHead } from '../audit/event.ts';
import { auditEntry, hexText, hexBytes } from './rows.ts';
import type { AuditTable, Tables } from './schema.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import { write, type SqlParts } from './unit.ts';

/** Rows in one statement; every number of them is a statement of its own, so there are few. */
const SIZES = [64, 16, 4, 1] as const;

const COLUMNS = [
  'chain',
  'place',
  'at',
  'event',
  'user_name',
  'serial',
  'actor',
  'address',
  'detail',
  'key_id',
  'code',
] as const satisfies readonly (keyof AuditTable)[];

/**
 * A number that can be read whatever somebody wrote there: what is beyond exact numbers, or no number, as SQLite allows,
 * is the greatest one. No entry has that, so a check of the trail finds it. To order by the column, and its index, say
 * `audit.place`.
 */
const readable = <Column extends 'place' | 'at'>(column: Column): AliasedRawBuilder<number, Column> =>
  sql<number>`case when ${isReadable(column)} then ${sql.ref(column)} else ${sql.lit(Number.MAX_SAFE_INTEGER)} end`.as(
    column,
  );

/** SQLite orders every text after all numbers. */
const isReadable = (column: 'place' | 'at', most = Number.MAX_SAFE_INTEGER): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} between 0 and ${sql.lit(most)}`;

/** As the index of devices says it, which leaves them out: in the statement itself, or the index does not serve it. */
const OF_EVERY_LOGIN = sql<AuditEventName>`('login-begun', 'login-finished')`;

/** The last moment there is for JavaScript. */
const LAST_MOMENT = 8.64e15;

const TEXTS = COLUMNS.filter((column) => column !== 'place' && column !== 'at');

const insertRows = SIZES.map((size) => ({
  size,
  run: statement<Tables, Record<string, unknown>, object>((db, value) =>
    db
      .insertInto('audit')
      .values(
        Array.from(
          { length: size },
          (_, index) =>
            Object.fromEntries(
              COLUMNS.map((column) => [column, value(`${column}${index}`)]),
            ) as unknown as Insertable<AuditTable>,
        ),
      ),
  ),
}));

/** Writes entries to the trail, in few statements. */
export async function writeEntries(database: Kysely<Tables>, entries: readonly AuditEntry[]): Promise<void> {
  const rows = entries.map(auditRow);
  for (const { size, run } of insertRows) {
    while (rows.length >= size) {
      const values: Record<string, unknown> = {};
      for (const [index, row] of rows.splice(0, size).entries()) {
        for (const column of COLUMNS) values[`${column}${index}`] = row[column];
      }
      await run(database, values);
    }
  }
}

/** The newest entry of the trail, of whatever chain. */
export async function newestEntry(database: Kysely<Tables>): Promise<ChainHead | undefined> {
  const row = await database
    .selectFrom('audit')
    .select(['chain', readable('place'), 'code'])
    .orderBy('at', 'desc')
    .orderBy('chain', 'desc')
    .orderBy('audit.place', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { chain: hexText(row.chain), place: row.place, code: hexText(row.code) };
}

export function sqlAudit(parts: SqlParts): Pick<Store, 'tell' | 'trail' | 'heads' | 'chain'> {
  const { reads } = parts;
  return {
    tell: (events) =>
      write(
        parts,
        '',
        () => Promise.resolve(),
        () => events,
      ),

    async trail({ before, limit, user, serial }) {
      const entries: SelectQueryBuilder<Tables, 'audit', object> =
        serial === undefined
          ? reads.selectFrom('audit')
          : reads.selectFrom(ofDevice(reads, serial).as('audit'));
      let asked = entries
        .select([...TEXTS, 'place', 'at'])
        .where('event', '<>', 'chain-begun')
        // Others could not be shown; the check of the trail tells of them.
        .where(isReadable('at', LAST_MOMENT))
        .where(isReadable('place'))
        .orderBy('at', 'desc')
        .orderBy('chain', 'desc')
        .orderBy('audit.place', 'desc')
        .limit(limit);
      if (user !== undefined) asked = asked.where('user_name', '=', user);
      if (before) {
        const { at, place } = before;
        const chain = hexBytes(before.chain);
        // The first condition says nothing new: it is the one that an index of times serves.
        asked = asked
          .where('at', '<=', at)
          .where((eb) => eb(eb.refTuple('at', 'chain', 'place'), '<', eb.tuple(at, chain, place)));
      }
      return (await asked.execute()).map(auditEntry);
    },

    async heads() {
      const heads = [];
      let after: Uint8Array = new Uint8Array();
      for (;;) {
        // Chain by chain along the key: not every entry is read.
        const head = await reads
          .selectFrom('audit')
          .select(['chain', readable('place'), 'code'])
          .where('chain', '=', (eb) =>
            eb.selectFrom('audit').select(eb.fn.min('chain').as('chain')).where('chain', '>', after),
          )
          .orderBy('audit.place', 'desc')
          .limit(1)
          .executeTakeFirst();
        if (!head) return heads;
        after = head.chain;
        heads.push({ chain: hexText(after), place: head.place, code: hexText(head.code) });
      }
    },

    async chain(name, after, limit) {
      const rows = await reads
        .selectFrom('audit')
        .select([...TEXTS, readable('place'), readable('at')])
        .where('chain', '=', hexBytes(name))
        .where('place', '>', after)
        .orderBy('audit.place')
        .limit(limit)
        .execute();
      return rows.map(auditEntry);
    },
  };
}

/**
 * The entries of a device. Those of logins, most of the trail, stand in the index of users alone; who has had the device, its
 * other entries say.
 */
function ofDevice(reads: Kysely<Tables>, serial: string): SelectQueryBuilder<Tables, 'audit', AuditTable> {
  const entries = reads.selectFrom('audit').where('serial', '=', serial);
  const others = entries.where('event', 'not in', OF_EVERY_LOGIN);
  const logins = entries
    .where('event', 'in', OF_EVERY_LOGIN)
    .where('user_name', 'in', others.select('user_name'));
  return others.selectAll().unionAll(logins.selectAll());
}

const auditRow = (entry: AuditEntry): AuditTable => ({
  chain: hexBytes(entry.chain),
  place: entry.place,
  at: entry.at,
  event: entry.event,
  user_name: entry.user ?? null,
  serial: entry.serial ?? null,
  actor: entry.actor ?? null,
  address: entry.address ?? null,
  detail: entry.detail ?? null,
  key_id: entry.keyId,
  code: hexBytes(entry.code),
});
