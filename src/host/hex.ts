// Bytes as people write them in hexadecimal.

/** An even number of hexadecimal digits of either case, perhaps none. */
export const HEX = /^(?:[0-9a-f]{2})*$/i;

/** The bytes of text that matches {@link HEX}. */
export function hexToBytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

/**
 * Reads an even number of hexadecimal digits of either case.
 *
 * @returns The bytes, or undefined for any other text.
 */
export function parseHex(text: string): Uint8Array | undefined {
  return HEX.test(text) ? hexToBytes(text) : undefined;
}
