// When a database says: nothing is wrong with this transaction, but another was in its way; try again.

/** PostgreSQL's `serialization_failure` and `deadlock_detected`. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SQLSTATES: ReadonlySet<unknown> = new Set(['40001', '40P01']);

/** SQLite's `SQLITE_BUSY` and `SQLITE_LOCKED`, in the low byte of its extended codes. https://www.sqlite.org/rescode.html */
const SQLITE_CODES: ReadonlySet<number> = new Set([5, 6]);

/** Whether the transaction that ended with this error was surely undone and may be run again. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE_CODES.has(error.errcode & 0xff);
  return 'code' in error && SQLSTATES.has(error.code);
}
