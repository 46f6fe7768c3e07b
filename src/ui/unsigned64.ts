// Counters and time steps: 8 bytes unsigned, more than a JavaScript number holds.

const MAX = 2n ** 64n - 1n;

/**
 * Reads a whole number from 0 to 2^64 - 1 in ASCII decimal digits.
 *
 * @returns The number, or undefined for any other text.
 */
export function parseUnsigned64(text: string): bigint | undefined {
  if (!/^[0-9]{1,20}$/.test(text)) return undefined;
  const value = BigInt(text);
  return value <= MAX ? value : undefined;
}
