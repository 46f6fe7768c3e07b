// The response: HMAC of the message, truncated to digits as in HOTP (RFC 6287 section 5, RFC 4226 section 5.3).
import { hmac } from '@noble/hashes/hmac.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { OcraError } from './error.ts';
import { HASHES } from './hashes.ts';
import { createMessageWriter, type DataInputs } from './message.ts';
import type { Suite } from './suite.ts';

/** Computes the response to one set of inputs, for the suite and key it was made with. */
export type Responder = (inputs: DataInputs) => string;

/**
 * Makes a responder for one key. The key schedule is done once and its state is copied into a scratch for each
 * response, so that answering many challenges costs the hashing of the messages and little else.
 *
 * @param key - 1 byte or more; RFC 4226 asks for at least 16.
 * @returns A function giving exactly `suite.digits` digits, or for 0 the whole HMAC in lower-case hexadecimal.
 * @throws {OcraError} `bad-key` for an empty key; the responder throws for inputs the suite does not take.
 * @example
 * const respond = createResponder(parseSuite('OCRA-1:HOTP-SHA1-6:QN08'), key);
 * respond({ question: '00000000' }); // '237653' for the RFC's 20-byte key
 */
export function createResponder(suite: Suite, key: Uint8Array): Responder {
  if (key.length === 0) throw new OcraError('bad-key', 'key: must not be empty');
  const withMessage = createMessageWriter(suite);
  const keyed = hmac.create(HASHES[suite.hash], key);
  const scratch = keyed.clone();
  const mac = new Uint8Array(keyed.outputLen);

  return (inputs) => {
    withMessage(inputs, (message) => {
      keyed._cloneInto(scratch);
      // noble wipes the scratch state once it is digested.
      scratch.update(message).digestInto(mac);
    });
    const response = suite.digits === 0 ? bytesToHex(mac) : truncate(mac, suite.digits);
    mac.fill(0);
    return response;
  };
}

/**
 * Compares two responses in a time that depends on their length alone, as far as a JavaScript engine lets that be said.
 */
export function sameResponse(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let i = 0; i < expected.length; i++) difference |= expected.charCodeAt(i) ^ given.charCodeAt(i);
  return difference === 0;
}

/** Dynamic truncation: four bytes at an offset the last byte gives, without their sign bit. */
function truncate(mac: Uint8Array, digits: number): string {
  const at = (i: number): number => mac[i] ?? 0;
  const offset = at(mac.length - 1) & 0xf;
  const binary =
    ((at(offset) & 0x7f) << 24) | (at(offset + 1) << 16) | (at(offset + 2) << 8) | at(offset + 3);
  return String(binary % 10 ** digits).padStart(digits, '0');
}
