// What the host remembers, and the few ways it may change. Every method is one conditional write or one transaction.
import type { AuditEntry, AuditEvent, ChainHead } from '../audit/event.ts';
import type { Challenge } from '../challenges.ts';
import type { DeviceStanding, DeviceState } from '../device-life.ts';
import type { LoginId } from '../login-id.ts';
import type { Strike } from '../throttle.ts';

/** Who may administer the host. */
export type Role = 'user' | 'administrator';

/** Times are in milliseconds since 1970, here and below. */
export interface UserRecord {
  readonly name: string;
  /** What the password hasher made of the password. */
  readonly password: string;
  /** What the hasher says that the record costs to check; the dearest is looked for. */
  readonly passwordCost: number;
  readonly role: Role;
  readonly disabled: boolean;
  /** Whole USD; says who may request a device. */
  readonly balance: number;
  /** Names the person; user names of one person may share a device. */
  readonly person: string | undefined;
  /** Whether a device of the user was ever active: from then on the password alone opens nothing. */
  readonly hadFactor: boolean;
}

/** What may change of a user. */
export type UserChanges = Partial<Omit<UserRecord, 'name'>>;

/** On what terms a user is changed. */
export interface UserTerms {
  /** What the password must still be for anything to change. */
  readonly ifPassword?: string | undefined;
  /**
   * What goes on although the user is disabled or has another password: a session by its `tokenHash`, or everything, for
   * it is the same password hashed anew. By default nothing does.
   */
  readonly spares?: 'everything' | { readonly tokenHash: string } | undefined;
}

/** A device, whoever has it. */
export interface DeviceRecord extends DeviceStanding {
  /** Names the device among all devices. */
  readonly serial: string;
  /** Its kind of second factor. */
  readonly kind: 'card';
  /** The OCRA suite, as text. */
  readonly suite: string;
  /** The same for keys that give the same responses; undefined until the device is mailed. */
  readonly keyHash: string | undefined;
  readonly requestedAt: number;
  /** Answers found to be wrong since the last right one. */
  readonly wrongInARow: number;
  /**
   * Goes up by one with every change of secrets or state, but for wrong answers, blocks, unblocking and activation. Who
   * read an older revision changes nothing.
   */
  readonly revision: number;
}

/** A device as one of its users has it. */
export interface Holding extends DeviceRecord {
  readonly user: string;
  /** The factor's secret, sealed for this user and device. */
  readonly sealed: string;
}

/** A device's secret as one of its users has it. */
export interface SealedSecret {
  readonly user: string;
  readonly sealed: string;
}

/** A change of a device; what is left out stays. */
export interface DeviceChange {
  readonly state?: DeviceState;
  readonly keyHash?: string;
  readonly mailedAt?: number;
  readonly activatedAt?: number;
  /** 0: the wrong answers are forgiven; as many as block a device: it answers nothing, in whatever state. */
  readonly wrongInARow?: number;
  /** New sealed secrets of its users. */
  readonly secrets?: readonly SealedSecret[];
  /** Whether its users had a factor from now on. */
  readonly hadFactor?: true;
  /** The sessions that its answers opened end, all but the one with the hash `but`. */
  readonly endsSessions?: { readonly but?: string | undefined };
}

/** What a challenge is for. */
export type LoginPurpose = 'login' | 'pin-change' | 'reactivation';

export interface LoginRecord {
  readonly id: LoginId;
  readonly user: string;
  readonly purpose: LoginPurpose;
  /** Undefined until a device is chosen; so is the challenge. */
  readonly serial: string | undefined;
  readonly challenge: Challenge | undefined;
  readonly issuedAt: number;
  /** Of a finished login, when it was. */
  readonly expiresAt: number;
  /** Answers checked. */
  readonly attempts: number;
  /** Whether a right answer was given. */
  readonly finished: boolean;
  /** For a PIN change: the secret with the new PIN, sealed. */
  readonly sealed: string | undefined;
  /** Revision of the device whose secret it was begun with; an answer to an older one is none. */
  readonly revision: number | undefined;
}

/** A login with its device as its user has it: undefined if none is chosen yet, or if the user has it no more. */
export interface LoginAtDevice extends LoginRecord {
  readonly holding: Holding | undefined;
}

export interface SessionRecord {
  /** The token's time and SHA-256, in hexadecimal: in the order in which sessions were opened. */
  readonly tokenHash: string;
  readonly user: string;
  /** A restricted session can only activate a device. */
  readonly kind: 'full' | 'restricted';
  /** The device that confirmed the login; undefined for a restricted session. */
  readonly serial: string | undefined;
  readonly openedAt: number;
  /** Near the last time it was used. */
  readonly seenAt: number;
  readonly expiresAt: number;
}

/** On what terms a login is opened. */
export interface OpeningTerms {
  /** How many the user may have begun and not finished within the `window` milliseconds before. */
  readonly max: number;
  readonly window: number;
  /** What the password must still be, of a user who is not disabled; left out, whoever asks has shown something else. */
  readonly ifPassword?: string | undefined;
}

/** What became of a login to open. */
export type Opening =
  | { readonly outcome: 'opened' }
  /** The password is no longer the one that was checked, or the user is disabled. */
  | { readonly outcome: 'password-changed' }
  /** The device has had this challenge before. */
  | { readonly outcome: 'challenge-used' }
  | { readonly outcome: 'too-many-logins'; readonly retryAt: number };

/** What became of a wrong answer. */
export type Wrong =
  | {
      readonly outcome: 'counted';
      readonly attempts: number;
      readonly wrongInARow: number;
      /** Whether this one blocked the device. */
      readonly blocked: boolean;
    }
  | { readonly outcome: 'login-ended' | 'device-blocked' };

/** What a right answer changes, beyond finishing its login. */
export interface RightAnswer {
  readonly at: number;
  /** The device must be in one of these states. */
  readonly from: readonly DeviceState[];
  readonly perLogin: number;
  readonly perDevice: number;
  /** Opened with it. */
  readonly session?: SessionRecord;
  /** The user's new secret on the device. */
  readonly sealed?: string;
}

/** What became of a right answer; `activated` says that it was the device's first. */
export type Right =
  | { readonly outcome: 'finished'; readonly activated: boolean }
  | { readonly outcome: 'login-ended' | 'challenge-expired' | 'device-blocked' | 'device-changed' };

/** A part of a list in order: `limit` items that come after `after`, from the first if it is left out. */
export interface Page {
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Whose secret it is, and on which device. */
export interface SecretPlace {
  readonly user: string;
  readonly serial: string;
}

/** A part of the audit trail, of everything or of one user or device. */
export interface TrailPage {
  /** The entries older than this one; the newest if it is left out. */
  readonly before?: Pick<AuditEntry, 'at' | 'chain' | 'place'> | undefined;
  readonly limit: number;
  readonly user?: string | undefined;
  readonly serial?: string | undefined;
}

/**
 * Tells the audit trail what a change came to. The events are written together with the change, or not at all; it is
 * called again when the change has to be tried again.
 */
export type Telling<Outcome> = (outcome: Outcome) => readonly AuditEvent[];

/**
 * Memory behind a host. Each method happens as a whole or not at all, and as if no other one ran beside it, on this host
 * or on another: what decides a login is asked and changed in one step, never read first and written later.
 *
 * A change has been written for good when its promise resolves.
 */
export interface Store {
  /** Adds a user. False if the name is taken. */
  addUser(user: UserRecord, tell: Telling<boolean>): Promise<boolean>;
  user(name: string): Promise<UserRecord | undefined>;
  /** Users in the order of their names' code points. */
  users(page: Page): Promise<readonly UserRecord[]>;
  /**
   * Changes a user; false if there is none, or if the password is no longer `ifPassword`. Disabling a user or changing
   * the password ends the user's sessions and unfinished logins, but for what `spares` says.
   */
  changeUser(name: string, changes: UserChanges, tell: Telling<boolean>, terms?: UserTerms): Promise<boolean>;
  /** The highest `passwordCost` there is; 0 without users. */
  dearestPassword(): Promise<number>;

  /**
   * Adds a device with its first user, unless another device has its serial or its `keyHash`. A user who gets an active
   * device has had a factor.
   */
  addDevice(
    device: DeviceRecord,
    secret: SealedSecret,
    tell: Telling<'added' | 'serial-taken' | 'key-taken'>,
  ): Promise<'added' | 'serial-taken' | 'key-taken'>;
  device(serial: string): Promise<DeviceRecord | undefined>;
  /** Devices in the order of their serial numbers' code points. */
  devices(page: Page): Promise<readonly DeviceRecord[]>;
  /** A device as each of its users has it, in the order of their names. */
  holders(serial: string): Promise<readonly Holding[]>;
  /** The devices of a user, in the order they became the user's. */
  holdings(user: string): Promise<readonly Holding[]>;
  /** A device as a user has it. */
  holding(user: string, serial: string): Promise<Holding | undefined>;
  /** Changes a device whose revision is still the one given. */
  changeDevice(
    serial: string,
    revision: number,
    change: DeviceChange,
    tell: Telling<'changed' | 'device-changed' | 'key-taken'>,
  ): Promise<'changed' | 'device-changed' | 'key-taken'>;
  /** Gives a device one more user, who has had a factor then. False if the user has it already, or if it is not active. */
  share(serial: string, secret: SealedSecret, tell: Telling<boolean>): Promise<boolean>;
  /** Takes a device from a user, unless it is the only one who has it. */
  unshare(serial: string, user: string, tell: Telling<boolean>): Promise<boolean>;
  /**
   * Forgets the wrong answers of a device, and that its users have begun logins until `at`. A blocked device is in use
   * again, or mailed if it never was activated. False if there is none.
   */
  unblock(serial: string, at: number, tell: Telling<boolean>): Promise<boolean>;

  /**
   * Adds a login, unless `terms.max` logins count that its user began within the `terms.window` milliseconds up to
   * `issuedAt` (`unfinished.ts`), neither before a right answer nor before `unblock`; the password is no longer
   * `terms.ifPassword`; or the device has had the challenge before.
   */
  openLogin(login: LoginRecord, terms: OpeningTerms, tell: Telling<Opening>): Promise<Opening>;
  login(id: LoginId): Promise<LoginRecord | undefined>;
  /** The same, and its device. */
  loginAtDevice(id: LoginId): Promise<LoginAtDevice | undefined>;
  /** Puts a challenge to a login that has none yet, unless the device has had it before. */
  putChallenge(
    id: LoginId,
    put: {
      readonly serial: string;
      readonly challenge: Challenge;
      readonly revision: number;
      readonly expiresAt: number;
    },
    tell: Telling<'put' | 'challenge-used' | 'login-ended'>,
  ): Promise<'put' | 'challenge-used' | 'login-ended'>;
  /**
   * Counts a wrong answer of a login and of its device, and blocks the device at `perDevice`. Refuses if the login is
   * finished or has had `perLogin` answers, or if the device is in a state that answers nothing or has had `perDevice`
   * wrong answers. A lost device that someone tries to find again does not become blocked, it stays lost.
   */
  countWrong(
    id: LoginId,
    limit: { readonly perLogin: number; readonly perDevice: number },
    tell: Telling<Wrong>,
  ): Promise<Wrong>;
  /**
   * Finishes a login with its right answer; the device has no wrong answers then, and is active. `finished` for one caller
   * only, on all hosts together. Refuses if the login is finished, had `perLogin` answers or has expired; if the device is
   * not in one of the states given, or had `perDevice` wrong answers; or if it changed since the challenge was put to it, or
   * the user has it no more.
   */
  finish(id: LoginId, answer: RightAnswer, tell: Telling<Right>): Promise<Right>;

  /**
   * Opens a session without a login's end: a restricted one. False if the user is disabled or the password is no longer
   * `ifPassword`; left out, neither is asked.
   */
  openSession(session: SessionRecord, tell: Telling<boolean>, ifPassword?: string): Promise<boolean>;
  session(tokenHash: string): Promise<SessionRecord | undefined>;
  /** Sessions of a user, the newest first. */
  sessions(user: string): Promise<readonly SessionRecord[]>;
  /** Notes that a session was used. */
  seen(tokenHash: string, at: number): Promise<void>;
  /** Removes a session. False if there is none. */
  endSession(tokenHash: string, tell: Telling<boolean>): Promise<boolean>;
  /** Removes all sessions of a user but one; says how many. */
  endSessions(user: string, but: string | undefined, tell: Telling<number>): Promise<number>;
  /** Removes all sessions and unfinished logins of a user; says how many sessions. */
  shutOut(user: string, tell: Telling<number>): Promise<number>;

  /**
   * Decides about each subject in one step: what `judge` makes of its strikes is what it has from then on. `judge` is given
   * undefined for a subject without any, and gives undefined to forget it.
   */
  strike<Verdict>(
    subject: string,
    judge: (strike: Strike | undefined) => { readonly strike: Strike | undefined; readonly verdict: Verdict },
  ): Promise<Verdict>;

  /** Writes events that stand for themselves. */
  tell(events: readonly AuditEvent[]): Promise<void>;
  /**
   * Entries of the trail, the newest first; those of one moment by chain and place. That a chain began is told in the
   * chain alone. The entries of a device have the logins of those whom another entry of it names, as enrolment and sharing
   * do.
   */
  trail(asked: TrailPage): Promise<readonly AuditEntry[]>;
  /** The head of every chain, in order of the chains' names. */
  heads(): Promise<readonly ChainHead[]>;
  /** Entries of one chain after a place, in order. */
  chain(name: string, after: number, limit: number): Promise<readonly AuditEntry[]>;

  /** At most `limit` sealed secrets that are not under this master key, by user and serial number, after a place. */
  sealedOtherwise(
    keyId: string,
    page: { readonly after?: SecretPlace | undefined; readonly limit: number },
  ): Promise<readonly (SealedSecret & SecretPlace)[]>;
  /** Puts a sealed secret in another's place if that is still there. */
  reseal(serial: string, user: string, from: string, to: string): Promise<boolean>;

  /**
   * May drop logins and sessions that expired before `time`, and strikes whose last try was before it: strangers can make
   * one for every name they think of. What challenges a device has had is never dropped.
   */
  forget(time: number): Promise<void>;
  /** Whether it answers, and took what was last written; for readiness. Rejects if not. */
  ping(): Promise<void>;
  /** Finishes what is under way. */
  close(): Promise<void>;
}
