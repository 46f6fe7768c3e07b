// The key that a passphrase seals a card with when it travels: scrypt (RFC 7914), with parameters that travel along.
import { scrypt, type ScryptOptions } from 'node:crypto';
import { CommandError } from '../command-error.ts';

/** How much work it takes to try a passphrase, in the terms of RFC 7914. */
export interface PassphraseCost {
  /** The binary logarithm of N: one more doubles time and memory. */
  readonly logN: number;
  /** The block size: memory is 128 r N bytes. */
  readonly r: number;
  /** The parallelization: how often it is all done again. */
  readonly p: number;
}

/** What OWASP's Password Storage Cheat Sheet asks for at least: 128 MiB, and some 0.4 s as for the host's passwords. */
export const PASSPHRASE_COST: PassphraseCost = { logN: 17, r: 8, p: 1 };

const KEY_BYTES = 32;
/** In characters. */
const SHORTEST = 8;

/** Bounds for what a file may ask for, so that none can occupy the machine: 512 MiB, and 16 times the usual work. */
const LEAST: PassphraseCost = { logN: 14, r: 1, p: 1 };
const MOST: PassphraseCost = { logN: 20, r: 16, p: 4 };
const MOST_BLOCK_BYTES = 512 * 2 ** 20;

/**
 * Checks a passphrase to seal with. To open, any may be tried.
 *
 * @returns The text as it is.
 * @throws {CommandError} `wrong-use` if it is too short or was not UTF-8; the message does not repeat it.
 */
export function parseNewPassphrase(text: string): string {
  // All that is not UTF-8 is read as the same character, so that many passphrases would open the card.
  if (text.includes('\ufffd') || !text.isWellFormed()) {
    throw new CommandError(
      'wrong-use',
      'the passphrase is not UTF-8; type it on a terminal that writes UTF-8',
    );
  }
  if (Array.from(text.normalize('NFKC')).length < SHORTEST) {
    throw new CommandError(
      'wrong-use',
      `the passphrase is shorter than ${SHORTEST} characters; choose a longer one`,
    );
  }
  return text;
}

/**
 * The key of a passphrase, worked out on a thread of its own.
 *
 * NFKC first, as NIST SP 800-63B (2017) section 5.1.1.2 advises: the same passphrase typed on two keyboards may differ
 * in code points.
 *
 * @param options - `salt`: 16 random bytes for each sealing; the cost may come from a file nobody vouches for.
 * @returns 32 bytes.
 * @throws {CommandError} `unsuitable-scrypt` for a cost that is too high or too low, before any work is done.
 */
export async function deriveKey(
  passphrase: string,
  options: PassphraseCost & { readonly salt: Uint8Array },
): Promise<Uint8Array> {
  const { salt, ...cost } = options;
  if (!isSuitable(cost)) throw unsuitable(cost);
  const { logN, r, p } = cost;
  const N = 2 ** logN;
  // Node refuses to take more memory than maxmem, whose default is too little: this is what scrypt takes, in bytes.
  const limits: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p + 2) };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, limits, (error, key) => {
      if (error) reject(error);
      else resolve(new Uint8Array(key));
    });
  });
}

function isSuitable({ logN, r, p }: PassphraseCost): boolean {
  return (
    isBetween(LEAST.logN, logN, MOST.logN) &&
    isBetween(LEAST.r, r, MOST.r) &&
    isBetween(LEAST.p, p, MOST.p) &&
    128 * r * 2 ** logN <= MOST_BLOCK_BYTES &&
    // RFC 7914 section 2: N must be less than 2^(128 r / 8).
    logN < 16 * r
  );
}

function isBetween(least: number, value: number, most: number): boolean {
  return Number.isInteger(value) && least <= value && value <= most;
}

function unsuitable({ logN, r, p }: PassphraseCost): CommandError {
  return new CommandError(
    'unsuitable-scrypt',
    `the file asks for scrypt with log2 N = ${logN}, r = ${r}, p = ${p}, which dsc does not take; it is damaged or not from dsc: export the card again`,
  );
}
