// The ceremony: name and password, then a challenge, then its response, then a session.
import { createChallengeDesk, type Answer, type Login } from './challenge-desk.ts';
import { isUsable, type DeviceState } from './device-life.ts';
import { isName, isPassword } from './enrolment.ts';
import { HostError } from './error.ts';
import { hadFactor } from './had-factor.ts';
import type { HostParts } from './host-parts.ts';
import { knownBrowser, newKnownBrowser, type Origin } from './known-browser.ts';
import type { LoginId } from './login-id.ts';
import { atReplyTime } from './reply-time.ts';
import { isSerial } from './serial.ts';
import { newSession, type Session } from './sessions.ts';
import type { Holding, UserRecord } from './store/store.ts';
import { admit, forgetTries, forgive, subjectOf, type TryLimit } from './throttle.ts';

/** What a login begins with. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
  readonly from?: Origin | undefined;
}

/** What follows a right name and password. */
export type Entry =
  | ({ readonly step: 'challenge' } & Login)
  /** There are several devices: `choose` one of them. */
  | {
      readonly step: 'device';
      readonly id: LoginId;
      /** Serial numbers, in the order the devices became the user's. */
      readonly devices: readonly string[];
      readonly expiresAt: number;
    }
  /** No device was ever active: a restricted session, to request one, and to activate one that was mailed. */
  | { readonly step: 'activation'; readonly session: Session; readonly devices: readonly string[] };

/** The steps of a login. */
export interface Ceremony {
  /**
   * The first step as a person makes it: a right name and password lead to a challenge, to a choice of devices or, before
   * the first activation, to a restricted session. However it ends, the reply comes after a whole multiple of the reply
   * time.
   * Refuses with `bad-credentials`, `too-many-tries`, `factor-needed`, `device-blocked`, `too-many-logins` or
   * `challenges-exhausted`.
   */
  enter(credentials: Credentials): Promise<Entry>;
  /**
   * Chooses the device of a login that left the choice.
   * Refuses with `unknown-login`, `login-ended`, `challenge-put`, `challenge-expired`, `no-device` or `challenges-exhausted`.
   */
  choose(choice: {
    readonly login: string;
    readonly serial: string;
    readonly from?: Origin | undefined;
  }): Promise<Login>;
  /**
   * The first two steps in one, for scripts: a challenge for the device named or, without a name, for the first one that
   * can be used, also if it was mailed and not yet activated.
   * Refuses as `enter`, and with `no-device`.
   */
  begin(credentials: Credentials & { readonly serial?: string | undefined }): Promise<Login>;
  /**
   * A challenge for a device that was mailed, in the restricted session of its user; `answer` gives a full one.
   * Refuses with `no-device`, `device-blocked`, `too-many-logins` or `challenges-exhausted`.
   */
  activate(user: string, serial: string, from?: Origin): Promise<Login>;
  /**
   * Finishes a login with the device's response, and opens a session. `wrong-response` is counted as an answer and says
   * how many are left; `malformed-response` is not.
   * Refuses, in this order, with `unknown-login`, `no-challenge`, `malformed-response`, `login-ended`,
   * `challenge-expired`, `device-blocked`, `wrong-response` or `device-changed`.
   */
  answer(answer: Answer): Promise<Session>;
}

/**
 * How long an expired login is kept, in milliseconds, so that a late answer is told why it is refused: a day. Tries and
 * unfinished logins are kept as long as they count.
 */
const REMEMBERED = 24 * 3_600_000;
/** How long what is known of the dearest password is taken for true, in milliseconds. */
const COST_KNOWN_FOR = 60_000;
/** Checks of one password take differently long; half as much again covers it. */
const MARGIN = 1.5;

export function createCeremony(parts: HostParts): Ceremony {
  const { clock, store, hasher, policy, vault } = parts;
  const desk = createChallengeDesk(parts);
  const replyTime = createReplyTime(parts);
  const { triesPerUser: perUser, triesPerAddress: perAddress } = policy;
  const remembered = Math.max(
    REMEMBERED,
    policy.unfinishedLogins.window,
    ...[perUser, perAddress].flatMap(({ window, longest }) => [window, longest]),
  );

  return {
    enter: (credentials) =>
      checked(credentials, async (user, holdings, releasedAt) => {
        const usable = holdings.filter(isUsable);
        const devices = usable.map(({ serial }) => serial);
        if (!(await hadFactor(store, user, clock.now()))) {
          const isBlocked = devices.length === 0 && holdings.some(({ state }) => state === 'blocked');
          if (isBlocked) throw new HostError('device-blocked');
          return { step: 'activation', session: await openRestricted(user.name, credentials), devices };
        }
        const [only] = usable;
        if (!only) throw new HostError(lacking(holdings));
        if (usable.length === 1) {
          const login = await desk.open(only, { issuedAt: releasedAt(), from: credentials.from });
          return { step: 'challenge', ...login };
        }
        const { id, expiresAt } = await desk.openChoice(user.name, releasedAt());
        return { step: 'device', id, devices, expiresAt };
      }),

    async choose({ login: id, serial, from }) {
      const login = await desk.find(id, ['login']);
      if (login.challenge !== undefined) throw new HostError('challenge-put');
      if (clock.now() >= login.expiresAt) throw new HostError('challenge-expired');
      const holding = (await store.holdings(login.user)).find((each) => each.serial === serial);
      if (!holding || !isUsable(holding)) throw new HostError('no-device');
      return desk.put(login.id, holding, from);
    },

    begin: ({ serial, ...credentials }) =>
      checked(credentials, async (user, holdings, releasedAt) => {
        const candidates = holdings.filter((holding) => serial === undefined || holding.serial === serial);
        const usable = candidates.find(isUsable);
        if (!usable) {
          if (candidates.some(({ state }) => state === 'blocked')) throw new HostError('device-blocked');
          throw new HostError(serial === undefined && user.hadFactor ? 'factor-needed' : 'no-device');
        }
        return desk.open(usable, { issuedAt: releasedAt(), from: credentials.from });
      }),

    async activate(name, serial, from) {
      const holding = isSerial(serial) ? await store.holding(name, serial) : undefined;
      if (holding?.state === 'blocked') throw new HostError('device-blocked');
      if (holding?.state !== 'mailed') throw new HostError('no-device');
      return desk.open(holding, { issuedAt: clock.now(), from });
    },

    async answer({ login: id, ...answer }) {
      const login = await desk.find(id, ['login']);
      const at = clock.now();
      const expiresAt = at + policy.sessionLifetime;
      const { user, serial } = login;
      const { session, record } = newSession({ user, kind: 'full', serial, openedAt: at, expiresAt });
      await desk.answer(login, answer, {
        from: USABLE,
        session: record,
        tell: [{ at, event: 'login-finished', user, serial, address: answer.from?.address }],
      });
      return { ...session, knownBrowser: newKnownBrowser(vault, user, at) };
    },
  };

  /** Checks name and password, and goes on with a user who has them right; everything at reply time. */
  function checked<T>(
    credentials: Credentials,
    proceed: (user: UserRecord, holdings: readonly Holding[], releasedAt: () => number) => Promise<T>,
  ): Promise<T> {
    return replyTime(async (releasedAt) => {
      // Beside the login, which neither waits for it nor fails with it: the next one tries again.
      store.forget(clock.now() - remembered).catch(() => {});
      const user = await checkPassword(credentials);
      const reply = await proceed(user, await store.holdings(user.name), releasedAt);
      await checkStill(user, credentials);
      return reply;
    });
  }

  /**
   * Disabling a user or changing the password ends what was begun before. What was written only after, by a request on its
   * way, has an id or a token that nobody was told yet: nobody will be.
   */
  async function checkStill(
    { name, password: record }: UserRecord,
    { password }: Credentials,
  ): Promise<void> {
    const user = await store.user(name);
    // The same password may have another record meanwhile, raised to today's cost.
    const matches = user?.password === record || (user && (await hasher.verify(password, user.password)));
    if (!user || !matches || user.disabled) throw new HostError('bad-credentials');
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
    const { triesPerUser, triesPerAddress } = policy;
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

  async function openRestricted(user: string, { from }: Credentials): Promise<Session> {
    const openedAt = clock.now();
    const expiresAt = openedAt + policy.sessionLifetime;
    const { session, record } = newSession({
      user,
      kind: 'restricted',
      serial: undefined,
      openedAt,
      expiresAt,
    });
    const address = from?.address;
    await store.openSession(record, () => [
      { at: openedAt, event: 'session-opened', user, address, detail: 'restricted' },
    ]);
    return session;
  }
}

const USABLE: readonly DeviceState[] = ['active', 'mailed'];

/** Whose strikes a try counts for, how they slow down, and what becomes of them when it ends well. */
type Subject = readonly [name: string, limit: TryLimit, afterwards: typeof forgive];

const lacking = (holdings: readonly Holding[]): 'device-blocked' | 'factor-needed' =>
  holdings.some(({ state }) => state === 'blocked') ? 'device-blocked' : 'factor-needed';

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
