// A login's name: its time, and so much at random that knowing one says nothing about another.
import { randomBytes } from 'node:crypto';

declare const loginId: unique symbol;

/** Names one login: 6 bytes of time and 16 random ones in base64url, 30 characters. */
export type LoginId = string & { readonly [loginId]: true };

const TIME_BYTES = 6;
const RANDOM_BYTES = 16;

/**
 * Logins of one time stand together in a database, as with UUIDs of version 7: those that are begun or answered together
 * change the same few pages.
 *
 * @param at - milliseconds since 1970.
 */
export function newLoginId(at: number): LoginId {
  const bytes = Buffer.allocUnsafe(TIME_BYTES + RANDOM_BYTES);
  // A clock may be set to any time, before 1970 too.
  bytes.writeUIntBE(Math.max(0, Math.trunc(at)) % 2 ** 48, 0, TIME_BYTES);
  randomBytes(RANDOM_BYTES).copy(bytes, TIME_BYTES);
  return bytes.toString('base64url') as LoginId;
}

export function isLoginId(text: string): text is LoginId {
  return /^[A-Za-z0-9_-]{30}$/.test(text);
}
