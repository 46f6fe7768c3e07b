// A store in a database: SQLite for one machine, PostgreSQL for many.
import { chainBegun, createAuditChain } from '../audit/chain.ts';
import type { AuditEntry } from '../audit/event.ts';
import type { Vault } from '../sealing/vault.ts';
import { GroupCommit } from './group-commit.ts';
import type { Tables } from './schema.ts';
import { newestEntry, sqlAudit, writeEntries } from './sql-audit.ts';
import type { SqlDatabase } from './sql-database.ts';
import { sqlDevices } from './sql-devices.ts';
import { sqlLogins } from './sql-logins.ts';
import { sqlSessions } from './sql-sessions.ts';
import { sqlUpkeep } from './sql-upkeep.ts';
import { sqlUsers } from './sql-users.ts';
import type { Store } from './store.ts';
import { isConflict } from './conflict.ts';
import { isUnavailable } from './unavailable.ts';
import type { Told } from './unit.ts';

/** How long a store is not ready after a write that could not be had, unless one goes well meanwhile; in milliseconds. */
const UNREADY = 10_000;

/**
 * Makes a store in a database that has its tables.
 *
 * @param vault - has the key that links the audit trail.
 * @param now - milliseconds, from anywhere on.
 */
export function createSqlStore(
  database: SqlDatabase<Tables>,
  vault: Vault,
  now: () => number = () => performance.now(),
): Store {
  const { reads, writes } = database;
  let chain = createAuditChain(vault);
  let linked: readonly AuditEntry[] = [];
  /** The last write, if it could not be had: on a full disk reads go on as if nothing were wrong. */
  let unwritten: { readonly at: number; readonly error: unknown } | undefined;
  const writer = new GroupCommit<Tables>(writes, {
    async beforeCommit(transaction, results) {
      const events = (results as readonly Told<unknown>[]).flatMap((told) => told.events);
      const [first] = events;
      if (first && !chain.begun) events.unshift(chainBegun(first.at, await newestEntry(transaction)));
      linked = chain.link(events);
      await writeEntries(transaction, linked);
    },
    afterCommit() {
      unwritten = undefined;
      chain.kept(linked);
    },
    afterRollback(certain, error) {
      if (isUnavailable(error) && !isConflict(error)) unwritten = { at: now(), error };
      // Entries may stand in the trail that this chain does not know of: another goes on, from its own first place.
      if (!certain) chain = createAuditChain(vault);
    },
  });
  const parts = { reads, writer };

  return {
    ...sqlUsers(parts),
    ...sqlDevices(parts),
    ...sqlLogins(parts),
    ...sqlSessions(parts),
    ...sqlAudit(parts),
    ...sqlUpkeep(parts),
    async ping() {
      await database.ping();
      if (unwritten && now() - unwritten.at < UNREADY) throw unwritten.error;
    },
    async close() {
      await writer.close();
      await database.close();
    },
  };
}
