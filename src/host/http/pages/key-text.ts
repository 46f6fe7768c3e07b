// A card's key as an administrator types it.
import { parseHex } from '../../hex.ts';

/** The bytes of a key in hexadecimal, spaces allowed; none for anything else, which no card's key is. */
export function keyOf(text: string): Uint8Array {
  return parseHex(text.replace(/\s/g, '')) ?? new Uint8Array();
}
