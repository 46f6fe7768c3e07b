// What all parts of the SQL store write through: a change, its outcome, and what the audit trail is told of it.
import type { Kysely, Transaction } from 'kysely';
import type { AuditEvent } from '../audit/event.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Tables } from './schema.ts';
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

/**
 * Writes a unit of work and tells of its outcome; resolves when both last.
 *
 * @param key - the user whose rows it changes: units run in the order of their keys. Within a unit rows are locked in the
 *   order logins, devices, users, so that hosts rarely wait for each other in a circle.
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
