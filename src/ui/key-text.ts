// Keys as people write them: in hexadecimal or base32 (RFC 4648 section 6).
import { base32nopad } from '@scure/base';
import { CommandError } from './command-error.ts';
import { parseHex } from '../host/hex.ts';

/**
 * Reads a key in hexadecimal or base32. Text that is both is hexadecimal. Case does not matter, nor do white space and
 * hyphens between groups, nor padding.
 *
 * @throws {CommandError} `wrong-use` if it is neither; the message does not repeat it.
 */
export function parseKey(text: string): Uint8Array {
  const characters = text.replace(/[\s-]/g, '');
  const key = parseHex(characters) ?? parseBase32(characters);
  if (key) return key;
  throw new CommandError(
    'wrong-use',
    'the key is neither hexadecimal nor base32; check that all of it was copied, and nothing else',
  );
}

/** Both ways to write a key, as other programs take them: lower-case hexadecimal, and base32 without padding. */
export function printKey(key: Uint8Array): { keyHex: string; keyBase32: string } {
  return { keyHex: Buffer.from(key).toString('hex'), keyBase32: base32nopad.encode(key) };
}

function parseBase32(text: string): Uint8Array | undefined {
  try {
    return base32nopad.decode(text.replace(/={1,6}$/, '').toUpperCase());
  } catch {
    return undefined;
  }
}
