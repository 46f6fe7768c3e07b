// Every kind of store, for tests that hold for each.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAuditChain } from '../../../src/host/audit/chain.ts';
import { passingKeys } from '../../../src/host/sealing/key-ring.ts';
import { createVault } from '../../../src/host/sealing/vault.ts';
import { newLoginId } from '../../../src/host/login-id.ts';
import type { Challenge } from '../../../src/host/challenges.ts';
import { MemoryStore } from '../../../src/host/store/memory.ts';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import type {
  DeviceRecord,
  LoginRecord,
  RightAnswer,
  SessionRecord,
  Store,
  UserRecord,
} from '../../../src/host/store/store.ts';
import { freshDatabase } from '../postgres.ts';
import { newTimedName, timedHash } from '../../../src/host/timed-name.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

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

/** The moment at which these tests happen. */
export const NOW = Date.UTC(2031, 4, 6);

export const user = (name: string, more: Partial<UserRecord> = {}): UserRecord => ({
  name,
  password: `password of ${name}`,
  passwordCost: 1,
  role: 'user',
  disabled: false,
  balance: 0,
  person: undefined,
  hadFactor: false,
  ...more,
});

export const device = (serial: string, more: Partial<DeviceRecord> = {}): DeviceRecord => ({
  serial,
  kind: 'card',
  suite: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1',
  keyHash: randomBytes(32).toString('hex'),
  state: 'active',
  requestedAt: NOW,
  mailedAt: NOW,
  activatedAt: NOW,
  wrongInARow: 0,
  revision: 0,
  ...more,
});

export const login = (name: string, serial: string, more: Partial<LoginRecord> = {}): LoginRecord => ({
  id: newLoginId(NOW),
  user: name,
  purpose: 'login',
  serial,
  challenge: newChallenge(),
  issuedAt: NOW,
  expiresAt: NOW + 120_000,
  attempts: 0,
  finished: false,
  sealed: undefined,
  revision: 0,
  ...more,
});

export const session = (name: string, more: Partial<SessionRecord> = {}): SessionRecord => ({
  tokenHash: timedHash(newTimedName(more.openedAt ?? NOW, 32), 32),
  user: name,
  kind: 'full',
  serial: undefined,
  openedAt: NOW,
  seenAt: NOW,
  expiresAt: NOW + 3_600_000,
  ...more,
});

export const right = (more: Partial<RightAnswer> = {}): RightAnswer => ({
  at: NOW + 1000,
  from: ['active', 'mailed'],
  perLogin: 3,
  perDevice: 5,
  ...more,
});

let challenges = 0;

/** One that no test had before. */
export const newChallenge = (): Challenge => String(challenges++).padStart(6, '0') as Challenge;

/** Nothing for the audit trail. */
export const SILENT = (): readonly [] => [];

/** No limit that a test meets by chance. */
export const UNLIMITED = { max: 1_000_000, window: 1_000_000_000 };

/** Adds users, each with a device of the same name in capitals. */
export async function people(store: Store, ...names: readonly string[]): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      await store.addUser(user(name), SILENT);
      const serial = name.toUpperCase();
      await store.addDevice(device(serial), { user: name, sealed: `1.k1.${serial}` }, SILENT);
    }),
  );
}
