// Opens the store in the database that is named: PostgreSQL by its address, SQLite by its file.
import { HostError } from '../error.ts';
import type { Vault } from '../sealing/vault.ts';
import { HOST_SCHEMA } from './host-schema.ts';
import { migrate, requireSchema, SchemaError } from './migrations.ts';
import type { LostFileError } from './database-file.ts';
import { openSqlite } from './node-sqlite.ts';
import { openPostgres } from './postgres.ts';
import type { Tables } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { createSqlStore } from './sql-store.ts';
import type { Store } from './store.ts';

/** Which database, and how. */
export interface SqlStoreOptions {
  /** `postgres://…`, `postgresql://…`, the path of a SQLite file, or `:memory:`. */
  readonly database: string;
  /** Has the key that links the audit trail. */
  readonly vault: Vault;
  /** Whether to make the tables first, or bring them to this version; without it, older ones are refused. */
  readonly migrate?: boolean | undefined;
  /** Hears of PostgreSQL connections that broke while nobody used them, for the log. */
  readonly onBrokenConnection?: ((error: Error) => void) | undefined;
  /** Hears when the SQLite file is lost, removed or replaced, and of nothing when it is back, for the log. */
  readonly onLostFile?: ((lost?: LostFileError) => void) | undefined;
  /** Whether the SQLite file may be removed while it is open. Default: it may not, and nothing is served without it. */
  readonly mayVanish?: boolean | undefined;
}

/**
 * Opens a store. `close` ends its connections. A SQLite file is made, for its owner only, if there is none.
 *
 * @throws {HostError} `newer-schema`, `older-schema`.
 * @throws the database's own error if it can't be opened or reached.
 */
export async function openSqlStore(options: SqlStoreOptions): Promise<Store> {
  const { database, vault } = options;
  const opened = open(database, options);
  try {
    if (options.migrate) await migrate(opened.writes, HOST_SCHEMA);
    else await requireSchema(opened.writes, HOST_SCHEMA);
  } catch (error) {
    await opened.close();
    throw refusal(error);
  }
  return createSqlStore(opened, vault);
}

/**
 * Makes the tables in a database, or brings them to this version; says from which version to which.
 *
 * @throws {HostError} `newer-schema`.
 * @throws the database's own error if it can't be opened or reached, or a step fails: then nothing has changed.
 */
export async function migrateDatabase(
  database: string,
): Promise<{ readonly from: number; readonly to: number }> {
  const opened = open(database, { statementTimeout: 0 });
  try {
    return await migrate(opened.writes, HOST_SCHEMA);
  } catch (error) {
    throw refusal(error);
  } finally {
    await opened.close();
  }
}

function open(
  database: string,
  {
    onBrokenConnection,
    onLostFile,
    mayVanish,
    statementTimeout,
  }: Pick<SqlStoreOptions, 'onBrokenConnection' | 'onLostFile' | 'mayVanish'> & {
    readonly statementTimeout?: number;
  },
): SqlDatabase<Tables> {
  if (!/^postgres(ql)?:\/\//i.test(database)) return openSqlite(database, { onLostFile, mayVanish });
  return openPostgres(database, {
    ...(statementTimeout !== undefined && { statementTimeout }),
    ...(onBrokenConnection && { onBrokenConnection }),
  });
}

const REFUSALS = { 'schema-newer': 'newer-schema', 'schema-older': 'older-schema' } as const;

const refusal = (error: unknown): unknown =>
  error instanceof SchemaError ? new HostError(REFUSALS[error.code], { reason: error.message }) : error;
