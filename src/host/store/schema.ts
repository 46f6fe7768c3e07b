// The tables behind a host, as the statements see them. `migrations/` makes them.
//
// Times are in milliseconds since 1970, yes and no are 1 and 0, hashes and random ids are bytes: half as long as
// hexadecimal, and there are many of them.
import type { AuditEventName } from '../audit/event.ts';
import type { DeviceState } from '../device-life.ts';
import type { LoginPurpose, Role, SessionRecord } from './store.ts';

/** Yes or no. */
export type Flag = 0 | 1;

export interface UsersTable {
  name: string;
  password: string;
  password_cost: number;
  role: Role;
  disabled: Flag;
  balance: number;
  person: string | null;
  had_factor: Flag;
  /** Logins begun until then do not count as unfinished. */
  forgiven_at: number | null;
}

export interface DevicesTable {
  serial: string;
  kind: 'card';
  suite: string;
  key_hash: Uint8Array | null;
  state: DeviceState;
  requested_at: number;
  mailed_at: number | null;
  activated_at: number | null;
  wrong_in_a_row: number;
  revision: number;
}

/** Which user has which device. */
interface HoldingsTable {
  user_name: string;
  serial: string;
  sealed: string;
  /** Orders the devices of a user: the later it became the user's, the higher. */
  position: number;
}

/** The challenges that a device has had: they stay, and no other row of a login does. */
interface ChallengesTable {
  serial: string;
  challenge: string;
}

export interface LoginsTable {
  id: Uint8Array;
  user_name: string;
  purpose: LoginPurpose;
  serial: string | null;
  challenge: string | null;
  issued_at: number;
  /** Of a finished login, when it was. */
  expires_at: number;
  attempts: number;
  finished: Flag;
  sealed: string | null;
  revision: number | null;
}

export interface SessionsTable {
  token_hash: Uint8Array;
  user_name: string;
  kind: SessionRecord['kind'];
  serial: string | null;
  opened_at: number;
  seen_at: number;
  expires_at: number;
}

export interface StrikesTable {
  subject: string;
  tries: number;
  at: number;
  next_at: number;
}

export interface AuditTable {
  chain: Uint8Array;
  place: number;
  at: number;
  event: AuditEventName;
  user_name: string | null;
  serial: string | null;
  actor: string | null;
  address: string | null;
  detail: string | null;
  key_id: string;
  code: Uint8Array;
}

/** All tables. */
export interface Tables {
  users: UsersTable;
  devices: DevicesTable;
  holdings: HoldingsTable;
  challenges: ChallengesTable;
  logins: LoginsTable;
  sessions: SessionsTable;
  strikes: StrikesTable;
  audit: AuditTable;
}
