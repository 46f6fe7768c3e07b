// Users and cards made known to the host: what people enter is checked here, once.
import { HostError } from './error.ts';
import { cardSecrets } from './factors/digital-security-card.ts';
import type { PasswordHasher } from './passwords.ts';
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
  /** The secret it shares with the host, 16 to 64 bytes. */
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
   * Refuses with `bad-serial`, `unsuitable-suite`, `bad-key`, `bad-pin`, `unknown-user` or `serial-taken`.
   */
  enrol(card: NewCard): Promise<void>;
}

const NAME = /^[A-Za-z0-9._@-]{1,64}$/;
const SERIAL = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;
const LONGEST_PASSWORD = 1024;

/** Whether a text can be a user's name at all; only such texts reach the store. */
export const isName = (text: string): boolean => NAME.test(text);

/** Whether a text can be a card's serial number at all. */
export const isSerial = (text: string): boolean => SERIAL.test(text);

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
      const secrets = cardSecrets(card);
      if (!isName(user) || !(await store.user(user))) throw new HostError('unknown-user');
      const added = await store.addCard({ ...secrets, user, serial, wrongInARow: 0 });
      if (!added) throw new HostError('serial-taken');
    },
  };
}

/** Lone surrogates are refused: they would all become the same character when hashed. */
function isPassword(text: string): boolean {
  return text.length >= 1 && text.length <= LONGEST_PASSWORD && text.isWellFormed();
}
