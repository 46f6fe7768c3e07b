// What the card tests each time it is switched on, and how it calls what it finds: docs/faults.md lists them.
import type { Charge } from './battery.ts';
import { asciiToBytes } from './ocra/ascii.ts';
import { createResponder, parseSuite } from './ocra/index.ts';
import type { PowerProfile } from './profiles.ts';

/** The numbers of the faults, as the display shows them. */
export const FAULTS = { none: 0, ocra: 1, memory: 2, battery: 3 } as const;

/** A published answer: RFC 6287 appendix C.1, key "12345678901234567890", challenge 00000000. */
const KNOWN = {
  respond: createResponder(parseSuite('OCRA-1:HOTP-SHA1-6:QN08'), asciiToBytes('12345678901234567890')),
  question: '00000000',
  response: '237653',
} as const;

/** Whether the card computes what RFC 6287 says. */
export function computesOcra(): boolean {
  return KNOWN.respond({ question: KNOWN.question }) === KNOWN.response;
}

/** Whether a battery can have this charge. */
export function isPlausible({ charge, at }: Charge, { capacity }: PowerProfile): boolean {
  return charge >= 0 && charge <= capacity && Number.isFinite(at);
}
