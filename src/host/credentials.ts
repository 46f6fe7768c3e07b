// Name and password, checked: at one reply time, and the slower the more of them were wrong.
import { isName } from './enrolment.ts';
import { HostError } from './error.ts';
import type { HostParts } from './host-parts.ts';
import { knownBrowser, type Origin } from './known-browser.ts';
import { isPassword } from './new-password.ts';
import { atReplyTime } from './reply-time.ts';
import type { Holding, UserRecord } from './store/store.ts';
import { admit, forgetTries, forgive, subjectOf, type TryLimit } from './throttle.ts';

/** What a login begins with. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
  readonly from?: Origin | undefined;
}

/**
 * Checks name and password, and goes on with a user who has them right; everything at reply time.
 * Refuses with `bad-credentials` or `too-many-tries`.
 */
type CredentialsCheck = <T>(
  credentials: Credentials,
  proceed: (user: UserRecord, holdings: readonly Holding[], releasedAt: () => number) => Promise<T>,
) => Promise<T>;

/**
 * How long an expired or finished login is kept, in milliseconds, so that a late answer is told why it is refused: a day.
 * Tries and unfinished logins are kept as long as they count.
 */
const REMEMBERED = 24 * 3_600_000;
/** How long what is known of the dearest password is taken for true, in milliseconds. */
const COST_KNOWN_FOR = 60_000;
/** A record may be raised once while a login is on its way; more often than this, something else is wrong. */
const MOST_TRIES = 3;
/** Checks of one password take differently long; half as much again covers it. */
const MARGIN = 1.5;

export function createCredentialsCheck(parts: HostParts): CredentialsCheck {
  const { clock, store, hasher, policy, vault } = parts;
  const replyTime = createReplyTime(parts);
  const { triesPerUser, triesPerAddress } = policy;
  const remembered = Math.max(
    REMEMBERED,
    policy.unfinishedLogins.window,
    ...[triesPerUser, triesPerAddress].flatMap(({ window, longest }) => [window, longest]),
  );

  return (credentials, proceed) =>
    replyTime(async (releasedAt) => {
      // Beside the login, which neither waits for it nor fails with it: the next one tries again.
      store.forget(clock.now() - remembered).catch(() => {});
      let user = await checkPassword(credentials);
      for (let tries = 1; ; tries++) {
        try {
          return await proceed(user, await store.holdings(user.name), releasedAt);
        } catch (error) {
          const isOther = error instanceof HostError && error.code === 'bad-credentials';
          if (!isOther || tries === MOST_TRIES) throw error;
          user = await checkedAgain(user.name, credentials);
        }
      }
    });

  /**
   * Disabling a user or changing the password ends what was begun before, and nothing is begun with a record that is no
   * longer the user's. The same password may have another record by now, raised to today's cost by another login.
   */
  async function checkedAgain(name: string, { password }: Credentials): Promise<UserRecord> {
    const user = await store.user(name);
    const matches = user && (await hasher.verify(password, user.password));
    if (!matches || user.disabled) throw new HostError('bad-credentials');
    return user;
  }

  /** Hashes once, whatever was entered, and no more than a password: what an observer can measure must not tell. */
  async function checkPassword({ name, password: entered, from }: Credentials): Promise<UserRecord> {
    const subjects = subjectsOf(name, from);
    for (const [subject, limit] of subjects) {
      const admission = await store.strike(subject, (strike) => admit(strike, clock.now(), limit));
      if (!admission.admitted) throw new HostError('too-many-tries', admission);
    }
    const password = isPassword(entered) ? entered : '';
    const user = password && isName(name) ? await store.user(name) : undefined;
    const matches = await hasher.verify(password, user?.password ?? hasher.decoy);
    if (!user || !matches || user.disabled) {
      await store.tell([
        { at: clock.now(), event: 'password-wrong', user: user?.name, address: from?.address },
      ]);
      throw new HostError('bad-credentials');
    }
    for (const [subject, , afterwards] of subjects) await store.strike(subject, afterwards);
    return raiseCost(user, password);
  }

  /** A known browser answers for itself alone; everybody else for the user name and the address. */
  function subjectsOf(name: string, from: Origin = {}): Subject[] {
    const lifetime = policy.knownBrowser;
    const browser = knownBrowser(vault, from.knownBrowser, { user: name, now: clock.now(), lifetime });
    if (browser !== undefined) return [[subjectOf('browser', browser), triesPerUser, forgetTries]];
    const { address } = from;
    const user: Subject = [subjectOf('user', name), triesPerUser, forgetTries];
    return address === undefined ? [user] : [[subjectOf('address', address), triesPerAddress, forgive], user];
  }

  /** A password kept at less than today's cost is hashed anew: only now, at a right one, is it known. */
  async function raiseCost(user: UserRecord, password: string): Promise<UserRecord> {
    if (hasher.costOf(user.password) >= hasher.costOf(hasher.decoy)) return user;
    const raised = await hasher.hash(password);
    const changes = { password: raised, passwordCost: hasher.costOf(raised) };
    const isRaised = await store.changeUser(user.name, changes, () => [], {
      ifPassword: user.password,
      spares: 'everything',
    });
    return isRaised ? { ...user, ...changes } : user;
  }
}

/** Whose strikes a try counts for, how they slow down, and what becomes of them when it ends well. */
type Subject = readonly [name: string, limit: TryLimit, afterwards: typeof forgive];

/** Holds replies back to one time, above what the dearest password there is costs to check. */
function createReplyTime({ clock, store, hasher, policy }: HostParts) {
  let known = { until: -Infinity, time: policy.replyTime };

  return async <T>(work: (releasedAt: () => number) => Promise<T>): Promise<T> => {
    if (clock.now() >= known.until || clock.now() < known.until - COST_KNOWN_FOR) {
      const dearest = Math.max(await store.dearestPassword(), hasher.costOf(hasher.decoy));
      const time = Math.max(policy.replyTime, Math.ceil((await hasher.timeOf(dearest)) * MARGIN));
      known = { until: clock.now() + COST_KNOWN_FOR, time };
    }
    return atReplyTime(clock, known.time, work);
  };
}
