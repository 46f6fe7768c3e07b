// Passwords at rest: scrypt (RFC 7914), written as a PHC string so that a record says by itself what it costs to check.
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { HostError } from './error.ts';

/** Turns passwords into records and checks them. Injected into the host, so that tests can count its work. */
export interface PasswordHasher {
  /** A record of the password to store. */
  hash(password: string): Promise<string>;
  /** Whether the password is the record's. */
  verify(password: string, record: string): Promise<boolean>;
  /** A record that no password matches and that costs as much to check as a real one: for users who do not exist. */
  readonly decoy: string;
}

/** OWASP's Password Storage Cheat Sheet: scrypt with at least N = 2^17, r = 8, p = 1, which takes 128 MiB a check. */
const OWASP_LOG2_N = 17;
const BLOCK_SIZE = 8;
const PARALLELIZATION = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

interface ScryptRecord {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/**
 * The host's own hasher. It works on threads of its own and never holds up the event loop.
 *
 * @param log2N - the cost, N = 2^log2N: each one more doubles time and memory.
 */
export function scryptHasher(log2N = OWASP_LOG2_N): PasswordHasher {
  const fresh = { log2N, r: BLOCK_SIZE, p: PARALLELIZATION };

  return {
    async hash(password) {
      const empty = { ...fresh, salt: randomBytes(SALT_BYTES), hash: Buffer.alloc(HASH_BYTES) };
      return print({ ...empty, hash: await derive(password, empty) });
    },
    async verify(password, text) {
      const record = parse(text);
      return timingSafeEqual(record.hash, await derive(password, record));
    },
    // A random hash is as good as none: to find a password for it is to find one among 2^256.
    decoy: print({ ...fresh, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) }),
  };
}

/**
 * NFKC first, as NIST SP 800-63B (2017) section 5.1.1.2 advises: the same password typed on two keyboards may differ in
 * code points.
 */
function derive(password: string, { log2N, r, p, salt, hash }: ScryptRecord): Promise<Buffer> {
  const N = 2 ** log2N;
  // Node refuses to take more memory than maxmem, whose default is too little: this is what scrypt takes, in bytes.
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p + 2) };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hash.length, options, (error, derived) => {
      if (error) reject(error);
      else resolve(derived);
    });
  });
}

const RECORD = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

function parse(record: string): ScryptRecord {
  const [, log2N, r, p, salt = '', hash = ''] = RECORD.exec(record) ?? [];
  if (!hash) throw new HostError('damaged-record');
  return {
    log2N: Number(log2N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

function print({ log2N, r, p, salt, hash }: ScryptRecord): string {
  return `$scrypt$ln=${log2N},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
