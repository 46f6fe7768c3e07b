// SQLite as Node brings it, for Kysely: `DatabaseSync` behind a driver. https://nodejs.org/api/sqlite.html
import { closeSync, openSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { isConflict } from './conflict.ts';
import { placeOfFile, type FilePlace, type LostFileError } from './database-file.ts';
import type { SqlDatabase } from './sql-database.ts';

/** How long a transaction waits for another process's to end, in milliseconds. SQLite's own default is 0. */
const BUSY_TIMEOUT = 5000;

/** How often it looks, in milliseconds. */
const BUSY_PAUSE = 2;

/** Statements kept ready for each connection: more than a host has, unless it writes rows in many different numbers. */
const STATEMENTS_KEPT = 256;

/** How a file is opened. */
interface SqliteSettings {
  /** Whether the file may be removed while it is open: what is in it then lives until it is closed. Default: it may not. */
  readonly mayVanish?: boolean | undefined;
  /** Hears when the file is lost, and of nothing when it is back. Statements are refused in between. */
  readonly onLostFile?: ((lost?: LostFileError) => void) | undefined;
}

/**
 * Opens the database in this file, and makes the file, for its owner only, if there is none. What is committed is on the
 * disk and survives a power cut (journal WAL, synchronous FULL). Reads have a connection of their own.
 * @param file - Its path; `:memory:` is one that goes when it is closed, where reads wait while a transaction is open.
 * @throws Error of SQLite when the file can't be opened or is no database.
 */
export function openSqlite<Tables>(
  file: string,
  { mayVanish = false, onLostFile }: SqliteSettings = {},
): SqlDatabase<Tables> {
  const inMemory = file === ':memory:';
  // SQLite gives its journal the same permissions.
  if (!inMemory) closeSync(openSync(file, 'a', 0o600));
  const place = inMemory || mayVanish ? undefined : placeOfFile(file, { heard: onLostFile });
  // The lock for writing is taken at once: one that is asked for amid a transaction may be refused without waiting.
  const writes = new Kysely<Tables>({
    dialect: new NodeSqliteDialect(() => connect(file), 'begin immediate', place),
  });
  const ping = async (reads: Kysely<Tables>): Promise<void> => {
    place?.look();
    await reads.executeQuery(CompiledQuery.raw('select 1'));
  };
  if (inMemory) return { reads: writes, writes, ping: () => ping(writes), close: () => writes.destroy() };
  // Set up at once, so that the reader finds a WAL and the caller learns of trouble here.
  connect(file).close();
  const reads = new Kysely<Tables>({
    dialect: new NodeSqliteDialect(() => connect(file, 'query_only = ON'), 'begin', place),
  });
  return {
    reads,
    writes,
    ping: () => ping(reads),
    async close() {
      await reads.destroy();
      // The last to close writes the journal into the database.
      await writes.destroy();
    },
  };
}

/**
 * The journal's pages are moved into the database when there are so many, 20 MB of them. SQLite's own 1000 are written in
 * less than a second under load: then pages that change often are moved often, and a third of the answers is lost to it.
 */
const CHECKPOINT = 'wal_autocheckpoint = 10000';

function connect(file: string, ...pragmas: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: true });
  try {
    // From here on the driver waits: SQLite would do so with the whole process standing still.
    for (const pragma of [
      // Of a new file only. A change writes whole pages to the journal, and rows are short: half pages, half the bytes.
      'page_size = 2048',
      'journal_mode = WAL',
      'synchronous = FULL',
      'busy_timeout = 0',
      CHECKPOINT,
      ...pragmas,
    ]) {
      database.exec(`PRAGMA ${pragma}`);
    }
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

class NodeSqliteDialect implements Dialect {
  readonly #open: () => DatabaseSync;
  readonly #begin: string;
  readonly #place: FilePlace | undefined;

  constructor(open: () => DatabaseSync, begin: string, place: FilePlace | undefined) {
    this.#open = open;
    this.#begin = begin;
    this.#place = place;
  }

  createDriver(): Driver {
    return new NodeSqliteDriver(this.#open, this.#begin, this.#place);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new NodeSqliteAdapter();
  }

  createIntrospector(database: Kysely<never>): SqliteIntrospector {
    return new SqliteIntrospector(database);
  }
}

/** Kysely gives out the connection to one at a time. */
class NodeSqliteAdapter extends SqliteAdapter {
  /** SQLite does take changes of tables back with their transaction, so a migration happens whole or not at all. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class NodeSqliteDriver implements Driver {
  readonly #open: () => DatabaseSync;
  readonly #begin: string;
  readonly #place: FilePlace | undefined;
  #connection: NodeSqliteConnection | undefined;

  constructor(open: () => DatabaseSync, begin: string, place: FilePlace | undefined) {
    this.#open = open;
    this.#begin = begin;
    this.#place = place;
  }

  async init(): Promise<void> {
    // SQLite would make a file that is gone anew, without a table.
    this.#place?.look();
    this.#connection = new NodeSqliteConnection(this.#open(), this.#place);
  }

  async acquireConnection(): Promise<NodeSqliteConnection> {
    if (!this.#connection) throw new Error('database: a statement came before it was open; open it first');
    return this.#connection;
  }

  async beginTransaction(connection: NodeSqliteConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(this.#begin));
  }

  async commitTransaction(connection: NodeSqliteConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: NodeSqliteConnection): Promise<void> {
    // After some errors, such as a full disk, SQLite has done so itself.
    if (connection.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#connection?.close();
  }
}

interface Ready {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #place: FilePlace | undefined;
  /** By their SQL, the one that was not used for longest first. */
  readonly #ready = new Map<string, Ready>();

  constructor(database: DatabaseSync, place: FilePlace | undefined) {
    this.#database = database;
    this.#place = place;
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // Not amid a transaction: it began where it may end. Not sooner either: Kysely's lock would never be given back.
    if (!this.inTransaction) this.#place?.check();
    let deadline: number | undefined;
    for (;;) {
      try {
        return this.#run(query);
      } catch (error) {
        if (!isConflict(error)) throw error;
        deadline ??= performance.now() + BUSY_TIMEOUT;
        if (performance.now() > deadline) throw error;
        await setTimeout(BUSY_PAUSE);
      }
    }
  }

  #run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const { statement, returnsRows } = this.#prepare(sql);
    const values = parameters as readonly SQLInputValue[];
    if (returnsRows) return { rows: statement.all(...values) as Row[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    // Not one of those kept ready: another query of the same text would start this one over.
    const rows = this.#database.prepare(sql).iterate(...(parameters as readonly SQLInputValue[]));
    for (const row of rows) yield { rows: [row as Row] };
  }

  close(): void {
    this.#ready.clear();
    this.#database.close();
  }

  #prepare(sql: string): Ready {
    let ready = this.#ready.get(sql);
    if (ready) {
      // Only a full cache needs to know what was used last.
      if (this.#ready.size < STATEMENTS_KEPT) return ready;
      this.#ready.delete(sql);
    } else {
      const statement = this.#database.prepare(sql);
      ready = { statement, returnsRows: statement.columns().length > 0 };
      const [oldest] = this.#ready.keys();
      if (this.#ready.size >= STATEMENTS_KEPT && oldest !== undefined) this.#ready.delete(oldest);
    }
    this.#ready.set(sql, ready);
    return ready;
  }
}
