// When a database says: nothing is wrong with what was asked, but it cannot be had now.
import { isConflict } from './conflict.ts';

/** A store that is being closed takes no more. */
export class StoreClosedError extends Error {
  override readonly name = 'StoreClosedError';
  readonly code = 'store-closed';

  constructor() {
    super('database: it is being closed and takes no more writes; start the host again');
  }
}

/** What the host itself and the system say of a way that leads to no database. */
const WAYS: ReadonlySet<string> = new Set([
  'store-closed',
  'lost-file',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  // Of Node, for a SQLite that is closed already.
  'ERR_INVALID_STATE',
]);

/**
 * PostgreSQL's: connection exceptions, no resources, an operator's shutdown or a statement that took too long, a lock not to
 * be had, a transaction cut for its silence, and a server that only reads, while another takes its place.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SQLSTATES = /^(?:08[0-9A-Z]{3}|53[0-9A-Z]{3}|57014|57P0\d|58030|55P03|25P03|25006)$/;

/**
 * SQLite's file that only reads, I/O error, full disk and file that does not open, beside the conflicts.
 * https://www.sqlite.org/rescode.html
 */
const SQLITE_CODES: ReadonlySet<number> = new Set([8, 10, 13, 14]);

/** What pg, its pool and Kysely say without a code of a connection that broke, is not to be had, or is closed. */
const WORDS: ReadonlySet<string> = new Set([
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
  'driver has already been destroyed',
]);

/** Whether an error is of a database that is out of reach, locked, full or being closed: later, it may serve. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isConflict(error)) return true;
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE_CODES.has(error.errcode & 0xff);
  if (!('code' in error) || error.code === undefined) return WORDS.has(error.message);
  return typeof error.code === 'string' && (WAYS.has(error.code) || SQLSTATES.test(error.code));
}
