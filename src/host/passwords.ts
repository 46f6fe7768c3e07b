// Passwords at rest: scrypt (RFC 7914), written as a PHC string so that a record says by itself what it costs to check.
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { createTurns } from './turns.ts';

/** Turns passwords into records and checks them. Injected into the host, so that tests can count its work. */
export interface PasswordHasher {
  /** A record of the password to store. */
  hash(password: string): Promise<string>;
  /** Whether the password is the record's. A damaged record is no password's, and costs as much to check as a decoy. */
  verify(password: string, record: string): Promise<boolean>;
  /** A record that no password matches and that costs as much to check as a real one: for users who do not exist. */
  readonly decoy: string;
  /** What a record costs to check: a higher number, more work. A damaged record costs as much as a decoy. */
  costOf(record: string): number;
  /** How long it takes to check a record of this cost, in milliseconds. */
  timeOf(cost: number): Promise<number>;
}

/** OWASP's Password Storage Cheat Sheet: scrypt with at least N = 2^17, r = 8, p = 1, which takes 128 MiB a check. */
const OWASP_LOG2_N = 17;
/** Takes 1 GiB. A record that asks for more is not a costly one, but a damaged one. */
const MOST_LOG2_N = 20;
const BLOCK_SIZE = 8;
const PARALLELIZATION = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Threads of the pool in which Node hashes, and reads files and names of machines (libuv's default). */
const POOL = 4;

/**
 * One core stays free for those who are being answered, and one thread for reading files: else they would wait behind all
 * passwords that came first. More at a time than there are cores would not be faster, and takes 128 MiB each.
 */
const turns = createTurns(Math.max(1, Math.min(availableParallelism(), POOL) - 1));

interface ScryptRecord {
  readonly log2N: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/**
 * The host's own hasher. It works on threads of its own and never holds up the event loop.
 *
 * @param log2N - the cost, N = 2^log2N, 1 to 20: each one more doubles time and memory.
 * @throws {RangeError} for another cost.
 */
export function scryptHasher(log2N = OWASP_LOG2_N): PasswordHasher {
  if (!isCost(log2N)) throw new RangeError(`log2N: must be a whole number from 1 to ${MOST_LOG2_N}`);
  // A random hash is as good as none: to find a password for it is to find one among 2^256.
  const times = new Map<number, Promise<number>>();
  const decoy = { log2N, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) };

  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return print({ log2N, salt, hash: await derive(password, { log2N, salt }) });
    },
    async verify(password, text) {
      const record = parse(text) ?? decoy;
      return timingSafeEqual(record.hash, await derive(password, record));
    },
    decoy: print(decoy),
    costOf: (text) => (parse(text) ?? decoy).log2N,
    timeOf(cost) {
      const known = times.get(cost);
      if (known) return known;
      // Many may ask at once, and would all measure how they hold each other up.
      const measured = measure({ log2N: Math.min(Math.max(cost, 1), MOST_LOG2_N), salt: decoy.salt });
      times.set(cost, measured);
      measured.catch(() => times.delete(cost));
      return measured;
    },
  };
}

/** Without the wait for its turn. */
function measure(work: Omit<ScryptRecord, 'hash'>): Promise<number> {
  return turns(async () => {
    const start = performance.now();
    await compute('', work);
    return performance.now() - start;
  });
}

function derive(password: string, work: Omit<ScryptRecord, 'hash'>): Promise<Buffer> {
  return turns(() => compute(password, work));
}

/**
 * NFKC first, as NIST SP 800-63B (2017) section 5.1.1.2 advises: the same password typed on two keyboards may differ in
 * code points.
 */
function compute(password: string, { log2N, salt }: Omit<ScryptRecord, 'hash'>): Promise<Buffer> {
  const N = 2 ** log2N;
  const r = BLOCK_SIZE;
  const p = PARALLELIZATION;
  // Node refuses to take more memory than maxmem, whose default is too little: this is what scrypt takes, in bytes.
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p + 2) };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, derived) => {
      if (error) reject(error);
      else resolve(derived);
    });
  });
}

const RECORD = /^\$scrypt\$ln=(\d{1,2}),r=8,p=1\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

/** Undefined for a record that is damaged. */
function parse(record: string): ScryptRecord | undefined {
  const [, cost, salt = '', hash = ''] = RECORD.exec(record) ?? [];
  const log2N = Number(cost);
  if (!isCost(log2N)) return undefined;
  return { log2N, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

const isCost = (log2N: number): boolean => Number.isInteger(log2N) && log2N >= 1 && log2N <= MOST_LOG2_N;

function print({ log2N, salt, hash }: ScryptRecord): string {
  return `$scrypt$ln=${log2N},r=${BLOCK_SIZE},p=${PARALLELIZATION}$${unpadded(salt)}$${unpadded(hash)}`;
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
