// Both kinds of database, for tests that hold for each.
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openPostgres } from '../../../src/host/store/postgres.ts';
import { openSqlite } from '../../../src/host/store/node-sqlite.ts';
import type { SqlDatabase } from '../../../src/host/store/sql-database.ts';
import { freshDatabase } from '../postgres.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** Opens a new, empty database for one test as often as is asked, and closes each after the test. */
export type Opener = <Tables>() => SqlDatabase<Tables>;

/** The kinds of database, by name, each with what makes a new one. */
export const DATABASES: readonly (readonly [string, () => Promise<Opener>])[] = [
  [
    'SQLite',
    async () => {
      const file = join(temporaryFolder(), 'host.db');
      return <Tables>() => closed(openSqlite<Tables>(file));
    },
  ],
  [
    'PostgreSQL',
    async () => {
      const url = await freshDatabase();
      return <Tables>() => closed(openPostgres<Tables>(url));
    },
  ],
];

function closed<Tables>(database: SqlDatabase<Tables>): SqlDatabase<Tables> {
  onTestFinished(() => database.close());
  return database;
}
