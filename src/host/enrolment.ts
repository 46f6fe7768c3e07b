// Users and cards made known to the host: what people enter is checked here, once.
import { HostError } from './error.ts';
import { cardCredential } from './factors/digital-security-card.ts';
import type { PasswordHasher } from './passwords.ts';
import { isSerial } from './serial.ts';
import type { Store } from './store/store.ts';

/** A user to add. */
export interface NewUser {
  /** 1 to 64 ASCII letters, digits or `. _ @ -`; upper and lower case differ. */
  readonly name: string;
  /** 1 to 1024 characters. */
  readonly password: string;
}

/** A card to enrol. */
export interface NewCard {
  /** Name of the user it is for. */
  readonly user: string;
  /** 1 to 32 ASCII letters, digits or hyphens; names the card among all cards. */
  readonly serial: string;
  /** OCRA suite of the card: QN, with a PIN, without counter, session and time. Default: that of the DSC+. */
  readonly suite?: string | undefined;
  /** The secret it shares with the host, 16 to 64 bytes; no other card's. */
  readonly key: Uint8Array;
  /** 4 digits. Only its hash is kept. */
  readonly pin: string;
}

/** How users and cards come in. */
export interface Enrolment {
  /** Adds a user. Refuses with `bad-name`, `bad-password` or `name-taken`. */
  addUser(user: NewUser): Promise<void>;
  /**
   * Enrols a card for a user.
   * Refuses with `bad-serial`, `unsuitable-suite`, `bad-key`, `bad-pin`, `unknown-user`, `serial-taken` or `key-taken`.
   */
  enrol(card: NewCard): Promise<void>;
}

const NAME = /^[A-Za-z0-9._@-]{1,64}$/;
const LONGEST_PASSWORD = 1024;

/** Whether a text can be a user's name at all; only such texts reach the store. */
export const isName = (text: unknown): text is string => typeof text === 'string' && NAME.test(text);

/** Whether a text can be a password. Lone surrogates are refused: hashed, they would all be the same character. */
export const isPassword = (text: unknown): text is string =>
  typeof text === 'string' && text.length >= 1 && text.length <= LONGEST_PASSWORD && text.isWellFormed();

export function createEnrolment({ store, hasher }: { store: Store; hasher: PasswordHasher }): Enrolment {
  return {
    async addUser({ name, password }) {
      if (!isName(name)) throw new HostError('bad-name');
      if (!isPassword(password)) throw new HostError('bad-password');
      const added = await store.addUser({ name, password: await hasher.hash(password) });
      if (!added) throw new HostError('name-taken');
    },

    async enrol(card) {
      const { user, serial } = card;
      if (!isSerial(serial)) throw new HostError('bad-serial');
      const credential = cardCredential(card);
      if (!isName(user) || !(await store.user(user))) throw new HostError('unknown-user');
      const outcome = await store.addCard({ ...credential, user, serial, wrongInARow: 0, pending: 0 });
      if (outcome !== 'added') throw new HostError(outcome);
    },
  };
}
