// A login's name: random, so that knowing one says nothing about another.
import { randomBytes } from 'node:crypto';

declare const loginId: unique symbol;

/** Names one login: 16 random bytes in base64url, 22 characters. */
export type LoginId = string & { readonly [loginId]: true };

export function newLoginId(): LoginId {
  return randomBytes(16).toString('base64url') as LoginId;
}

export function isLoginId(text: string): text is LoginId {
  return /^[A-Za-z0-9_-]{22}$/.test(text);
}
