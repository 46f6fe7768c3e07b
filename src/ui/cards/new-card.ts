// A card fresh from the printer.
import { randomBytes, randomInt } from 'node:crypto';
import type { Identity } from '../../firmware/memory.ts';
import { DSC_PLUS, type Profile } from '../../firmware/profiles.ts';

/** What a card is made from. */
export interface NewCard extends Identity {
  /** The OCRA key it shares with a host, 16 to 64 bytes. */
  readonly key: Uint8Array;
  /** Whether its battery drains. */
  readonly battery: boolean;
}

/** Bytes of a random key: as long as a SHA-1 hash, which RFC 4226 recommends. */
const KEY_LENGTH = 20;

/** Makes a card of the profile's suite with a random key and serial number, such as DSC-04071776. */
export function newCard(profile: Profile = DSC_PLUS): NewCard {
  return {
    serial: `DSC-${String(randomInt(100_000_000)).padStart(8, '0')}`,
    profile,
    suite: profile.suite,
    key: new Uint8Array(randomBytes(KEY_LENGTH)),
    battery: false,
  };
}
