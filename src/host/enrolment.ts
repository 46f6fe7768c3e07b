// Users and devices made known to the host: what people enter is checked here, once.
import type { Actor } from './audit/event.ts';
import { HostError } from './error.ts';
import { cardKey, cardPinHash, cardSuite } from './factors/digital-security-card.ts';
import { sealSecret } from './factors/secret.ts';
import type { HostParts } from './host-parts.ts';
import { createNewPasswords } from './new-password.ts';
import { isSerial } from './serial.ts';
import type { Role } from './store/store.ts';

/** A user to add. */
export interface NewUser {
  /** 1 to 64 ASCII letters, digits or `. _ @ -`, the first a letter or digit; upper and lower case differ. */
  readonly name: string;
  /** From the policy's `leastPassword` to 1024 characters. */
  readonly password: string;
  /** Default: `user`. */
  readonly role?: Role | undefined;
  /** Whole USD, default 0. A device can be requested from the policy's `eligibleBalance` on. */
  readonly balance?: number | undefined;
  /** Names the person behind the user name, as a name does; user names of one person may share a device. */
  readonly person?: string | undefined;
}

/** A card to enrol. */
export interface NewCard {
  /** Name of the user it is for. */
  readonly user: string;
  /** 1 to 32 ASCII letters, digits or hyphens; names the card among all devices. */
  readonly serial: string;
  /** OCRA suite of the card: QN, with a PIN, without counter, session and time. Default: that of the DSC+. */
  readonly suite?: string | undefined;
  /** The secret it shares with the host, 16 to 64 bytes; no other card's. */
  readonly key: Uint8Array;
  /** 4 digits. Only its hash is kept, sealed. */
  readonly pin: string;
  /** Whether it is on its way by mail, to be activated, rather than handed over and in use at once. */
  readonly mailed?: boolean | undefined;
}

/** How users and cards come in. `by` is who did it, for the audit trail. */
export interface Enrolment {
  /**
   * Adds a user.
   * Refuses with `bad-name`, `bad-password`, `contextual-password`, `common-password`, `bad-role`, `bad-balance`,
   * `bad-person` or `name-taken`.
   */
  addUser(user: NewUser, by?: Actor): Promise<void>;
  /**
   * Enrols a card for a user.
   * Refuses with `bad-serial`, `unsuitable-suite`, `bad-key`, `bad-pin`, `unknown-user`, `serial-taken` or `key-taken`.
   */
  enrol(card: NewCard, by?: Actor): Promise<void>;
}

/** No hyphen and no point at the beginning: it would be an option to a command, and `..` another address. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;
const HIGHEST_BALANCE = 1e12;

/** Whether a text can be a user's name at all; only such texts reach the store. */
export const isName = (text: unknown): text is string => typeof text === 'string' && NAME.test(text);

/** @throws {HostError} `bad-balance`. */
export function checkBalance(balance: number): void {
  if (!(Number.isInteger(balance) && balance >= 0 && balance <= HIGHEST_BALANCE))
    throw new HostError('bad-balance');
}

/** @throws {HostError} `bad-role`. */
export function checkRole(role: Role): void {
  if (role !== 'user' && role !== 'administrator') throw new HostError('bad-role');
}

/** @throws {HostError} `bad-person`. */
export function checkPerson(person: string | undefined): void {
  if (person !== undefined && !isName(person)) throw new HostError('bad-person');
}

export function createEnrolment(parts: HostParts): Enrolment {
  const { clock, store, hasher, vault } = parts;
  const newPasswords = createNewPasswords(parts);

  return {
    async addUser({ name, password, role = 'user', balance = 0, person }, by) {
      if (!isName(name)) throw new HostError('bad-name');
      await newPasswords.checkNewPassword(password, name);
      checkRole(role);
      checkBalance(balance);
      checkPerson(person);
      const record = await hasher.hash(password);
      const added = await store.addUser(
        {
          name,
          password: record,
          passwordCost: hasher.costOf(record),
          role,
          balance,
          person,
          disabled: false,
          hadFactor: false,
        },
        (isNew) =>
          isNew ? [{ at: clock.now(), event: 'user-added', user: name, actor: by, detail: role }] : [],
      );
      if (!added) throw new HostError('name-taken');
    },

    async enrol({ user, serial, suite: given, key: givenKey, pin, mailed = false }, by) {
      if (!isSerial(serial)) throw new HostError('bad-serial');
      const suite = cardSuite(given);
      const { key, keyHash } = cardKey(givenKey);
      const pinHash = cardPinHash(suite, pin);
      if (!isName(user) || !(await store.user(user))) throw new HostError('unknown-user');
      const at = clock.now();
      const state = mailed ? 'mailed' : 'active';
      const outcome = await store.addDevice(
        {
          serial,
          kind: 'card',
          suite,
          keyHash,
          state,
          requestedAt: at,
          mailedAt: at,
          activatedAt: mailed ? undefined : at,
          wrongInARow: 0,
          revision: 0,
        },
        { user, sealed: sealSecret(vault, { key, pinHash }, { user, serial }) },
        (added) =>
          added === 'added' ? [{ at, event: 'device-enrolled', user, serial, actor: by, detail: state }] : [],
      );
      if (outcome !== 'added') throw new HostError(outcome);
    },
  };
}
