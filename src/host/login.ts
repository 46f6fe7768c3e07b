// The ceremony: name and password, then a challenge, then its response, then a session.
import type { Challenge, Random } from './challenges.ts';
import { isName, isPassword } from './enrolment.ts';
import { HostError } from './error.ts';
import { digitalSecurityCard } from './factors/digital-security-card.ts';
import { isLoginId, newLoginId, type LoginId } from './login-id.ts';
import type { PasswordHasher } from './passwords.ts';
import type { Policy } from './policy.ts';
import { atReplyTime, type HostClock } from './reply-time.ts';
import { newSession, type Session } from './sessions.ts';
import type { EnrolledCard, Store, UserRecord } from './store/store.ts';

/** What a login begins with. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
  /** Serial number of the card to use; without it, the first one enrolled that is not blocked. */
  readonly card?: string | undefined;
}

/** A login that waits for the card's response. */
export interface Login {
  readonly id: LoginId;
  /** What to type into the card. */
  readonly challenge: Challenge;
  /** The card to type it into. */
  readonly serial: string;
  /** Milliseconds since 1970; from then on it is too late. */
  readonly expiresAt: number;
  /** How many answers it takes. */
  readonly attemptsLeft: number;
}

/** The response to a login's challenge. */
export interface Answer {
  readonly login: string;
  /** Just the digits, as the card shows them. */
  readonly response: string;
}

/** What the ceremony works with. */
interface CeremonyParts {
  readonly clock: HostClock;
  readonly store: Store;
  readonly random: Random;
  readonly hasher: PasswordHasher;
  readonly policy: Policy;
}

/** The two steps of a login. */
export interface Ceremony {
  /**
   * Begins a login: for a right name and password, a challenge for the user's card. However it ends, the reply comes
   * after a whole multiple of the policy's reply time.
   * Refuses with `bad-credentials`, `no-card`, `card-blocked`, `too-many-logins` or `challenges-exhausted`.
   */
  begin(credentials: Credentials): Promise<Login>;
  /**
   * Finishes a login with the card's response, and opens a session. `wrong-response` is counted as an answer and says how
   * many are left; `malformed-response` and `card-busy` are not.
   * Refuses, in this order, with `unknown-login`, `malformed-response`, `login-ended`, `challenge-expired`,
   * `card-blocked`, `card-busy` or `wrong-response`.
   */
  answer(answer: Answer): Promise<Session>;
}

/** How long an expired login is kept, in milliseconds, so that a late answer is told why it is refused: a day. */
const REMEMBERED = 24 * 3_600_000;

export function createCeremony({ clock, store, random, hasher, policy }: CeremonyParts): Ceremony {
  return {
    begin: ({ name, password, card }) =>
      atReplyTime(clock, policy.replyTime, async (releasedAt) => {
        await store.forget(clock.now() - REMEMBERED);
        const user = await checkPassword(name, password);
        const chosen = chooseCard(await store.cardsOf(user.name), card);
        return open(chosen, releasedAt());
      }),

    async answer({ login: id, response: text }) {
      const login = isLoginId(id) ? await store.login(id) : undefined;
      const card = login && (await store.card(login.serial));
      if (!card) throw new HostError('unknown-login');
      const factor = digitalSecurityCard(card);
      const response = factor.parse(text);
      if (!response) throw new HostError('malformed-response');
      if (login.finished || login.attempts >= policy.wrongAnswersPerLogin) throw new HostError('login-ended');
      if (clock.now() >= login.expiresAt) throw new HostError('challenge-expired');

      // Written before the check: of a thousand answers sent at once, no more are checked than of as many in a row.
      const attempt = await store.attempt(login.id, {
        perLogin: policy.wrongAnswersPerLogin,
        perCard: policy.wrongAnswersPerCard,
      });
      if (attempt.outcome !== 'counted') throw new HostError(attempt.outcome);
      let isRight = false;
      try {
        isRight = factor.isRight(login.challenge, response);
      } finally {
        // An answer that could not be checked counts as well: none may stay pending.
        if (!isRight) await store.fail(login.id);
      }
      if (!isRight) throw new HostError('wrong-response', { attemptsLeft: attemptsLeft(attempt) });

      const { session, record } = newSession(login.user, clock.now() + policy.sessionLifetime);
      if (!(await store.finish(login.id, record))) throw new HostError('login-ended');
      return session;
    },
  };

  /** Hashes once whatever was entered, and no more than a password: what an observer can measure must not tell. */
  async function checkPassword(name: string, entered: string): Promise<UserRecord> {
    const password = isPassword(entered) ? entered : '';
    const user = password && isName(name) ? await store.user(name) : undefined;
    const matches = await hasher.verify(password, user?.password ?? hasher.decoy);
    if (!user || !matches) throw new HostError('bad-credentials');
    return user;
  }

  function chooseCard(cards: readonly EnrolledCard[], serial: string | undefined): EnrolledCard {
    const candidates = cards.filter((card) => serial === undefined || card.serial === serial);
    if (candidates.length === 0) throw new HostError('no-card');
    const usable = candidates.find((card) => card.wrongInARow < policy.wrongAnswersPerCard);
    if (!usable) throw new HostError('card-blocked');
    return usable;
  }

  async function open(card: EnrolledCard, issuedAt: number): Promise<Login> {
    const { user, serial } = card;
    const expiresAt = issuedAt + policy.challengeLifetime;
    for (const challenge of digitalSecurityCard(card).challenges(random)) {
      const id = newLoginId();
      const opening = await store.openLogin(
        { id, user, serial, challenge, issuedAt, expiresAt, attempts: 0, finished: false },
        policy.unfinishedLogins,
      );
      if (opening.outcome === 'too-many-logins') throw new HostError('too-many-logins', opening);
      if (opening.outcome === 'opened') {
        const left = attemptsLeft({ attempts: 0, wrongInARow: card.wrongInARow });
        return { id, challenge, serial, expiresAt, attemptsLeft: left };
      }
    }
    throw new HostError('challenges-exhausted');
  }

  /** A login takes no more answers than are left to its card. */
  function attemptsLeft({ attempts, wrongInARow }: { attempts: number; wrongInARow: number }): number {
    return Math.min(policy.wrongAnswersPerLogin - attempts, policy.wrongAnswersPerCard - wrongInARow);
  }
}
