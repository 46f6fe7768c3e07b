// Sessions: what a finished login gives. The token is the user's alone; the host keeps its hash.
import { createHash, randomBytes } from 'node:crypto';
import type { SessionRecord } from './store/store.ts';

/** Who is logged in. */
export interface SessionStatus {
  readonly user: string;
  /** Milliseconds since 1970; from then on the session is none. */
  readonly expiresAt: number;
}

/** A session just opened. */
export interface Session extends SessionStatus {
  /** 32 random bytes in base64url, 43 characters. Whoever has it is logged in. */
  readonly token: string;
}

const TOKEN_BYTES = 32;

/** A new session, and the record of it that the host keeps. */
export function newSession(user: string, expiresAt: number): { session: Session; record: SessionRecord } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { session: { token, user, expiresAt }, record: { tokenHash: hashToken(token), user, expiresAt } };
}

/**
 * The hash a session is found by, in hexadecimal: who reads the store cannot use what is in it. A token is random, so a
 * plain SHA-256 does; salt and cost are for passwords, which people choose.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
