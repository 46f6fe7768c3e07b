// The fields of requests and replies, each with an example for the description.
import { z } from '@hono/zod-openapi';

/** Names of a closed set, all of them: the compiler misses one that is left out. */
export const allOf = <Name extends string>(names: Readonly<Record<Name, true>>): [Name, ...Name[]] =>
  Object.keys(names) as [Name, ...Name[]];

// What a field is allowed to be is the host's to say, with a code of its own; here it is only kept from being huge.
export const name = z.string().min(1).max(64).openapi({ example: 'ann' });
export const password = z.string().min(1).max(1024).openapi({ example: 'correct horse battery staple' });
export const serial = z.string().min(1).max(32).openapi({ example: 'DSC-0012345678' });
export const pin = z.string().min(1).max(16).openapi({ example: '2468', description: '4 digits' });
export const time = z.iso.datetime().openapi({ example: '2026-01-01T12:00:00.000Z' });
export const id = z.string().min(1).max(64).openapi({ example: 'AZq3fXEAiC0UbKqaGUBDtMEGVvqJlQ' });
export const token = z
  .string()
  .max(51)
  .openapi({ example: 'AZq3fXEA3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' });
export const key = z
  .string()
  .max(256)
  .regex(/^(?:[0-9a-fA-F]{2})+$/)
  .openapi({
    example: '3132333435363738393031323334353637383930',
    description: 'hexadecimal, 16 to 64 bytes',
  });
export const balance = z.int().openapi({ example: 600_000, description: 'whole USD' });
export const knownBrowser = z.string().max(128).openapi({
  description: 'what an earlier session gave to keep, so that strangers do not slow this login down',
  example: 'k1.AAAAAAAAAAAAAAAAAAAAAA.1767225600000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
});
export const wrongInARow = z.int().openapi({ example: 0 });
export const person = name.openapi({
  example: 'ann.lee',
  description: 'names the person behind the user name',
});
export const suite = z.string().min(1).max(128).openapi({ example: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1' });
export const kind = z.enum(['full', 'restricted']);
export const role = z.enum(['user', 'administrator']);

/** What a list is asked about. PostgreSQL fails at U+0000, and nothing that is listed has it in its name. */
const asked = z
  .string()
  .max(64)
  .regex(/^[!-~]+$/);
export const askedName = asked.openapi({ example: 'ann' });
export const askedSerial = asked.openapi({ example: 'DSC-0012345678' });

/** The most that a page of a list has. */
export const limit = z.coerce.number().int().min(1).max(100).default(50).openapi({ example: 50 });
