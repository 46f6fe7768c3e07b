// PostgreSQL, and clusters that speak as it does, for Kysely: its own dialect over a pool of connections.
import { Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely';
import { Socket } from 'node:net';
import pg from 'pg';
import type { SqlDatabase } from './sql-database.ts';

/** How long to wait for a connection, in milliseconds. */
const CONNECTION_TIMEOUT = 5000;

/** How long one statement may take, a wait for another's lock included, in milliseconds. */
const STATEMENT_TIMEOUT = 10_000;

/** What a host that has stalled, or is out of reach, may hold up others with an open transaction, in milliseconds. */
const IDLE_IN_TRANSACTION_TIMEOUT = 10_000;

/**
 * On a connection that is used, something comes within the statement's timeout and this, in milliseconds, or the server is
 * out of reach without a word: its machine or the way to it is gone. The system would wait for a quarter of an hour, and
 * the pool with it.
 */
const SILENCE = 5000;

/** How a pool may be. */
interface PoolSettings {
  /** Connections that read, at most; 10 if it is not given. */
  readonly connections?: number;
  /** For statements that take their time, those of migrations: 0 is as long as they need. In milliseconds. */
  readonly statementTimeout?: number;
  /** How much longer than a statement may take the server may say nothing, in milliseconds. */
  readonly silence?: number;
  /** Hears of connections that broke while nobody used them, to log it: the next statement gets a new one. */
  readonly onBrokenConnection?: (error: Error) => void;
}

/** Connections that write: the writer takes one at a time, and must not stand in line behind those who only read. */
const WRITING = 2;

/**
 * Makes two pools of connections, for reads and for writes. None is opened before the first statement, so a database that
 * can't be reached is an error of that one.
 * @param url - `postgres://user:password@machine:port/database`.
 */
export function openPostgres<Tables>(url: string, settings: PoolSettings = {}): SqlDatabase<Tables> {
  const reading = createPool(url, settings);
  const writing = createPool(url, { ...settings, connections: WRITING });
  const reads = new Kysely<Tables>({ dialect: new TableLockedDialect({ pool: reading }) });
  const writes = new Kysely<Tables>({ dialect: new TableLockedDialect({ pool: writing }) });
  return {
    reads,
    writes,
    async ping() {
      await sql`select 1`.execute(reads);
    },
    async close() {
      await Promise.all([reads.destroy(), writes.destroy()]);
      // Kysely leaves a pool alone that it never used.
      await Promise.all([reading, writing].filter(({ ending }) => !ending).map((pool) => pool.end()));
    },
  };
}

function createPool(url: string, settings: PoolSettings): pg.Pool {
  const { connections = 10, statementTimeout = STATEMENT_TIMEOUT, silence = SILENCE } = settings;
  const { onBrokenConnection } = settings;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECTION_TIMEOUT,
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
    keepAlive: true,
    stream: () => heardSocket(statementTimeout === 0 ? 0 : statementTimeout + silence),
    application_name: 'dsc',
    types: { getTypeParser },
  });
  pool.on('error', (error) => onBrokenConnection?.(error));
  // One that breaks while it is used tells so to who waits for its statement; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A socket that breaks when nothing comes for so many milliseconds; 0 is never. */
function heardSocket(silence: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silence, () =>
    socket.destroy(
      Object.assign(new Error('database: does not answer'), { code: 'ETIMEDOUT', syscall: 'read' }),
    ),
  );
}

/** BIGINT as a number, as SQLite gives it. */
const getTypeParser: typeof pg.types.getTypeParser = (type, format) =>
  type === pg.types.builtins.INT8 && format !== 'binary' ? safeInteger : pg.types.getTypeParser(type, format);

/** @throws RangeError for one that a number can't hold: rounded, it would be another. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(
    `database: a whole number is beyond ${Number.MAX_SAFE_INTEGER}; mend the row that holds it`,
  );
}

/** Migrations lock a row of a table: clusters that speak PostgreSQL do not all have its advisory locks. */
class TableLockedDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new TableLockedAdapter();
  }
}

class TableLockedAdapter extends PostgresAdapter {
  /** Nothing: whoever migrates holds the row's lock, and the transaction's end releases it. */
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}
