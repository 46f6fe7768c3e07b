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
import type { Told } from './unit.ts';

/** Makes a store in a database that has its tables. `vault` has the key that links the audit trail. */
export function createSqlStore(database: SqlDatabase<Tables>, vault: Vault): Store {
  const { reads, writes } = database;
  let chain = createAuditChain(vault);
  let linked: readonly AuditEntry[] = [];
  const writer = new GroupCommit<Tables>(writes, {
    async beforeCommit(transaction, results) {
      const events = (results as readonly Told<unknown>[]).flatMap((told) => told.events);
      const [first] = events;
      if (first && !chain.begun) events.unshift(chainBegun(first.at, await newestEntry(transaction)));
      linked = chain.link(events);
      await writeEntries(transaction, linked);
    },
    afterCommit: () => chain.kept(linked),
    afterRollback(certain) {
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
    ping: () => database.ping(),
    async close() {
      await writer.close();
      await database.close();
    },
  };
}
