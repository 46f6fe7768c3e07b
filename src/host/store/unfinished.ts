// Which of a user's logins count as begun and not finished.
import type { LoginRecord } from './store.ts';

/** What is asked of a login. */
export type Begun = Pick<LoginRecord, 'issuedAt' | 'finished' | 'expiresAt'>;

/**
 * A login begun later than now by more than this, in milliseconds, is of a clock that was ahead and has been set back. It
 * neither counts nor hides those that do. Replies and the clocks of several hosts differ by less.
 */
export const AHEAD = 10_000;

/** A right answer comes within this time of its login's begin, in milliseconds: two lifetimes of a challenge, and more. */
export const ANSWERED_WITHIN = 3_600_000;

/**
 * When those of a user's newest logins were begun that are not finished, the newest first.
 *
 * @param since - what was begun then or earlier does not count; in milliseconds since 1970.
 */
export const unfinished = (newest: readonly Begun[], since: number): readonly number[] =>
  newest.filter((login) => !login.finished && login.issuedAt > since).map((login) => login.issuedAt);

/** A moment that others are measured by, unless it is of a clock that was ahead. */
export const notAhead = (moment: number | null | undefined, now: number): number =>
  moment === null || moment === undefined || moment > now ? -Infinity : moment;
