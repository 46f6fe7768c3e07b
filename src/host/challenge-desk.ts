// The desk where challenges are put to devices and their answers are checked, whatever it is for.
import type { AuditEvent, AuditEventName } from './audit/event.ts';
import type { Challenge } from './challenges.ts';
import { HostError } from './error.ts';
import { digitalSecurityCard } from './factors/digital-security-card.ts';
import { openSecret } from './factors/secret.ts';
import type { HostParts } from './host-parts.ts';
import type { Origin } from './known-browser.ts';
import { isLoginId, newLoginId, type LoginId } from './login-id.ts';
import type { Policy } from './policy.ts';
import type {
  Holding,
  LoginAtDevice,
  LoginPurpose,
  Opening,
  RightAnswer,
  UserRecord,
} from './store/store.ts';

/** A login that waits for the device's response. */
export interface Login {
  readonly id: LoginId;
  /** What to type into the device. */
  readonly challenge: Challenge;
  /** The device to type it into. */
  readonly serial: string;
  /** Milliseconds since 1970; from then on it is too late. */
  readonly expiresAt: number;
  /** How many answers it takes. */
  readonly attemptsLeft: number;
}

/** The response to a login's challenge. */
export interface Answer {
  readonly login: string;
  /** Just the digits, as the device shows them. */
  readonly response: string;
  /** Where it comes from, for the audit trail. */
  readonly from?: Origin | undefined;
}

/** Where challenges are put and answers are checked, whatever for. */
export interface ChallengeDesk {
  /** Opens a login with a challenge for a device. Refuses with `bad-credentials` where the password is not `ifPassword`. */
  open(
    holding: Holding,
    how: {
      readonly issuedAt: number;
      readonly purpose?: LoginPurpose;
      readonly sealed?: string;
      readonly from?: Origin | undefined;
      readonly ifPassword?: string;
    },
  ): Promise<Login>;
  /** Opens a login whose device is to be chosen. Refuses with `bad-credentials` where the password is not the user's. */
  openChoice(
    user: Pick<UserRecord, 'name' | 'password'>,
    issuedAt: number,
  ): Promise<{ id: LoginId; expiresAt: number }>;
  /** Puts a challenge for a device to such a login. */
  put(id: LoginId, holding: Holding, from?: Origin): Promise<Login>;
  /** The login with an id, and its device, if it is for one of these purposes. Refuses with `unknown-login`. */
  find(id: string, purposes: readonly LoginPurpose[]): Promise<LoginAtDevice>;
  /** Checks an answer to a login that was found just now. Resolves if it is right and everything that goes with it is written. */
  answer(
    login: LoginAtDevice,
    { response, from }: Pick<Answer, 'response' | 'from'>,
    right: Pick<RightAnswer, 'from' | 'session' | 'sealed'> & { readonly tell: readonly AuditEvent[] },
  ): Promise<void>;
}

/** How the audit trail tells that one was opened. */
const BEGUN = {
  login: 'login-begun',
  'pin-change': 'pin-change-begun',
  reactivation: 'reactivation-begun',
} as const satisfies Record<LoginPurpose, AuditEventName>;

export function createChallengeDesk({ clock, store, random, policy, vault }: HostParts): ChallengeDesk {
  return {
    async open(holding, { issuedAt, purpose = 'login', sealed, from, ifPassword }) {
      const { user, serial, revision } = holding;
      const expiresAt = issuedAt + policy.challengeLifetime;
      const blank = {
        user,
        purpose,
        serial,
        issuedAt,
        expiresAt,
        attempts: 0,
        finished: false,
        sealed,
        revision,
      };
      const event: AuditEvent = { at: issuedAt, event: BEGUN[purpose], user, serial, address: from?.address };
      for (const challenge of await challengesFor(holding)) {
        const id = newLoginId(issuedAt);
        const opening = await store.openLogin(
          { ...blank, id, challenge },
          { ...policy.unfinishedLogins, ifPassword },
          (opened) => (opened.outcome === 'opened' ? [event] : []),
        );
        if (isOpen(opening)) return shown(id, challenge, holding, expiresAt);
      }
      throw new HostError('challenges-exhausted');
    },

    async openChoice({ name: user, password: ifPassword }, issuedAt) {
      const id = newLoginId(issuedAt);
      const expiresAt = issuedAt + policy.challengeLifetime;
      const none = { serial: undefined, challenge: undefined, sealed: undefined, revision: undefined };
      const opening = await store.openLogin(
        { ...none, id, user, purpose: 'login', issuedAt, expiresAt, attempts: 0, finished: false },
        { ...policy.unfinishedLogins, ifPassword },
        () => [],
      );
      isOpen(opening);
      return { id, expiresAt };
    },

    async put(id, holding, from) {
      const { serial, revision, user } = holding;
      const at = clock.now();
      const expiresAt = at + policy.challengeLifetime;
      for (const challenge of await challengesFor(holding)) {
        const outcome = await store.putChallenge(id, { serial, challenge, revision, expiresAt }, (put) =>
          put === 'put' ? [{ at, event: 'login-begun', user, serial, address: from?.address }] : [],
        );
        if (outcome === 'login-ended') throw new HostError('challenge-put');
        if (outcome === 'put') return shown(id, challenge, holding, expiresAt);
      }
      throw new HostError('challenges-exhausted');
    },

    async find(id, purposes) {
      const login = isLoginId(id) ? await store.loginAtDevice(id) : undefined;
      if (!login || !purposes.includes(login.purpose)) throw new HostError('unknown-login');
      return login;
    },

    async answer(login, { response: text, from: origin }, { tell, ...right }) {
      const address = origin?.address;
      const { id, user, serial, challenge, holding } = login;
      if (serial === undefined || challenge === undefined) throw new HostError('no-challenge');
      if (!holding) throw new HostError('unknown-login');
      const factor = digitalSecurityCard(await openSecret(vault, holding, login.sealed));
      const response = factor.parse(text);
      if (!response) throw new HostError('malformed-response');
      const at = clock.now();
      const { wrongAnswersPerLogin: perLogin, wrongAnswersPerDevice: perDevice } = policy;
      if (login.finished || login.attempts >= perLogin) throw new HostError('login-ended');
      if (at >= login.expiresAt) throw new HostError('challenge-expired');
      if (holding.state === 'blocked') throw new HostError('device-blocked');

      if (!factor.isRight(challenge, response)) {
        const wrong = await store.countWrong(id, { perLogin, perDevice }, (outcome) =>
          outcome.outcome === 'counted'
            ? [
                { at, event: 'answer-wrong', user, serial, address },
                ...(outcome.blocked
                  ? [
                      {
                        at,
                        event: 'device-moved',
                        user,
                        serial,
                        address,
                        detail: 'blocked: wrong answers',
                      } as const,
                    ]
                  : []),
              ]
            : [],
        );
        if (wrong.outcome !== 'counted') throw new HostError(wrong.outcome);
        throw new HostError('wrong-response', { attemptsLeft: attemptsLeft(policy, wrong) });
      }

      const { outcome } = await store.finish(id, { at, perLogin, perDevice, ...right }, (end) =>
        end.outcome === 'finished'
          ? [
              ...tell,
              ...(end.activated
                ? [{ at, event: 'device-moved', user, serial, address, detail: 'active' } as const]
                : []),
            ]
          : [],
      );
      if (outcome !== 'finished') throw new HostError(outcome);
    },
  };

  async function challengesFor(holding: Holding): Promise<Iterable<Challenge>> {
    return digitalSecurityCard(await openSecret(vault, holding)).challenges(random);
  }

  function shown(
    id: LoginId,
    challenge: Challenge,
    { serial, wrongInARow }: Holding,
    expiresAt: number,
  ): Login {
    return {
      id,
      challenge,
      serial,
      expiresAt,
      attemptsLeft: attemptsLeft(policy, { attempts: 0, wrongInARow }),
    };
  }
}

/** False where another challenge may be tried. @throws {HostError} where none may. */
function isOpen(opening: Opening): boolean {
  if (opening.outcome === 'too-many-logins') throw new HostError('too-many-logins', opening);
  if (opening.outcome === 'password-changed') throw new HostError('bad-credentials');
  return opening.outcome === 'opened';
}

/** How many answers a login still takes: no more than are left to its device. */
export const attemptsLeft = (
  { wrongAnswersPerLogin, wrongAnswersPerDevice }: Policy,
  { attempts, wrongInARow }: { readonly attempts: number; readonly wrongInARow: number },
): number => Math.min(wrongAnswersPerLogin - attempts, wrongAnswersPerDevice - wrongInARow);
