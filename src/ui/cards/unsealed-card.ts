// Card files of format 1: JSON that everybody could read and make. They are only ever brought up to date.
import { z } from 'zod';
import { KEY_BYTES } from '../../firmware/ocra/index.ts';
import { DSC_PLUS } from '../../firmware/profiles.ts';
import { isSerial } from '../../host/index.ts';
import { hexToBytes } from '../../host/hex.ts';
import type { NewCard } from './new-card.ts';

/** A key of a card in hexadecimal, as it was written. */
const KEY_HEX = new RegExp(`^(?:[0-9a-f]{2}){${KEY_BYTES.least},${KEY_BYTES.most}}$`);

const cardFile = z
  .strictObject({
    format: z.literal(1),
    serial: z.string().refine(isSerial),
    suite: z.string().regex(/^[\x21-\x7e]{1,128}$/),
    keyHex: z.string().regex(KEY_HEX),
  })
  .transform(({ serial, suite, keyHex }): NewCard => ({
    serial,
    // There was no other device.
    profile: DSC_PLUS,
    suite,
    key: hexToBytes(keyHex),
    battery: false,
  }));

/** Whether the bytes may be a file of format 1: every other begins otherwise. */
export function isUnsealed(bytes: Uint8Array): boolean {
  return bytes[0] === '{'.charCodeAt(0);
}

/** Reads a card of format 1. @returns undefined for anything else. */
export function parseUnsealedCard(bytes: Uint8Array): NewCard | undefined {
  try {
    return cardFile.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return undefined;
  }
}
