// Which of a user's logins count as begun and not finished.
import type { LoginRecord } from './store.ts';

/** What is asked of a login. */
export type Begun = Pick<LoginRecord, 'issuedAt' | 'finished' | 'expiresAt'>;

/** So many of a user's newest logins are looked at for each that may be unfinished. */
export const LOOKED_AT = 2;

/**
 * When those of a user's newest logins were begun that are not finished, and that no right answer to another came after.
 *
 * @param newest - {@link LOOKED_AT} times as many as may be unfinished.
 * @param since - what was begun then or earlier does not count; in milliseconds since 1970.
 */
export function unfinished(newest: readonly Begun[], since: number): readonly number[] {
  const answeredAt = newest.filter((login) => login.finished).map((login) => login.expiresAt);
  const latest = Math.max(since, ...answeredAt);
  return newest.filter((login) => !login.finished && login.issuedAt > latest).map((login) => login.issuedAt);
}
