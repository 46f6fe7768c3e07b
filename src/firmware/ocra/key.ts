// How long a key may be that card and host share.

/**
 * Bytes of a shared key: RFC 4226 (R6) asks for 16 at the least; more than 64 make no response harder to guess.
 */
export const KEY_BYTES = { least: 16, most: 64 } as const;
