// The host's face: users and cards come in, logins run, sessions come out.
import { randomInt } from 'node:crypto';
import type { Random } from './challenges.ts';
import { createEnrolment, type Enrolment } from './enrolment.ts';
import { HostError } from './error.ts';
import { createCeremony, type Ceremony } from './login.ts';
import { scryptHasher, type PasswordHasher } from './passwords.ts';
import { completePolicy, type Policy } from './policy.ts';
import type { HostClock } from './reply-time.ts';
import { isSerial } from './serial.ts';
import { hashToken, type SessionStatus } from './sessions.ts';
import { MemoryStore } from './store/memory.ts';
import type { Store } from './store/store.ts';

/** What a host is made from; all but the clock has a default. */
export interface HostOptions {
  readonly clock: HostClock;
  /** Default: memory, gone with the process. */
  readonly store?: Store | undefined;
  /**
   * Draws the challenges. Default: `crypto.randomInt`. A test that wants certain challenges scripts it; tokens and ids
   * do not come from it and stay random.
   */
  readonly random?: Random | undefined;
  /** Default: scrypt at the cost OWASP asks for, some 0.4 s a password. Scripts take `plainPasswords`. */
  readonly hasher?: PasswordHasher | undefined;
  /** Limits that differ from the default policy. */
  readonly policy?: Partial<Policy> | undefined;
}

/** How a card stands with the host. */
export interface CardStatus {
  readonly serial: string;
  readonly user: string;
  readonly blocked: boolean;
  readonly wrongInARow: number;
}

/**
 * The Secure Login System: users with passwords, their cards, and the login that takes both.
 *
 * Every method rejects with a {@link HostError} for what it refuses.
 */
export interface Host extends Enrolment, Ceremony {
  /** Whose session a token is; undefined for one that has expired, was logged out or never was. */
  session(token: string): Promise<SessionStatus | undefined>;
  /** Ends a session; does nothing if there is none. */
  logout(token: string): Promise<void>;
  /** How a card stands. Refuses with `unknown-card`. */
  card(serial: string): Promise<CardStatus>;
  /**
   * The administrator's word: forgets the card's wrong answers and its user's unfinished logins. Logins that have ended
   * stay ended. Refuses with `unknown-card`.
   */
  unblock(serial: string): Promise<void>;
}

/**
 * Makes a host.
 *
 * @throws {HostError} `bad-policy`.
 * @example
 * const host = createHost({ clock });
 * await host.addUser({ name: 'ann', password: 'open sesame' });
 * await host.enrol({ user: 'ann', serial: 'DSC-1', key, pin: '1234' });
 * const login = await host.begin({ name: 'ann', password: 'open sesame' });
 * // type login.challenge into the card, and what the card shows into:
 * const session = await host.answer({ login: login.id, response });
 */
export function createHost(options: HostOptions): Host {
  const { clock, store = new MemoryStore(), random = randomInt, hasher = scryptHasher() } = options;
  const policy = completePolicy(options.policy);

  return {
    ...createEnrolment({ store, hasher }),
    ...createCeremony({ clock, store, random, hasher, policy }),

    async session(token) {
      const record = typeof token === 'string' ? await store.session(hashToken(token)) : undefined;
      if (!record || clock.now() >= record.expiresAt) return undefined;
      return { user: record.user, expiresAt: record.expiresAt };
    },

    async logout(token) {
      if (typeof token === 'string') await store.endSession(hashToken(token));
    },

    async card(serial) {
      const card = isSerial(serial) ? await store.card(serial) : undefined;
      if (!card) throw new HostError('unknown-card');
      const { user, wrongInARow } = card;
      return { serial, user, wrongInARow, blocked: wrongInARow >= policy.wrongAnswersPerCard };
    },

    async unblock(serial) {
      if (!isSerial(serial) || !(await store.unblock(serial))) throw new HostError('unknown-card');
    },
  };
}
