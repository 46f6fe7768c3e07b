// The Digital Security Card+: challenge and response by OCRA, with a PIN that only the computation knows.
import { createHash } from 'node:crypto';
import {
  createResponder,
  hashPin,
  KEY_BYTES,
  OcraError,
  parseSuite,
  sameResponse,
  type Suite,
} from '../../firmware/ocra/index.ts';
import { drawChallenges, LONGEST_CHALLENGE } from '../challenges.ts';
import { HostError } from '../error.ts';
import type { Factor, Response } from './factor.ts';

/** What the host needs of a card to check its responses. */
export interface CardCredential {
  /** The OCRA suite, as text. */
  readonly suite: string;
  readonly key: Uint8Array;
  /** The PIN's hash, of the suite's P hash: all that a response needs of the PIN. */
  readonly pinHash: Uint8Array;
}

const DSC_PLUS_SUITE = 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1';
const PIN = /^[0-9]{4}$/;

/**
 * The suite of a card to enrol, as text; by default the DSC+'s.
 *
 * @throws {HostError} `unsuitable-suite`.
 */
export const cardSuite = (text: string = DSC_PLUS_SUITE): string => suitable(text).text;

/**
 * The hash of a PIN that goes into the responses of a card with this suite.
 *
 * @throws {HostError} `bad-pin`.
 */
export function cardPinHash(suite: string, pin: string): Uint8Array {
  if (typeof pin !== 'string' || !PIN.test(pin)) throw new HostError('bad-pin');
  return hashPin(parseSuite(suite), pin);
}

/**
 * A copy of a card's key, and its hash: the same for keys that give the same responses, and for no others. Two cards with
 * one key could answer for each other.
 *
 * @throws {HostError} `bad-key`.
 */
export function cardKey(given: Uint8Array): { key: Uint8Array; keyHash: string } {
  if (!(given instanceof Uint8Array)) throw new HostError('bad-key');
  const key = Uint8Array.from(given);
  if (key.length < KEY_BYTES.least || key.length > KEY_BYTES.most) throw new HostError('bad-key');
  return { key, keyHash: hashKey(key) };
}

/** The factor that checks a card's responses. */
export function digitalSecurityCard({ suite: text, key, pinHash }: CardCredential): Factor {
  const { suite, wellFormed } = known(text);
  const respond = createResponder(suite, key);
  const isResponse = (given: string): given is Response =>
    typeof given === 'string' && wellFormed.test(given);

  return {
    challenges: (random) => drawChallenges(suite, random),
    parse: (given) => (isResponse(given) ? given : undefined),
    isRight: (challenge, response) => sameResponse(respond({ question: challenge, pinHash }), response),
  };
}

interface KnownSuite {
  readonly suite: Suite;
  readonly wellFormed: RegExp;
}

/** Suites of cards that were asked, by their text: a bank has cards of few. */
const knownSuites = new Map<string, KnownSuite>();
const SUITES_KEPT = 64;

function known(text: string): KnownSuite {
  let found = knownSuites.get(text);
  if (!found) {
    const suite = parseSuite(text);
    found = { suite, wellFormed: new RegExp(`^[0-9]{${suite.digits}}$`) };
    if (knownSuites.size >= SUITES_KEPT) knownSuites.clear();
    knownSuites.set(text, found);
  }
  return found;
}

/** HMAC (RFC 2104) fills a key with zeros up to its hash's block, so keys that differ in zeros at the end are the same. */
function hashKey(key: Uint8Array): string {
  const filled = new Uint8Array(KEY_BYTES.most);
  filled.set(key);
  return createHash('sha256').update(filled).digest('hex');
}

/** The host can only put digits to a card, knows no counter, clock or session of it, and wants digits and a PIN back. */
function suitable(text: string): Suite {
  const suite = parse(text);
  const { format, length } = suite.question;
  const problem =
    (format !== 'N' && 'its challenge must be decimal digits, QN') ||
    (length > LONGEST_CHALLENGE && `its challenge must have at most ${LONGEST_CHALLENGE} digits`) ||
    (suite.pinHash === undefined && 'it must take a PIN, P') ||
    (suite.digits === 0 && 'its response must be 4 to 10 digits') ||
    ((suite.counter || suite.sessionLength !== undefined || suite.timeStep !== undefined) &&
      'it must take neither counter, session nor time');
  if (problem) throw new HostError('unsuitable-suite', { reason: `suite: ${problem}` });
  return suite;
}

function parse(text: string): Suite {
  if (typeof text !== 'string') throw new HostError('unsuitable-suite', { reason: 'suite: must be text' });
  try {
    return parseSuite(text);
  } catch (error) {
    if (error instanceof OcraError) throw new HostError('unsuitable-suite', { reason: error.message });
    throw error;
  }
}
