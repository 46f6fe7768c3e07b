// What a card file says: JSON with a format version, checked when it is read.
import { z } from 'zod';
import { KEY_BYTES } from '../firmware/ocra/index.ts';
import { isSerial } from '../host/index.ts';
import { hexToBytes } from './hex.ts';

/** What makes a card this card. */
export interface CardRecord {
  /** What a host knows the card by. */
  readonly serial: string;
  /** Its OCRA suite. */
  readonly suite: string;
  /** The OCRA key it shares with a host, 16 to 64 bytes. */
  readonly key: Uint8Array;
}

/** The format this version writes and reads. */
const FORMAT = 1;

/** A key of a card in hexadecimal, as this program writes it. */
const KEY_HEX = new RegExp(`^(?:[0-9a-f]{2}){${KEY_BYTES.least},${KEY_BYTES.most}}$`);

const cardFile = z
  .strictObject({
    format: z.literal(FORMAT),
    serial: z.string().refine(isSerial),
    suite: z.string().regex(/^[\x21-\x7e]{1,128}$/),
    keyHex: z.string().regex(KEY_HEX),
  })
  .transform(({ serial, suite, keyHex }): CardRecord => ({ serial, suite, key: hexToBytes(keyHex) }));

const newerCardFile = z.looseObject({ format: z.int().gt(FORMAT) });

/** The text of a card file. */
export function printCardRecord({ serial, suite, key }: CardRecord): string {
  const keyHex = Buffer.from(key).toString('hex');
  return `${JSON.stringify({ format: FORMAT, serial, suite, keyHex }, undefined, 2)}\n`;
}

/**
 * Reads the text of a card file.
 *
 * @returns The record; `newer` for a file of a later version of this program; `damaged` for anything else.
 */
export function parseCardRecord(text: string): CardRecord | 'newer' | 'damaged' {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'damaged';
  }
  const record = cardFile.safeParse(json);
  if (record.success) return record.data;
  return newerCardFile.safeParse(json).success ? 'newer' : 'damaged';
}
