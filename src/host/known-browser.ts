// Known browsers: one that its user has logged in with is not slowed down by what strangers try.
//
// After OWASP's device cookies: the cookie proves nothing but an earlier login, and gives its holder a count of wrong tries
// of its own. The host keeps nothing of it; an HMAC binds it to the user.
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { randomBytes } from './random-bytes.ts';
import type { Vault } from './sealing/vault.ts';

/** Where a request comes from, as far as it is known. */
export interface Origin {
  /** The client's address. */
  readonly address?: string | undefined;
  /** What an earlier login gave the browser to keep. */
  readonly knownBrowser?: string | undefined;
}

const NONCE_BYTES = 16;
const TOKEN = /^([a-z0-9]{1,16})\.([A-Za-z0-9_-]{22})\.(\d{1,16})\.([A-Za-z0-9_-]{43})$/;

/** A cookie for a browser that `user` has just logged in with; `at` in milliseconds since 1970. */
export function newKnownBrowser(vault: Vault, user: string, at: number): string {
  const { id, key } = vault.activeKey('browser');
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  return `${id}.${nonce}.${at}.${codeOf(key, nonce, at, user)}`;
}

/** What names the browser, if the cookie is one of this user and not older than `lifetime` milliseconds. */
export function knownBrowser(
  vault: Vault,
  token: string | undefined,
  { user, now, lifetime }: { user: string; now: number; lifetime: number },
): string | undefined {
  const [, id, nonce = '', issued = '', code = ''] = TOKEN.exec(token ?? '') ?? [];
  const derived = id === undefined ? undefined : vault.deriveKey('browser', id);
  const at = Number(issued);
  if (!derived || now - at >= lifetime) return undefined;
  const expected = codeOf(derived.key, nonce, at, user);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(code)) ? nonce : undefined;
}

const codeOf = (key: KeyObject, nonce: string, at: number, user: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([nonce, at, user]))
    .digest('base64url');
