// The tables' versions: how a database gets from any older one to the one that this program knows.
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { isConflict } from './conflict.ts';

/**
 * Steps from each version to the next, by name: the version in four digits and what it brings, such as `0001-logins`.
 * A step that was ever released is never changed: databases remember which ones they had.
 */
export type Migrations = Readonly<Record<string, Migration>>;

/** Why the host refuses to work with a database. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  readonly code: 'schema-newer' | 'schema-older';

  constructor(code: SchemaError['code'], found: number, known: number) {
    super(
      code === 'schema-newer'
        ? `database: its tables are of version ${found}, and this program knows them up to ${known}; run the newer program that made them, or give another database`
        : `database: its tables are of version ${found}, and this program needs ${known}; run dsc host migrate`,
    );
    this.code = code;
  }
}

/** Kysely's names for its own tables. */
const APPLIED = 'kysely_migration';
const LOCK = 'kysely_migration_lock';

/** PostgreSQL's way to say that another created the same table at the same moment. */
const ALREADY_THERE: ReadonlySet<unknown> = new Set(['23505', '42P07']);

/** How often hosts that start at the same moment on an empty database may be in each other's way. */
const MOST_TRIES = 5;

/** @returns The version of the tables: 0 for a database without any. */
export async function schemaVersion<Tables>(database: Kysely<Tables>): Promise<number> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === APPLIED)) return 0;
  const { rows } = await sql<{ name: string }>`SELECT name FROM ${sql.table(APPLIED)}`.execute(database);
  return versionOf(rows.map(({ name }) => name));
}

/**
 * Checks that the tables are of the version that this program knows.
 * @throws SchemaError.
 */
export async function requireSchema<Tables>(database: Kysely<Tables>, migrations: Migrations): Promise<void> {
  const found = await schemaVersion(database);
  const known = versionOf(Object.keys(migrations));
  if (found > known) throw new SchemaError('schema-newer', found, known);
  if (found < known) throw new SchemaError('schema-older', found, known);
}

/**
 * Brings the tables to the version that this program knows, in one transaction. Several hosts may do so at once: one
 * does it, and the others wait and find it done.
 * @returns The version before and after.
 * @throws SchemaError when they are newer; the database's error when a step fails, and then nothing has changed.
 */
export async function migrate<Tables>(
  database: Kysely<Tables>,
  migrations: Migrations,
): Promise<{ readonly from: number; readonly to: number }> {
  const known = versionOf(Object.keys(migrations));
  for (let tries = 1; ; tries++) {
    const from = await schemaVersion(database);
    if (from > known) throw new SchemaError('schema-newer', from, known);
    if (from === known) return { from, to: known };
    try {
      await database.transaction().execute((transaction) => migrateIn(transaction, migrations));
      return { from, to: known };
    } catch (error) {
      if (tries === MOST_TRIES || !(isConflict(error) || isAlreadyThere(error))) throw error;
    }
  }
}

async function migrateIn<Tables>(transaction: Kysely<Tables>, migrations: Migrations): Promise<void> {
  await lock(transaction);
  const migrator = new Migrator({
    db: transaction,
    provider: { getMigrations: async () => ({ ...migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** The table is Kysely's, which has its own use for it only in databases that lock in other ways. */
async function lock<Tables>(transaction: Kysely<Tables>): Promise<void> {
  const table = sql.table(LOCK);
  await sql`CREATE TABLE IF NOT EXISTS ${table} (id VARCHAR(255) NOT NULL PRIMARY KEY, is_locked INTEGER DEFAULT 0 NOT NULL)`.execute(
    transaction,
  );
  await sql`INSERT INTO ${table} (id, is_locked) VALUES ('migration_lock', 0) ON CONFLICT (id) DO NOTHING`.execute(
    transaction,
  );
  // Held until the transaction ends.
  await sql`UPDATE ${table} SET is_locked = 0 WHERE id = 'migration_lock'`.execute(transaction);
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ALREADY_THERE.has(error.code);
}

function versionOf(names: readonly string[]): number {
  return Math.max(0, ...names.map((name) => Number.parseInt(name, 10)));
}
