// The host the app logs in to: made afresh at every start.
import { createHost, type Host, type HostOptions } from '../../host/index.ts';
import type { Identity } from '../../firmware/memory.ts';
import { DEMO } from './demo.ts';

/** What the host must know of the card; its key is a secret. */
export type KnownCard = Identity & { readonly key: Uint8Array };

/** Both user names are one person's, so that they may share the card. */
const PERSON = 'demo';

/** A balance with which one may request a card, in USD. */
const ELIGIBLE = 750_000;

/**
 * A host that knows the demo's user and this card, if it can be known. Hashing the user's password takes it a while.
 *
 * @throws {HostError} `unsuitable-suite` or `bad-pin` for a card that no host takes.
 */
export async function demoHost(card: KnownCard | undefined, options: HostOptions): Promise<Host> {
  const host = createHost(options);
  const { user, password } = DEMO;
  await host.addUser({ name: user, password, person: PERSON, balance: ELIGIBLE });
  if (card) {
    const { serial, suite, key, profile } = card;
    await host.enrol({ user, serial, suite, key, pin: pinFor(profile.pinLength) });
  }
  return host;
}

/** Adds the demo's administrator, who logs in with the same card. Hashing the password takes a while here too. */
export async function addAdministrator(host: Host, card: KnownCard | undefined): Promise<void> {
  const { administrator, password } = DEMO;
  await host.addUser({ name: administrator, password, person: PERSON, role: 'administrator' });
  if (card) await host.share(card.serial, administrator);
}

/** The demo's PIN as the card asks for it; the host itself says that it takes no other length. */
function pinFor(length: number): string {
  return DEMO.pin.slice(0, length).padEnd(length, '0');
}
