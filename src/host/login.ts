// The ceremony: name and password, then a challenge, then its response, then a session.
import { createChallengeDesk, type Answer, type Login } from './challenge-desk.ts';
import { createCredentialsCheck, type Credentials } from './credentials.ts';
import { isUsable, USABLE } from './device-life.ts';
import { HostError } from './error.ts';
import { hadFactor } from './had-factor.ts';
import type { HostParts } from './host-parts.ts';
import { newKnownBrowser, type Origin } from './known-browser.ts';
import type { LoginId } from './login-id.ts';
import { isSerial } from './serial.ts';
import { newSession, type Session } from './sessions.ts';
import type { Holding, UserRecord } from './store/store.ts';

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

export function createCeremony(parts: HostParts): Ceremony {
  const { clock, store, policy, vault } = parts;
  const desk = createChallengeDesk(parts);
  const checked = createCredentialsCheck(parts);

  return {
    enter: (credentials) =>
      checked(credentials, async (user, holdings, releasedAt) => {
        const usable = holdings.filter(isUsable);
        const devices = usable.map(({ serial }) => serial);
        if (!(await hadFactor(store, user, clock.now()))) {
          const isBlocked = devices.length === 0 && holdings.some(({ state }) => state === 'blocked');
          if (isBlocked) throw new HostError('device-blocked');
          return { step: 'activation', session: await openRestricted(user, credentials), devices };
        }
        const [only] = usable;
        if (!only) throw new HostError(lacking(holdings));
        if (usable.length === 1) {
          const login = await desk.open(only, {
            issuedAt: releasedAt(),
            from: credentials.from,
            ifPassword: user.password,
          });
          return { step: 'challenge', ...login };
        }
        const { id, expiresAt } = await desk.openChoice(user, releasedAt());
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
        return desk.open(usable, {
          issuedAt: releasedAt(),
          from: credentials.from,
          ifPassword: user.password,
        });
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

  async function openRestricted(
    { name: user, password }: UserRecord,
    { from }: Credentials,
  ): Promise<Session> {
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
    const opened = await store.openSession(
      record,
      (opens) =>
        opens ? [{ at: openedAt, event: 'session-opened', user, address, detail: 'restricted' }] : [],
      password,
    );
    if (!opened) throw new HostError('bad-credentials');
    return session;
  }
}

const lacking = (holdings: readonly Holding[]): 'device-blocked' | 'factor-needed' =>
  holdings.some(({ state }) => state === 'blocked') ? 'device-blocked' : 'factor-needed';
