// Rows as records: null becomes undefined, 1 yes, and bytes text.
import type { Selectable } from 'kysely';
import type { AuditEntry } from '../audit/event.ts';
import type { Challenge } from '../challenges.ts';
import type { LoginId } from '../login-id.ts';
import type { AuditTable, DevicesTable, Flag, LoginsTable, SessionsTable, UsersTable } from './schema.ts';
import type { DeviceRecord, Holding, LoginRecord, SessionRecord, UserRecord } from './store.ts';

/** A holding's row joined with its device's. */
export type HoldingRow = Selectable<DevicesTable> & { user_name: string; sealed: string };

export const flag = (yes: boolean): Flag => (yes ? 1 : 0);

export const hexBytes = (text: string): Buffer => Buffer.from(text, 'hex');

export const idBytes = (id: LoginId): Buffer => Buffer.from(id, 'base64url');

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
  keyHash: row.key_hash ? encoded(row.key_hash, 'hex') : undefined,
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

export const loginRecord = (row: Selectable<LoginsTable>): LoginRecord => ({
  id: encoded(row.id, 'base64url') as LoginId,
  user: row.user_name,
  purpose: row.purpose,
  serial: row.serial ?? undefined,
  challenge: (row.challenge ?? undefined) as Challenge | undefined,
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
  attempts: row.attempts,
  finished: row.finished === 1,
  sealed: row.sealed ?? undefined,
  revision: row.revision ?? undefined,
});

export const sessionRecord = (row: Selectable<SessionsTable>): SessionRecord => ({
  tokenHash: encoded(row.token_hash, 'hex'),
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
  chain: encoded(row.chain, 'hex'),
  place: row.place,
  keyId: row.key_id,
  code: encoded(row.code, 'hex'),
});

/** SQLite gives plain bytes, PostgreSQL a Buffer. */
export function encoded(bytes: Uint8Array, encoding: 'hex' | 'base64url'): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding);
}
