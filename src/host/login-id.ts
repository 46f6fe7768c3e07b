// A login's name: its time, and so much at random that knowing one says nothing about another.
import { newTimedName, timedHash } from './timed-name.ts';

declare const loginId: unique symbol;

/** Names one login: 6 bytes of time and 16 random ones in base64url, 30 characters. */
export type LoginId = string & { readonly [loginId]: true };

const RANDOM_BYTES = 16;

/** @param at - milliseconds since 1970. */
export const newLoginId = (at: number): LoginId => newTimedName(at, RANDOM_BYTES) as LoginId;

export function isLoginId(text: string): text is LoginId {
  return /^[A-Za-z0-9_-]{30}$/.test(text);
}

/** What stands for it in a database: who reads that finds no id in it, and so answers no login under way. */
export const hashLoginId = (id: LoginId): Buffer => Buffer.from(timedHash(id, RANDOM_BYTES), 'hex');
