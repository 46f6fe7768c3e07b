// Every kind of store, for tests that hold for each.
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAuditChain } from '../../../src/host/audit/chain.ts';
import { passingKeys } from '../../../src/host/sealing/key-ring.ts';
import { createVault } from '../../../src/host/sealing/vault.ts';
import { MemoryStore } from '../../../src/host/store/memory.ts';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import type { Store } from '../../../src/host/store/store.ts';
import { freshDatabase } from '../postgres.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

export {
  NOW,
  user,
  device,
  login,
  session,
  right,
  newChallenge,
  SILENT,
  UNLIMITED,
  people,
} from './records.ts';

/** Links the audit trails of all stores here. */
export const VAULT = createVault(passingKeys());

/** Opens a store on one new database; again and again, as hosts do that share it. Each is closed after the test. */
type Opener = () => Promise<Store>;

export const MEMORY: Kind = [
  'memory',
  async () => {
    const store = new MemoryStore(createAuditChain(VAULT));
    return async () => store;
  },
];

export type Kind = readonly [name: string, make: () => Promise<Opener>];

/** The databases that several hosts can share. */
export const SHARED: readonly Kind[] = [
  ['a SQLite file', async () => opener(join(temporaryFolder(), 'host.db'))],
  ['PostgreSQL', async () => opener(await freshDatabase())],
];

export const SQL: readonly Kind[] = [...SHARED, ['SQLite in memory', async () => opener(':memory:')]];

export const ALL: readonly Kind[] = [MEMORY, ...SQL];

function opener(database: string): Opener {
  return async () => {
    const store = await openSqlStore({ database, vault: VAULT, migrate: true });
    onTestFinished(() => store.close());
    return store;
  };
}
