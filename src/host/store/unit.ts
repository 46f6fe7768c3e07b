// What all parts of the SQL store write through: a change, its outcome, and what the audit trail is told of it.
import type { Kysely, Transaction } from 'kysely';
import type { AuditEvent } from '../audit/event.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Tables } from './schema.ts';
import { statement } from './statement.ts';
import type { Telling } from './store.ts';

/** What one unit of work came to. */
export interface Told<Outcome> {
  readonly outcome: Outcome;
  /** Written to the audit trail in the same transaction. */
  readonly events: readonly AuditEvent[];
}

/** What the parts of the SQL store work with. */
export interface SqlParts {
  /** Sees what is committed; not for a unit of work, which would wait for itself where there is one connection. */
  readonly reads: Kysely<Tables>;
  readonly writer: GroupCommit<Tables>;
}

const NOTHING = (): readonly AuditEvent[] => [];

const lockRow = statement<Tables, { name: string }, object>((db, value) =>
  db.selectFrom('users').select('name').where('name', '=', value('name')).forUpdate(),
);

/** Keeps every other unit about this user waiting. Where only one writes at a time, they wait already. */
export async function lockUser(transaction: Transaction<Tables>, name: string): Promise<void> {
  const { supportsMultipleConnections } = transaction.getExecutor().adapter;
  if (supportsMultipleConnections !== false) await lockRow(transaction, { name });
}

/**
 * Writes a unit of work and tells of its outcome; resolves when both last.
 *
 * Units run in the order of their keys. One about a user has the user's name for its key, and locks the user's row before
 * it changes anything else: so two hosts do not wait for each other in a circle, which PostgreSQL would notice only after
 * a second.
 */
export async function write<Outcome>(
  { writer }: SqlParts,
  key: string,
  work: (transaction: Transaction<Tables>) => Promise<Outcome>,
  tell: Telling<Outcome> = NOTHING,
): Promise<Outcome> {
  const told = await writer.write(key, async (transaction): Promise<Told<Outcome>> => {
    const outcome = await work(transaction);
    return { outcome, events: tell(outcome) };
  });
  return told.outcome;
}

/** Writes a unit of work about a user, whose row it locks. */
export function writeFor<Outcome>(
  parts: SqlParts,
  name: string,
  work: (transaction: Transaction<Tables>) => Promise<Outcome>,
  tell?: Telling<Outcome>,
): Promise<Outcome> {
  const locked = async (transaction: Transaction<Tables>): Promise<Outcome> => {
    await lockUser(transaction, name);
    return work(transaction);
  };
  return write(parts, name, locked, tell);
}
