// A database as the store sees it, whichever it is.
import type { Kysely } from 'kysely';

/** An open database with the tables `Tables`. */
export interface SqlDatabase<Tables> {
  /** What only reads: it sees what has been committed, and never a transaction of `writes` that is still open. */
  readonly reads: Kysely<Tables>;
  /** What writes. */
  readonly writes: Kysely<Tables>;
  /** Whether it answers. Rejects if not, or if what is written to it now would be lost. */
  ping(): Promise<void>;
  /** Closes it. What still writes to it is closed first. */
  close(): Promise<void>;
}
