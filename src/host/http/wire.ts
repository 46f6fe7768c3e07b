// What travels between a client and the API, as types alone: a client needs nothing else of the service.
//
// The schemas are checked against these by a test of types. Times are ISO 8601 in UTC, balances whole USD.
import type { DeviceState } from '../device-life.ts';
import type { HostErrorCode } from '../error.ts';
import type { AuditEventName } from '../audit/event.ts';
import type { Role } from '../store/store.ts';
import type { HttpErrorCode } from './http-error.ts';

/** Why a request was refused. */
export type ProblemCode = HostErrorCode | HttpErrorCode;

/** The body of a refusal, `application/problem+json` (RFC 9457). */
export interface Problem {
  /** Where the code is described. */
  type: string;
  /** The code in words. */
  title: string;
  status: number;
  /** What happened and what to do next. */
  detail: string;
  code: ProblemCode;
  /** For `wrong-response`: how many more answers this login takes. */
  attemptsLeft?: number | undefined;
  /** For `too-many-tries` and `too-many-logins`: when to try again. */
  retryAt?: string | undefined;
}

/** What a login begins with. */
export interface LoginRequest {
  name: string;
  password: string;
  /** What an earlier session gave to keep: strangers' tries do not slow down who has it. */
  knownBrowser?: string | undefined;
}

/** A challenge that waits for the device's response. */
export interface ChallengeShown {
  /** Names the login, or what else is to be confirmed. */
  id: string;
  /** What to type into the device. */
  challenge: string;
  /** The device to type it into. */
  serial: string;
  expiresAt: string;
  attemptsLeft: number;
}

/** A session just opened. */
export interface SessionOpened {
  /** Whoever has it is logged in. */
  token: string;
  user: string;
  /** A restricted session can only get and activate a device. */
  kind: 'full' | 'restricted';
  expiresAt: string;
  /** To be kept and given with the next login of the same user. */
  knownBrowser?: string | undefined;
}

/** What follows a right name and password. */
export type LoginBegun =
  | ({ step: 'challenge' } & ChallengeShown)
  | { step: 'device'; id: string; devices: string[]; expiresAt: string }
  | { step: 'activation'; session: SessionOpened; devices: string[] };

/** Who is logged in. */
export interface SessionShown {
  user: string;
  role: Role;
  kind: 'full' | 'restricted';
  /** The device that confirmed the login. */
  serial?: string | undefined;
  expiresAt: string;
}

/** One of the user's own sessions. */
export interface OpenSessionShown {
  kind: 'full' | 'restricted';
  serial?: string | undefined;
  openedAt: string;
  /** Near the last time it was used. */
  seenAt: string;
  expiresAt: string;
  /** Whether it is the one that asks. */
  current: boolean;
}

/** A new password of one's own. */
export interface PasswordChange {
  /** The one until now. */
  password: string;
  newPassword: string;
}

/** A device, whoever asks. */
interface DeviceFacts {
  serial: string;
  kind: 'card';
  /** The OCRA suite. */
  suite: string;
  state: DeviceState;
  /** Wrong answers since the last right one. */
  wrongInARow: number;
  requestedAt: string;
  mailedAt?: string | undefined;
  activatedAt?: string | undefined;
}

/** A user's own device. */
export interface OwnDeviceShown extends DeviceFacts {
  /** Whether other user names of the same person have it too. */
  shared: boolean;
}

/** A request for a device. */
export interface DeviceRequest {
  pin: string;
  pinAgain: string;
  /** A lost device that it stands in for. */
  replaces?: string | undefined;
}

/** A new PIN, twice. */
export interface PinChange {
  pin: string;
  pinAgain: string;
}

/** A device as an administrator sees it. */
export interface DeviceShown extends DeviceFacts {
  users: string[];
}

/** A user as an administrator sees it. */
export interface UserShown {
  name: string;
  role: Role;
  disabled: boolean;
  balance: number;
  person?: string | undefined;
}

/** A user to add. */
export interface UserToAdd {
  name: string;
  password: string;
  role?: Role | undefined;
  balance?: number | undefined;
  person?: string | undefined;
}

/** What to change of a user; what is left out stays. */
export interface UserChange {
  disabled?: boolean | undefined;
  password?: string | undefined;
  role?: Role | undefined;
  balance?: number | undefined;
  /** `null`: none. */
  person?: string | null | undefined;
}

/** A card to enrol. */
export interface CardToEnrol {
  user: string;
  serial: string;
  /** Hexadecimal. */
  key: string;
  pin: string;
  suite?: string | undefined;
  /** Whether it is on its way by mail rather than in use at once. */
  mailed?: boolean | undefined;
}

/** An entry of the audit trail. */
export interface AuditShown {
  at: string;
  event: AuditEventName;
  user?: string | undefined;
  serial?: string | undefined;
  actor?: string | undefined;
  address?: string | undefined;
  detail?: string | undefined;
  chain: string;
  place: number;
}

/** Users in the order of their names. */
export interface UserList {
  users: UserShown[];
  /** To be given as `after` for more; absent after the last. */
  next?: string | undefined;
}

/** Devices in the order of their serial numbers. */
export interface DeviceList {
  devices: DeviceShown[];
  next?: string | undefined;
}

/** Entries of the audit trail, the newest first. */
export interface AuditList {
  entries: AuditShown[];
  /** To be given as `before` for more; absent after the last. */
  next?: string | undefined;
}
