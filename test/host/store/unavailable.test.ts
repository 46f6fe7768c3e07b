import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import { openSqlite } from '../../../src/host/store/node-sqlite.ts';
import { openPostgres } from '../../../src/host/store/postgres.ts';
import { sql } from 'kysely';
import type { Tables } from '../../../src/host/store/schema.ts';
import { createSqlStore } from '../../../src/host/store/sql-store.ts';
import { isUnavailable } from '../../../src/host/store/unavailable.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { ALL, NOW, session, SHARED, SILENT, user, VAULT } from './stores.ts';

const errorOf = (doing: Promise<unknown>): Promise<unknown> =>
  doing.then(
    () => 'nothing',
    (error: unknown) => error,
  );

test.each(SHARED)(
  '%s: a store that is closed is unavailable, to reads and to writes',
  async (_kind, make) => {
    const store = await (await make())();
    await store.user('ann');
    await store.close();
    for (const error of [
      await errorOf(store.user('ann')),
      await errorOf(store.addUser(user('ann'), SILENT)),
      await errorOf(store.seen(session('ann').tokenHash, NOW)),
    ]) {
      expect([error, isUnavailable(error)]).toEqual([expect.any(Error), true]);
    }
  },
);

test.each(ALL)('%s: what is wrong with a statement is no matter of coming again', async (_kind, make) => {
  const store = await (await make())();
  const wrong = () => {
    throw new TypeError('timeout expired, says a fault');
  };
  const error = await errorOf(store.addUser(user('ann'), wrong));
  expect([error, isUnavailable(error)]).toEqual([expect.any(TypeError), false]);
});

test('a PostgreSQL where nobody listens, or who hangs up, is unavailable', async () => {
  const server = createServer((socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const store = createSqlStore(openPostgres(`postgres://dsc@127.0.0.1:${port}/dsc`), VAULT);
  onTestFinished(() => store.close());
  const hungUp = await errorOf(store.ping());
  server.close();
  await once(server, 'close');
  const refused = await errorOf(store.user('ann'));
  const unwritten = await errorOf(store.addUser(user('ann'), SILENT));
  expect([hungUp, refused, unwritten].map(isUnavailable)).toEqual([true, true, true]);
});

test('a SQLite that is full is unavailable; one whose table is missing is a fault', async () => {
  const file = join(temporaryFolder(), 'host.db');
  await (await openSqlStore({ database: file, vault: VAULT, migrate: true })).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA max_page_count = 1');
  const full = await errorOf(
    (async () => {
      for (;;) database.exec('INSERT INTO strikes VALUES (hex(randomblob(500)), 0, 0, 0)');
    })(),
  );
  database.close();
  expect([full, isUnavailable(full)]).toEqual([expect.objectContaining({ errcode: 13 }), true]);

  const { reads, ...opened } = openSqlite<{ nothing: { id: number } }>(file);
  onTestFinished(() => opened.close());
  const missing = await errorOf(reads.selectFrom('nothing').selectAll().execute());
  expect([missing, isUnavailable(missing)]).toEqual([expect.objectContaining({ errcode: 1 }), false]);
});

test.each([
  [8, true],
  [1032, true],
  [10, true],
  [1, false],
  [19, false],
])('code %s of SQLite: %s', (errcode, expected) => {
  const error = Object.assign(new Error('planted'), { code: 'ERR_SQLITE_ERROR', errcode });
  expect(isUnavailable(error)).toBe(expected);
});

test('a store that could not write is not ready, until it has written or some seconds have passed', async () => {
  const file = join(temporaryFolder(), 'host.db');
  await (await openSqlStore({ database: file, vault: VAULT, migrate: true })).close();
  const time = { now: 0 };
  const opened = openSqlite<Tables>(file);
  const store = createSqlStore(opened, VAULT, () => time.now);
  onTestFinished(() => store.close());
  const limit = (pages: number) => sql.raw(`PRAGMA max_page_count = ${pages}`).execute(opened.writes);
  const long = (name: string) => user(name, { password: 'x'.repeat(100_000) });
  await store.ping();

  await limit(1);
  expect(await errorOf(store.addUser(long('ann'), SILENT))).toMatchObject({ errcode: 13 });
  expect(await store.user('ann')).toBeUndefined();
  expect(await errorOf(store.ping())).toMatchObject({ errcode: 13 });
  time.now = 9999;
  await expect(store.ping()).rejects.toThrow();
  time.now = 10_000;
  await store.ping();

  await errorOf(store.addUser(long('ann'), SILENT));
  await expect(store.ping()).rejects.toThrow();
  await limit(1_000_000);
  await store.addUser(long('ann'), SILENT);
  await store.ping();
  // A refusal of the host is no failure of the database.
  await errorOf(store.addUser(long('ann'), SILENT));
  await store.ping();
});

test.each([
  ['57P01', true],
  ['57P03', true],
  ['08006', true],
  ['53100', true],
  ['40001', true],
  ['ECONNREFUSED', true],
  ['23505', false],
  ['42P01', false],
  ['28P01', false],
  ['ENOENT', false],
  [undefined, false],
])('code %s: %s', (code, expected) => {
  expect(isUnavailable(Object.assign(new Error('planted'), { code }))).toBe(expected);
});
