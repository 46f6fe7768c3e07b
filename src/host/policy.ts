// The host's limits. No source gives the real system's, so unless a line says otherwise they are this project's decision.
import { HostError } from './error.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** The most of any limit: in milliseconds a hundred years, so that times reckoned with it stay dates. */
const MOST = 100 * 365 * 24 * HOUR;

/** Limits a host keeps to. Times are in milliseconds; every number is whole, from 1 to a hundred years' milliseconds. */
export interface Policy {
  /** How long a challenge can be answered, from the reply that shows it. Long enough to operate a card twice. */
  readonly challengeLifetime: number;
  /** So many wrong answers end a login. */
  readonly wrongAnswersPerLogin: number;
  /** So many wrong answers in a row, over all its logins, block a device until an administrator unblocks it. */
  readonly wrongAnswersPerDevice: number;
  /**
   * At most `max` logins of one user begun within the last `window` and not finished; a right answer, or an
   * administrator, sets the count to 0.
   *
   * Each login begun shows a challenge. Whoever has the password alone could otherwise begin logins without end, and
   * take as many challenges as they like to someone who holds the card, or wait for one whose response they saw.
   * A right answer clears the count because only the card's owner can give one.
   */
  readonly unfinishedLogins: { readonly max: number; readonly window: number };
  /**
   * Wrong names and passwords, by user as strangers know it and by each browser that the user logged in with before:
   * `free` are not delayed, also those sent at once, from then on each doubles the pause before the next, from `pause` to `longest`; after `window`
   * without any all are forgotten.
   */
  readonly triesPerUser: TryLimit;
  /** The same by address, which many users may share. */
  readonly triesPerAddress: TryLimit;
  /** How long a browser stays known after a login with it. */
  readonly knownBrowser: number;
  /**
   * Every reply to a name and password comes after a whole multiple of this. To hide whether a name is known, one
   * multiple has to be longer than a password's hashing, which took 360 to 540 ms where it was measured. A host whose
   * dearest stored password takes longer than two thirds of it to check takes as much more.
   */
  readonly replyTime: number;
  /**
   * The fewest characters of a password that is given from now on. By default 1, for scripts with made-up users; a service
   * for people asks for 8 at least (OWASP ASVS, NIST SP 800-63B section 5.1.1.2).
   */
  readonly leastPassword: number;
  /** How long a session lasts. NIST SP 800-63B (2017) section 4.2.3 asks for a new login after 12 hours at the latest. */
  readonly sessionLifetime: number;
  /** How long a session lasts that is not used: the same section asks for 30 minutes at the most. */
  readonly sessionIdle: number;
  /** A balance from which on a card can be requested, in whole USD (public help pages of the broker). */
  readonly eligibleBalance: number;
}

/** How tries are slowed down; times in milliseconds. */
interface TryLimit {
  readonly free: number;
  readonly pause: number;
  readonly longest: number;
  readonly window: number;
}

const DEFAULT_POLICY: Policy = {
  challengeLifetime: 120 * SECOND,
  wrongAnswersPerLogin: 3,
  wrongAnswersPerDevice: 5,
  unfinishedLogins: { max: 10, window: 24 * HOUR },
  triesPerUser: { free: 10, pause: SECOND, longest: HOUR / 4, window: HOUR },
  triesPerAddress: { free: 50, pause: SECOND, longest: HOUR / 4, window: HOUR },
  knownBrowser: 180 * 24 * HOUR,
  replyTime: SECOND,
  leastPassword: 1,
  sessionLifetime: 12 * HOUR,
  sessionIdle: HOUR / 2,
  eligibleBalance: 500_000,
};

/**
 * The default policy with some limits changed.
 *
 * @throws {HostError} `bad-policy` for a limit that is no such number, and for one that does not exist: either would be
 *   no limit, and nobody would notice.
 */
export function completePolicy(changes: Partial<Policy> = {}): Policy {
  const policy = { ...DEFAULT_POLICY, ...changes };
  check(policy, DEFAULT_POLICY);
  return policy;
}

/** Refuses what has not the same limits as the model, all the way down. */
function check(limits: object, model: object, path = ''): void {
  const given = new Map(Object.entries(limits));
  for (const [name, standard] of Object.entries(model)) {
    const value: unknown = given.get(name);
    given.delete(name);
    if (typeof standard === 'object') check(Object(value), standard, `${path}${name}.`);
    else if (!isLimit(value)) refuse(`${path}${name} must be a whole number from 1 to ${MOST}; give one`);
  }
  for (const name of given.keys()) refuse(`there is no limit ${path}${name}; leave it out`);
}

const isLimit = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST;

function refuse(reason: string): never {
  throw new HostError('bad-policy', { reason });
}
