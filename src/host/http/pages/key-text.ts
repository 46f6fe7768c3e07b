// A card's key as an administrator types it.

/** The bytes of a key in hexadecimal, spaces allowed; none for anything else, which no card's key is. */
export function keyOf(text: string): Uint8Array {
  const digits = text.replace(/\s/g, '');
  return /^(?:[0-9a-f]{2})+$/i.test(digits) ? Uint8Array.from(Buffer.from(digits, 'hex')) : new Uint8Array();
}
