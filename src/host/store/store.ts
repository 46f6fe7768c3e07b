// What the host remembers, and the few ways it may change. Every method is one conditional write or one transaction.
import type { Challenge } from '../challenges.ts';
import type { CardCredential } from '../factors/digital-security-card.ts';
import type { LoginId } from '../login-id.ts';

export interface UserRecord {
  readonly name: string;
  /** What the password hasher made of the password. */
  readonly password: string;
}

export interface EnrolledCard extends CardCredential {
  /** Names the card among all cards. */
  readonly serial: string;
  /** Name of the user it is enrolled for. */
  readonly user: string;
  /** Answers found to be wrong since the last right one. */
  readonly wrongInARow: number;
  /** Answers that are being checked; each takes a place among the wrong ones until it is found to be right. */
  readonly pending: number;
}

/** Times are in milliseconds since 1970. */
export interface LoginRecord {
  readonly id: LoginId;
  readonly user: string;
  readonly serial: string;
  readonly challenge: Challenge;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Answers checked, or about to be. */
  readonly attempts: number;
  /** Whether a right answer was given. */
  readonly finished: boolean;
}

export interface SessionRecord {
  readonly tokenHash: string;
  readonly user: string;
  readonly expiresAt: number;
}

/** What became of a login to open. */
export type Opening =
  | { readonly outcome: 'opened' }
  /** The card has had this challenge before. */
  | { readonly outcome: 'challenge-used' }
  | { readonly outcome: 'too-many-logins'; readonly retryAt: number };

/** An attempt as written down, it and all that are being checked counted as wrong; or why it was not. */
export type Attempt =
  | { readonly outcome: 'counted'; readonly attempts: number; readonly wrongInARow: number }
  | { readonly outcome: 'login-ended' | 'card-blocked' | 'card-busy' };

/**
 * Memory behind a host. Each method happens as a whole or not at all, and as if no other one ran beside it: what
 * decides a login (its opening, attempts and end) is asked and changed in one step, never read first and written later.
 */
export interface Store {
  /** Adds a user. False if the name is taken. */
  addUser(user: UserRecord): Promise<boolean>;
  user(name: string): Promise<UserRecord | undefined>;

  /** Adds a card to a user, unless another card has its serial or its `keyHash`. */
  addCard(card: EnrolledCard): Promise<'added' | 'serial-taken' | 'key-taken'>;
  card(serial: string): Promise<EnrolledCard | undefined>;
  /** The cards of a user, in the order they were enrolled. */
  cardsOf(user: string): Promise<readonly EnrolledCard[]>;
  /** Sets the card's wrong and pending answers and its user's unfinished logins to none. False if there is no such card. */
  unblock(serial: string): Promise<boolean>;

  /**
   * Adds a login, unless its user began `limit.max` logins within the `limit.window` milliseconds up to `issuedAt` that
   * neither a finished login nor `unblock` came after, or the card has had the challenge before.
   */
  openLogin(login: LoginRecord, limit: { readonly max: number; readonly window: number }): Promise<Opening>;
  login(id: LoginId): Promise<LoginRecord | undefined>;
  /**
   * Counts one more attempt of a login and one more pending answer of its card. Refuses if the login is finished or has
   * had `perLogin` attempts; if the card has had `perCard` wrong answers: it is blocked; or would have if all pending ones
   * were wrong: it is busy. `fail` or `finish` follows; an answer whose host dies before stays pending.
   */
  attempt(id: LoginId, limit: { readonly perLogin: number; readonly perCard: number }): Promise<Attempt>;
  /** A pending answer of the login's card was wrong. Does nothing if none is pending: a right one came in between. */
  fail(id: LoginId): Promise<void>;
  /**
   * Finishes a login and opens its session; the card has no wrong answers then and one pending less, its user no
   * unfinished logins. True for one caller only: false if it is finished already.
   */
  finish(id: LoginId, session: SessionRecord): Promise<boolean>;

  session(tokenHash: string): Promise<SessionRecord | undefined>;
  /** Removes a session, if there is one. */
  endSession(tokenHash: string): Promise<void>;

  /** May drop logins and sessions that expired before `time`. What challenges a card has had is never dropped. */
  forget(time: number): Promise<void>;
}
