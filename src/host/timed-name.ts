// Random names that begin with their time: those of one time stand together in a database, as with UUIDs of version 7, and
// those that are made or used together change the same few pages.
import { hash } from 'node:crypto';
import { randomBytes } from './random-bytes.ts';

const TIME_BYTES = 6;
/** Of base64url, in which 6 bytes stand as themselves. */
const TIME_CHARACTERS = 8;

/**
 * A name in base64url: 8 characters of time, and the random bytes. Knowing one says nothing about another.
 *
 * @param at - milliseconds since 1970.
 */
export const newTimedName = (at: number, bytes: number): string =>
  Buffer.concat([timeBytes(at), randomBytes(bytes)]).toString('base64url');

/**
 * What stands for a name where it is kept, in hexadecimal: its time, and the first bytes of its SHA-256. Nobody gets the
 * name from it.
 */
export const timedHash = (name: string, bytes: number): string =>
  Buffer.from(name.slice(0, TIME_CHARACTERS), 'base64url').toString('hex') +
  hash('sha256', name, 'hex').slice(0, 2 * bytes);

/** What names of this time begin with, and no earlier one comes after. */
export function timeBytes(at: number): Buffer {
  const bytes = Buffer.alloc(TIME_BYTES);
  // A clock may be set to any time, before 1970 too.
  bytes.writeUIntBE(Math.max(0, Math.trunc(at)) % 2 ** (8 * TIME_BYTES), 0, TIME_BYTES);
  return bytes;
}
