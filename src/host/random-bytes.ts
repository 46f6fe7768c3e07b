// Random bytes for names and tokens: the system is asked for many at a time, which costs no more than asking for few.
import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 4096;

const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/** Random bytes of the system's secure generator, each given out once; at most 4096. */
export function randomBytes(length: number): Buffer {
  if (used + length > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const given = Buffer.from(pool.subarray(used, used + length));
  // What is in use is kept where it is used, and nowhere else.
  pool.fill(0, used, used + length);
  used += length;
  return given;
}
