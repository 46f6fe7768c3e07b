// A host with users and cards, ready for a test, in virtual time and with passwords that cost nothing.
import { createResponder, parseSuite } from '../../src/firmware/ocra/index.ts';
import { DSC_PLUS } from '../../src/firmware/profiles.ts';
import {
  createHost,
  HostError,
  plainPasswords,
  type Entry,
  type Host,
  type HostOptions,
  type Login,
  type Origin,
  type Session,
} from '../../src/host/index.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';

/** The card's, and the one that the host enrols it with unless told another. */
export const SUITE = DSC_PLUS.suite;
const PIN = '1234';

export interface Setting {
  readonly host: Host;
  readonly clock: VirtualClock;
  /** The first step of a login, with the right password. */
  readonly enter: (user: string, from?: Origin) => Promise<Entry>;
  /** A whole login, by a card with its PIN. */
  readonly logIn: (user: string, card?: string, pin?: string) => Promise<Session>;
  /** Begins a login with the right password. */
  readonly begin: (user: string, card?: string) => Promise<Login>;
  /** What a card shows for a challenge. */
  readonly respond: (serial: string, challenge: string, pin?: string) => string;
  /** What the login's own card shows for its challenge. */
  readonly rightResponse: (login: Login) => string;
  /** Well-formed, and not right. */
  readonly wrongResponse: (login: Login) => string;
}

/** A host with the cards named for each user; a card's key is made from its serial. */
export async function setting(
  cards: Readonly<Record<string, readonly string[]>> = { ann: ['DSC-A'] },
  { clock = new VirtualClock(), ...options }: Omit<HostOptions, 'clock'> & { clock?: VirtualClock } = {},
): Promise<Setting> {
  const host = createHost({ clock, hasher: plainPasswords, ...options });
  for (const [user, serials] of Object.entries(cards)) {
    await host.addUser({ name: user, password: passwordOf(user) });
    for (const serial of serials) await host.enrol({ user, serial, key: keyOf(serial), pin: PIN });
  }

  const respond = (serial: string, challenge: string, pin = PIN): string =>
    createResponder(parseSuite(SUITE), keyOf(serial))({ question: challenge, pin });
  const rightResponse = ({ serial, challenge }: Login): string => respond(serial, challenge);

  const begin = (user: string, serial?: string): Promise<Login> =>
    host.begin({ name: user, password: passwordOf(user), serial });

  return {
    host,
    clock,
    enter: (user, from) => host.enter({ name: user, password: passwordOf(user), from }),
    async logIn(user, card, pin) {
      const { id, serial, challenge } = await begin(user, card);
      return host.answer({ login: id, response: respond(serial, challenge, pin) });
    },
    begin,
    respond,
    rightResponse,
    wrongResponse: (login) => String((Number(rightResponse(login)) + 1) % 1e8).padStart(8, '0'),
  };
}

export const passwordOf = (user: string): string => `the password of ${user}`;

export const keyOf = (serial: string): Uint8Array => new TextEncoder().encode(serial.padEnd(20, '.'));

/** The host's refusal of what was asked; fails if it was granted. */
export async function refusal(asked: Promise<unknown>): Promise<HostError> {
  const result = await asked.catch((error: unknown) => error);
  if (result instanceof HostError) return result;
  throw new Error('expected a refusal by the host', { cause: result });
}

/** The code of the refusal, or 'granted'. */
export async function outcome(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'granted',
    (error: unknown) => {
      if (error instanceof HostError) return error.code;
      throw error;
    },
  );
}

/** A random source that gives these values, then fails. */
export function scripted(...values: readonly number[]): () => number {
  const left = [...values];
  return () => {
    const value = left.shift();
    if (value === undefined) throw new Error('scripted: no value left');
    return value;
  };
}

/** Mulberry32: repeatable, well spread, not for secrets. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
