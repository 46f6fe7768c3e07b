// Progressive delay: the more tries went wrong, the longer the next has to wait. Counted before it is known how a try ends.
import { createHash } from 'node:crypto';
import type { Policy } from './policy.ts';

/** Tries of one subject: an address, a user as strangers know it, a known browser. */
export interface Strike {
  /** Tries that did not end well. */
  readonly count: number;
  /** When the last one was made, in milliseconds since 1970. */
  readonly at: number;
  /** The next is refused until then. */
  readonly nextAt: number;
}

/** Whether a try is admitted, or when to try again. */
export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly retryAt: number };

/** How tries are slowed down. */
export type TryLimit = Policy['triesPerUser'];

/**
 * Judges one more try: counts it, unless it comes too early. `free` tries are not delayed; from then on each doubles the
 * pause, from `pause` up to `longest` milliseconds; after `window` milliseconds without a try all is forgotten, but for a
 * pause that lasts longer.
 */
export function admit(
  before: Strike | undefined,
  now: number,
  { free, pause, longest, window }: TryLimit,
): { strike: Strike | undefined; verdict: Admission } {
  // A clock that was set back must not lock anyone out for longer than the longest pause.
  if (before && now < before.nextAt && before.nextAt - now <= longest) {
    return { strike: before, verdict: { admitted: false, retryAt: before.nextAt } };
  }
  const count = before && now - before.at < window ? before.count + 1 : 1;
  const delay = count < free ? 0 : Math.min(pause * 2 ** (count - free), longest);
  return { strike: { count, at: now, nextAt: now + delay }, verdict: { admitted: true } };
}

/** Takes back one try that ended well, of an address that many may share. */
export function forgive(before: Strike | undefined): { strike: Strike | undefined; verdict: undefined } {
  const strike =
    before && before.count > 1 ? { ...before, count: before.count - 1, nextAt: before.at } : undefined;
  return { strike, verdict: undefined };
}

/** Takes back all tries: of one who has proved to be the user. */
export const forgetTries = (): { strike: undefined; verdict: undefined } => ({
  strike: undefined,
  verdict: undefined,
});

/** The name of a subject's strikes: a hash, since what was typed as a name may be a password, or huge. */
export const subjectOf = (kind: 'address' | 'browser' | 'password-change' | 'user', name: unknown): string =>
  `${kind}:${createHash('sha256').update(String(name)).digest('base64url')}`;
