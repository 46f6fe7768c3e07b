// The host the app logs in to: made afresh at every start, and gone with the process.
import { createHost, type Host, type HostOptions } from '../../host/index.ts';
import type { Identity } from '../../firmware/memory.ts';
import { DEMO } from './demo.ts';

/** What the host must know of the card; its key is a secret. */
export type KnownCard = Identity & { readonly key: Uint8Array };

/**
 * A host that knows the demo's user and this card, if it can be known. Hashing the user's password takes it a while.
 *
 * @throws {HostError} `unsuitable-suite` or `bad-pin` for a card that no host takes.
 */
export async function demoHost(card: KnownCard | undefined, options: HostOptions): Promise<Host> {
  const host = createHost(options);
  await host.addUser({ name: DEMO.user, password: DEMO.password });
  if (card)
    await host.enrol({
      user: DEMO.user,
      serial: card.serial,
      suite: card.suite,
      key: card.key,
      pin: pinFor(card.profile.pinLength),
    });
  return host;
}

/** The demo's PIN as the card asks for it; the host itself says that it takes no other length. */
function pinFor(length: number): string {
  return DEMO.pin.slice(0, length).padEnd(length, '0');
}
