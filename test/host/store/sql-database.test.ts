import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../../src/host/store/postgres.ts';
import { openSqlite } from '../../../src/host/store/node-sqlite.ts';
import type { SqlDatabase } from '../../../src/host/store/sql-database.ts';
import { statement } from '../../../src/host/store/statement.ts';
import { blockable } from '../blockable-way.ts';
import { freshDatabase } from '../postgres.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { DATABASES } from './databases.ts';

interface Tables {
  card: { serial: string; wrong: number; key: Uint8Array | null; owner: string | null };
  owner: { name: string };
}

async function withTables(database: SqlDatabase<Tables>): Promise<SqlDatabase<Tables>> {
  await database.writes.schema
    .createTable('owner')
    .addColumn('name', 'text', (name) => name.primaryKey())
    .execute();
  await database.writes.schema
    .createTable('card')
    .addColumn('serial', 'text', (serial) => serial.primaryKey())
    .addColumn('wrong', 'bigint', (wrong) => wrong.notNull())
    .addColumn('key', 'bytea')
    .addColumn('owner', 'text', (owner) => owner.references('owner.name'))
    .execute();
  return database;
}

const CARD = { serial: 'A-1', wrong: 0, key: null, owner: null };

describe.each(DATABASES)('%s', (_kind, make) => {
  test('numbers, bytes and text come back as they went in', async () => {
    const { writes, reads } = await withTables((await make())());
    const key = Uint8Array.of(0, 1, 127, 128, 255);
    const serial = `安全 ' " \\ \u{1F511}`;
    await writes
      .insertInto('card')
      .values({ serial, wrong: Number.MAX_SAFE_INTEGER, key, owner: null })
      .execute();
    const row = await reads.selectFrom('card').selectAll().executeTakeFirstOrThrow();
    expect({ ...row, key: Uint8Array.from(row.key ?? []) }).toEqual({
      serial,
      wrong: 2 ** 53 - 1,
      key,
      owner: null,
    });
    const { count } = await reads
      .selectFrom('card')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(1);
  });

  test('a number too large to be exact is refused, not rounded', async () => {
    const { writes } = await withTables((await make())());
    await writes.insertInto('card').values(CARD).execute();
    await sql`UPDATE card SET wrong = 9007199254740993`.execute(writes);
    await expect(writes.selectFrom('card').select('wrong').execute()).rejects.toThrow(RangeError);
  });

  test('a conditional write says whether it applied', async () => {
    const { writes } = await withTables((await make())());
    await writes.insertInto('card').values(CARD).execute();
    const consume = () =>
      writes.updateTable('card').set({ wrong: 1 }).where('wrong', '=', 0).executeTakeFirstOrThrow();
    expect((await consume()).numUpdatedRows).toBe(1n);
    expect((await consume()).numUpdatedRows).toBe(0n);
    const changed = await writes.updateTable('card').set({ wrong: 2 }).returning('serial').execute();
    expect(changed.map(({ serial }) => serial)).toEqual(['A-1']);
  });

  test('a row must belong to one that is there', async () => {
    const { writes } = await withTables((await make())());
    await expect(
      writes
        .insertInto('card')
        .values({ ...CARD, owner: 'nobody' })
        .execute(),
    ).rejects.toThrow(/foreign key/i);
  });

  test('a read sees nothing of a transaction that is still open', async () => {
    const { reads, writes } = await withTables((await make())());
    const cards = () => reads.selectFrom('card').select('serial').execute();
    await writes.transaction().execute(async (transaction) => {
      await transaction.insertInto('card').values(CARD).execute();
      expect(await cards()).toEqual([]);
    });
    expect(await cards()).toEqual([{ serial: 'A-1' }]);
  });

  test('a transaction that throws leaves nothing behind, and the next one works', async () => {
    const { reads, writes } = await withTables((await make())());
    const broken = writes.transaction().execute(async (transaction) => {
      await transaction.insertInto('card').values(CARD).execute();
      await transaction.insertInto('card').values(CARD).execute();
    });
    await expect(broken).rejects.toThrow(/unique/i);
    expect(await reads.selectFrom('card').selectAll().execute()).toEqual([]);
    await writes
      .transaction()
      .execute((transaction) => transaction.insertInto('card').values(CARD).execute());
    expect(await reads.selectFrom('card').selectAll().execute()).toHaveLength(1);
  });

  test('what was committed is there when the database is opened again', async () => {
    const open = await make();
    const { writes } = await withTables(open());
    await writes.insertInto('card').values(CARD).execute();
    expect(await open<Tables>().reads.selectFrom('card').select('serial').execute()).toEqual([
      { serial: 'A-1' },
    ]);
  });

  test('a prepared statement takes other values each time, in and out of transactions', async () => {
    const { reads, writes } = await withTables((await make())());
    const add = statement<Tables, { serial: string; wrong: number }, unknown>((database, value) =>
      database.insertInto('card').values({ ...CARD, wrong: value('wrong'), serial: value('serial') }),
    );
    const wrongOf = statement<Tables, { serial: string }, { wrong: number }>((database, value) =>
      database
        .selectFrom('card')
        .select('wrong')
        .where('serial', '=', value('serial'))
        .where('wrong', '<', 100),
    );
    for (const serial of ['A', 'B']) await add(writes, { serial, wrong: serial.charCodeAt(0) });
    await writes.transaction().execute((transaction) => add(transaction, { serial: 'z', wrong: 122 }));
    const wrongs = await Promise.all(['A', 'B', 'z', 'none'].map((serial) => wrongOf(reads, { serial })));
    expect(wrongs.map(({ rows }) => rows)).toEqual([[{ wrong: 65 }], [{ wrong: 66 }], [], []]);
  });

  test('more statements than are kept ready all do what they say', async () => {
    const { reads } = (await make())<Tables>();
    const numbers = Array.from({ length: 600 }, (_, number) => number % 400);
    for (const number of numbers) {
      const { rows } = await sql<{
        value: number;
      }>`SELECT CAST(${sql.lit(number)} AS BIGINT) AS value`.execute(reads);
      expect(rows).toEqual([{ value: number }]);
    }
  });
});

test('SQLite may undo a transaction by itself: what is told is why', async () => {
  const database = await withTables(openSqlite<Tables>(join(temporaryFolder(), 'host.db')));
  onTestFinished(() => database.close());
  const broken = database.writes.transaction().execute(async (transaction) => {
    for (let time = 0; time < 2; time++) {
      await sql`INSERT OR ROLLBACK INTO card (serial, wrong) VALUES ('A', 0)`.execute(transaction);
    }
  });
  await expect(broken).rejects.toThrow(/UNIQUE/);
  expect(await database.reads.selectFrom('card').selectAll().execute()).toEqual([]);
});

test('SQLite’s reads may be a transaction, which sees one moment', async () => {
  const database = await withTables(openSqlite<Tables>(join(temporaryFolder(), 'host.db')));
  onTestFinished(() => database.close());
  await database.reads.transaction().execute(async (transaction) => {
    const cards = () => transaction.selectFrom('card').selectAll().execute();
    expect(await cards()).toEqual([]);
    await database.writes.insertInto('card').values(CARD).execute();
    expect(await cards()).toEqual([]);
  });
  expect(await database.reads.selectFrom('card').selectAll().execute()).toEqual([CARD]);
});

test('SQLite gives rows one after another, too', async () => {
  const database = await withTables(openSqlite<Tables>(join(temporaryFolder(), 'host.db')));
  onTestFinished(() => database.close());
  const serials = ['A', 'B', 'C'];
  await database.writes
    .insertInto('card')
    .values(serials.map((serial) => ({ ...CARD, serial })))
    .execute();
  const inOrder = database.reads.selectFrom('card').select('serial').orderBy('serial');
  const seen: string[] = [];
  for await (const { serial } of inOrder.stream()) seen.push(serial);
  expect(seen).toEqual(serials);
});

test('SQLite in memory has the same face, and its reads wait for an open transaction', async () => {
  const database = openSqlite<Tables>(':memory:');
  onTestFinished(() => database.close());
  const { reads, writes } = await withTables(database);
  const events: string[] = [];
  const written = writes.transaction().execute(async (transaction) => {
    await transaction.insertInto('card').values(CARD).execute();
    events.push('written');
  });
  const read = reads.selectFrom('card').selectAll().execute();
  await Promise.all([
    written.then(() => events.push('committed')),
    read.then((rows) => events.push(`read ${rows.length}`)),
  ]);
  expect(events).toEqual(['written', 'committed', 'read 1']);
});

test('SQLite keeps what it commits through a power cut, in files of their owner only', async () => {
  const file = join(temporaryFolder(), 'host.db');
  const database = await withTables(openSqlite<Tables>(file));
  onTestFinished(() => database.close());
  for (const connection of [database.reads, database.writes]) {
    const ask = async (pragma: string) =>
      (await sql<object>`PRAGMA ${sql.raw(pragma)}`.execute(connection)).rows.flatMap((row): unknown[] =>
        Object.values(row),
      );
    expect(await ask('journal_mode')).toEqual(['wal']);
    expect(await ask('synchronous')).toEqual([2]);
    expect(await ask('foreign_keys')).toEqual([1]);
  }
  if (process.platform !== 'win32') {
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600);
  }
  await expect(database.reads.insertInto('card').values(CARD).execute()).rejects.toThrow(/readonly/);
});

test('SQLite waits for the transaction of another, and the process does not stand still', async () => {
  const file = join(temporaryFolder(), 'host.db');
  const one = await withTables(openSqlite<Tables>(file));
  const other = openSqlite<Tables>(file);
  onTestFinished(() => Promise.all([one.close(), other.close()]).then(() => undefined));
  const begun = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const held = one.writes.transaction().execute(async (transaction) => {
    await transaction.insertInto('card').values(CARD).execute();
    begun.resolve();
    await release.promise;
  });
  await begun.promise;
  const events: string[] = [];
  const waiting = other.writes
    .transaction()
    .execute((transaction) => transaction.updateTable('card').set({ wrong: 1 }).execute())
    .then(() => events.push('waited'));
  await setTimeout(20);
  events.push('released');
  release.resolve();
  await Promise.all([held, waiting]);
  expect(events).toEqual(['released', 'waited']);
  expect(await one.reads.selectFrom('card').select('wrong').execute()).toEqual([{ wrong: 1 }]);
});

test('SQLite refuses a file that is no database, and leaves it alone', () => {
  const file = join(temporaryFolder(), 'letter.txt');
  writeFileSync(file, 'Dear Sir or Madam, '.repeat(500));
  expect(() => openSqlite(file)).toThrow(/not a database/);
});

test('connections that break are no end of the process: the next statement gets a new one', async () => {
  const url = await freshDatabase();
  const broken: Error[] = [];
  const database = openPostgres<Tables>(url, {
    connections: 1,
    onBrokenConnection: (error) => broken.push(error),
  });
  const other = openPostgres<Tables>(url);
  onTestFinished(() => Promise.all([database.close(), other.close()]).then(() => undefined));
  const backend = async () =>
    (await sql<{ id: number }>`SELECT pg_backend_pid() AS id`.execute(database.writes)).rows[0]?.id;
  const terminate = async (id: number | undefined) =>
    sql`SELECT pg_terminate_backend(${id})`.execute(other.writes);

  await terminate(await backend());
  await expect.poll(() => broken).toHaveLength(1);
  expect(await backend()).toBeTypeOf('number');

  const used = database.writes.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ id: number }>`SELECT pg_backend_pid() AS id`.execute(transaction);
    await terminate(rows[0]?.id);
    await sql`SELECT 1`.execute(transaction);
  });
  await expect(used).rejects.toThrow(/terminat|not queryable|ECONNRESET/i);
  expect(await backend()).toBeTypeOf('number');
});

test('a statement that takes too long is ended, except where it may take its time', async () => {
  const url = await freshDatabase();
  const hasty = openPostgres<Tables>(url, { statementTimeout: 50 });
  const patient = openPostgres<Tables>(url, { statementTimeout: 0 });
  onTestFinished(() => Promise.all([hasty.close(), patient.close()]).then(() => undefined));
  const sleep = sql`SELECT pg_sleep(0.2)`;
  await expect(sleep.execute(hasty.reads)).rejects.toThrow(/statement timeout/);
  expect((await sleep.execute(patient.reads)).rows).toHaveLength(1);
});

test('a PostgreSQL that is not there is an error of the statement', async () => {
  const database = openPostgres<Tables>('postgres://nobody:secret@127.0.0.1:1/none');
  onTestFinished(() => database.close());
  await expect(database.reads.selectFrom('card').selectAll().execute()).rejects.toThrow('ECONNREFUSED');
});

test('a server that falls silent holds nobody up, and is asked again when it is back', async () => {
  const { url, block } = await blockable(await freshDatabase());
  const database = openPostgres<Tables>(url, { statementTimeout: 100, silence: 400, connections: 1 });
  onTestFinished(() => database.close());
  const ask = () => sql`select 1`.execute(database.reads);
  await ask();
  block(true);
  await expect(ask()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  block(false);
  await expect(ask()).resolves.toMatchObject({ rows: [{}] });
});
