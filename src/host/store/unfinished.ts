// Which of a user's logins count as begun and not finished.
import type { LoginRecord } from './store.ts';

/** What is asked of a login. */
export type Begun = Pick<LoginRecord, 'issuedAt' | 'finished' | 'expiresAt'>;

/** So many of a user's newest logins are looked at for each that may be unfinished. */
export const LOOKED_AT = 2;

/**
 * When those of a user's newest logins were begun that are not finished, and that no right answer to another came after.
 *
 * @param newest - those within the limit's window, {@link LOOKED_AT} times its number at the most.
 */
export function unfinished(newest: readonly Begun[]): readonly number[] {
  const answeredAt = newest.filter((login) => login.finished).map((login) => login.expiresAt);
  const since = Math.max(...answeredAt);
  return newest.filter((login) => !login.finished && login.issuedAt > since).map((login) => login.issuedAt);
}
