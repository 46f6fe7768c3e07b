// Rows as records: null becomes undefined, 1 yes, and bytes text.
import type { Selectable } from 'kysely';
import type { AuditEntry } from '../audit/event.ts';
import type { Challenge } from '../challenges.ts';
import type { LoginId } from '../login-id.ts';
import type { AuditTable, DevicesTable, Flag, LoginsTable, SessionsTable, UsersTable } from './schema.ts';
import type { DeviceRecord, Holding, LoginRecord, SessionRecord, UserRecord } from './store.ts';
import type { Begun } from './unfinished.ts';

/** A holding's row joined with its device's. */
export type HoldingRow = Selectable<DevicesTable> & { user_name: string; sealed: string };

export const flag = (yes: boolean): Flag => (yes ? 1 : 0);

export const hexBytes = (text: string): Buffer => Buffer.from(text, 'hex');

export const userRecord = (row: Selectable<UsersTable>): UserRecord => ({
  name: row.name,
  password: row.password,
  passwordCost: row.password_cost,
  role: row.role,
  disabled: row.disabled === 1,
  balance: row.balance,
  person: row.person ?? undefined,
  hadFactor: row.had_factor === 1,
});

export const deviceRecord = (row: Selectable<DevicesTable>): DeviceRecord => ({
  serial: row.serial,
  kind: row.kind,
  suite: row.suite,
  keyHash: row.key_hash ? hexText(row.key_hash) : undefined,
  state: row.state,
  requestedAt: row.requested_at,
  mailedAt: row.mailed_at ?? undefined,
  activatedAt: row.activated_at ?? undefined,
  wrongInARow: row.wrong_in_a_row,
  revision: row.revision,
});

export const holding = (row: HoldingRow): Holding => ({
  ...deviceRecord(row),
  user: row.user_name,
  sealed: row.sealed,
});

export const loginTimes = (
  row: Pick<Selectable<LoginsTable>, 'issued_at' | 'expires_at' | 'finished'>,
): Begun => ({
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
  finished: row.finished === 1,
});

/** @param id - The row has its hash alone. */
export const loginRecord = (id: LoginId, row: Selectable<LoginsTable>): LoginRecord => ({
  id,
  user: row.user_name,
  purpose: row.purpose,
  serial: row.serial ?? undefined,
  challenge: (row.challenge ?? undefined) as Challenge | undefined,
  ...loginTimes(row),
  attempts: row.attempts,
  sealed: row.sealed ?? undefined,
  revision: row.revision ?? undefined,
});

export const sessionRecord = (row: Selectable<SessionsTable>): SessionRecord => ({
  tokenHash: hexText(row.token_hash),
  user: row.user_name,
  kind: row.kind,
  serial: row.serial ?? undefined,
  openedAt: row.opened_at,
  seenAt: row.seen_at,
  expiresAt: row.expires_at,
});

export const auditEntry = (row: Selectable<AuditTable>): AuditEntry => ({
  at: row.at,
  event: row.event,
  user: row.user_name ?? undefined,
  serial: row.serial ?? undefined,
  actor: (row.actor ?? undefined) as AuditEntry['actor'],
  address: row.address ?? undefined,
  detail: row.detail ?? undefined,
  chain: hexText(row.chain),
  place: row.place,
  keyId: row.key_id,
  code: hexText(row.code),
});

/** SQLite gives plain bytes, or whatever somebody wrote there; PostgreSQL a Buffer. */
export const hexText = (bytes: Uint8Array): string =>
  bytes instanceof Uint8Array
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
    : Buffer.from(String(bytes)).toString('hex');
