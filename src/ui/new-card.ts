// A card fresh from the printer.
import { randomBytes, randomInt } from 'node:crypto';
import { DSC_PLUS } from '../firmware/profiles.ts';
import type { CardRecord } from './card-record.ts';

/** Bytes of a random key: as long as a SHA-1 hash, which RFC 4226 recommends. */
const KEY_LENGTH = 20;

/** Makes a card of the usual suite with a random key and serial number, such as DSC-04071776. */
export function newCard(): CardRecord {
  return {
    serial: `DSC-${String(randomInt(100_000_000)).padStart(8, '0')}`,
    suite: DSC_PLUS.suite,
    key: new Uint8Array(randomBytes(KEY_LENGTH)),
  };
}
