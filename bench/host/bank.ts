// A bank to measure: its database and key ring on disk, users with cards, and logins that wait for their answers.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createResponder, hashPin, parseSuite } from '../../src/firmware/ocra/index.ts';
import { createHost, plainPasswords, type Host, type Store } from '../../src/host/index.ts';
import { newMasterKey, parseKeyRing, printKeyRing } from '../../src/host/sealing/key-ring.ts';
import { createVault } from '../../src/host/sealing/vault.ts';
import { openSqlStore } from '../../src/host/store/open-store.ts';

const SUITE = parseSuite('OCRA-1:HOTP-SHA1-8:QN06-PSHA1');
const PIN = '2468';
const PASSWORD = 'open sesame';

/** So much is asked of the host at once, so that it commits together. */
const TOGETHER = 256;

/** A bank whose database is open. */
export interface Bank {
  readonly host: Host;
  readonly store: Store;
  /** Where `dsc host serve` finds it. */
  readonly database: string;
  readonly keys: string;
  close(): Promise<void>;
}

/** A user with a card. */
export interface Customer {
  readonly name: string;
  readonly respond: (challenge: string) => string;
}

/** A login that waits, and the right answer. */
export interface OpenLogin {
  readonly id: string;
  readonly response: string;
}

/**
 * Opens a bank. Its passwords cost nothing, and challenges wait for an hour: neither is measured.
 *
 * @param folder - for its key ring and, unless it is PostgreSQL, its database.
 */
export async function openBank(folder: string, database = join(folder, 'host.sqlite')): Promise<Bank> {
  const keys = join(folder, 'host-keys.json');
  const text = printKeyRing('k1', [newMasterKey('k1')]);
  writeFileSync(keys, text, { mode: 0o600 });
  const ring = parseKeyRing(text);
  const vault = createVault({ ring: () => ring, reload: () => Promise.resolve() });
  const store = await openSqlStore({ database, vault, migrate: true });
  const host = createHost({
    clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
    store,
    vault,
    hasher: plainPasswords,
    policy: { challengeLifetime: 3_600_000, unfinishedLogins: { max: 100, window: 3_600_000 } },
  });
  return { host, store, database, keys, close: () => store.close() };
}

/** Makes users with a card each, `first` and those after it by number. */
export function addCustomers({ host }: Bank, count: number, first = 0): Promise<Customer[]> {
  return inBatches(count, async (index) => {
    const number = String(first + index).padStart(9, '0');
    const name = `user-${number}`;
    const key = randomBytes(20);
    await host.addUser({ name, password: PASSWORD });
    await host.enrol({ user: name, serial: `DSC-${number}`, key, pin: PIN });
    return { name, respond: card(key) };
  });
}

/** Begins logins, those of one customer far from each other. */
export function beginLogins(
  { host }: Bank,
  customers: readonly Customer[],
  count: number,
): Promise<OpenLogin[]> {
  return inBatches(count, (index) => begin(host, customers[index % customers.length]!));
}

/** A whole login, without HTTP. */
export async function logIn({ host }: Bank, customer: Customer): Promise<void> {
  const { id, response } = await begin(host, customer);
  await host.answer({ login: id, response });
}

async function begin(host: Host, { name, respond }: Customer): Promise<OpenLogin> {
  const { id, challenge } = await host.begin({ name, password: PASSWORD });
  return { id, response: respond(challenge) };
}

function card(key: Uint8Array): Customer['respond'] {
  const respond = createResponder(SUITE, key);
  const pinHash = hashPin(SUITE, PIN);
  return (challenge) => respond({ question: challenge, pinHash });
}

async function inBatches<Made>(count: number, make: (index: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  while (made.length < count) {
    const from = made.length;
    const batch = Array.from({ length: Math.min(TOGETHER, count - from) }, (_, index) => make(from + index));
    made.push(...(await Promise.all(batch)));
  }
  return made;
}
