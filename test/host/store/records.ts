// Records for tests of the store, for programs too: nothing here needs a test runner.
import { randomBytes } from 'node:crypto';
import type { Challenge } from '../../../src/host/challenges.ts';
import { newLoginId } from '../../../src/host/login-id.ts';
import { newTimedName, timedHash } from '../../../src/host/timed-name.ts';
import type {
  DeviceRecord,
  LoginRecord,
  RightAnswer,
  SessionRecord,
  Store,
  UserRecord,
} from '../../../src/host/store/store.ts';

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
