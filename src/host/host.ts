// The host's face: users and devices come in, logins run, sessions come out.
import { randomInt } from 'node:crypto';
import { createAdministration, type Administration } from './administration.ts';
import { createAuditChain } from './audit/chain.ts';
import type { Random } from './challenges.ts';
import { createEnrolment, type Enrolment } from './enrolment.ts';
import type { GuessableCheck } from './guessable.ts';
import { createCeremony, type Ceremony } from './login.ts';
import { createNewPasswords, type NewPasswords } from './new-password.ts';
import { createPendingLogins, type PendingLogins } from './pending-login.ts';
import { createOwnDevices, type OwnDevices } from './own-devices.ts';
import { createOwnPassword, type OwnPassword } from './own-password.ts';
import { scryptHasher, type PasswordHasher } from './passwords.ts';
import { completePolicy, type Policy } from './policy.ts';
import type { HostClock } from './reply-time.ts';
import { passingKeys } from './sealing/key-ring.ts';
import { createVault, type Vault } from './sealing/vault.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { MemoryStore } from './store/memory.ts';
import type { Store } from './store/store.ts';

/** What a host is made from; all but the clock has a default. */
export interface HostOptions {
  readonly clock: HostClock;
  /** Default: memory, gone with the process. */
  readonly store?: Store | undefined;
  /** Seals the secrets. Default: under a key that is gone with the process. */
  readonly vault?: Vault | undefined;
  /**
   * Draws the challenges. Default: `crypto.randomInt`. A test that wants certain challenges scripts it; tokens and ids
   * do not come from it and stay random.
   */
  readonly random?: Random | undefined;
  /** Default: scrypt at the cost OWASP asks for, some 0.4 s a password. Scripts take `plainPasswords`. */
  readonly hasher?: PasswordHasher | undefined;
  /** Which new passwords are too easy to guess. Default: none, for scripts with made-up users. */
  readonly guessable?: GuessableCheck | undefined;
  /** Limits that differ from the default policy. */
  readonly policy?: Partial<Policy> | undefined;
}

/**
 * The Secure Login System: users with passwords, their devices, and the login that takes both.
 *
 * Every method rejects with a {@link HostError} for what it refuses.
 */
export interface Host
  extends
    Enrolment,
    NewPasswords,
    Ceremony,
    PendingLogins,
    Sessions,
    OwnDevices,
    OwnPassword,
    Administration {}

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
  const { clock, random = randomInt, hasher = scryptHasher(), guessable = nothing } = options;
  const vault = options.vault ?? createVault(passingKeys());
  const store = options.store ?? new MemoryStore(createAuditChain(vault));
  const policy = completePolicy(options.policy);
  const parts = { clock, store, random, hasher, guessable, policy, vault };

  return {
    ...createEnrolment(parts),
    ...createNewPasswords(parts),
    ...createCeremony(parts),
    ...createPendingLogins(parts),
    ...createSessions(parts),
    ...createOwnDevices(parts),
    ...createOwnPassword(parts),
    ...createAdministration(parts),
  };
}

const nothing: GuessableCheck = async () => undefined;
