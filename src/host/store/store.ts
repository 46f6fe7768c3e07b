// What the host remembers, and the few ways it may change. Every method is one conditional write or one transaction.
import type { Challenge } from '../challenges.ts';
import type { CardSecrets } from '../factors/digital-security-card.ts';
import type { LoginId } from '../login-id.ts';

export interface UserRecord {
  readonly name: string;
  /** What the password hasher made of the password. */
  readonly password: string;
}

export interface CardRecord extends CardSecrets {
  /** Names the card among all cards. */
  readonly serial: string;
  /** Name of the user it is enrolled for. */
  readonly user: string;
  /** Answers since the last right one; each counts as wrong until it is found to be right. */
  readonly wrongInARow: number;
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

/** An attempt as written down, this one counted; or why it was not. */
export type Attempt =
  | { readonly outcome: 'counted'; readonly attempts: number; readonly wrongInARow: number }
  | { readonly outcome: 'login-ended' }
  | { readonly outcome: 'card-blocked' };

/**
 * Memory behind a host. Each method happens as a whole or not at all, and as if no other one ran beside it: what
 * decides a login (its opening, attempts and end) is asked and changed in one step, never read first and written later.
 */
export interface Store {
  /** Adds a user. False if the name is taken. */
  addUser(user: UserRecord): Promise<boolean>;
  user(name: string): Promise<UserRecord | undefined>;

  /** Adds a card to a user. False if its serial is taken. */
  addCard(card: CardRecord): Promise<boolean>;
  card(serial: string): Promise<CardRecord | undefined>;
  /** The cards of a user, in the order they were enrolled. */
  cardsOf(user: string): Promise<readonly CardRecord[]>;
  /** Sets the card's wrong answers and its user's unfinished logins to none. False if there is no such card. */
  unblock(serial: string): Promise<boolean>;

  /**
   * Adds a login, unless its user began `limit.max` logins within the `limit.window` milliseconds up to `issuedAt` that
   * neither a finished login nor `unblock` came after, or the card has had the challenge before.
   */
  openLogin(login: LoginRecord, limit: { readonly max: number; readonly window: number }): Promise<Opening>;
  login(id: LoginId): Promise<LoginRecord | undefined>;
  /**
   * Counts one more attempt of a login and one more wrong answer of its card, unless the login is finished or has had
   * `perLogin` attempts, or the card stands at `perCard`.
   */
  attempt(id: LoginId, limit: { readonly perLogin: number; readonly perCard: number }): Promise<Attempt>;
  /**
   * Finishes a login and opens its session; sets the card's wrong answers and the user's unfinished logins to none.
   * True for one caller only: false if it is finished already.
   */
  finish(id: LoginId, session: SessionRecord): Promise<boolean>;

  session(tokenHash: string): Promise<SessionRecord | undefined>;
  /** Removes a session, if there is one. */
  endSession(tokenHash: string): Promise<void>;

  /** May drop logins and sessions that expired before `time`. What challenges a card has had is never dropped. */
  forget(time: number): Promise<void>;
}
