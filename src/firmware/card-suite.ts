// Which OCRA suites a card with digit keys and a short line can operate.
import { CardError } from './card-error.ts';
import { OcraError, parseSuite, type Suite } from './ocra/index.ts';
import type { Entry, Profile } from './profiles.ts';

/**
 * Reads the suite of a card and checks that this device can operate it: it can type decimal digits and a PIN, count its
 * responses, and show as many digits as its display has places, or more if it has pages.
 *
 * @throws {OcraError} `bad-suite` if it is no suite.
 * @throws {CardError} `unsuitable-suite` if the device cannot operate it.
 */
export function readCardSuite({ name, display, times }: Profile, text: string): Suite {
  const suite = parseSuite(text);
  const width = times.page === undefined ? display.width : Infinity;
  const fault =
    (suite.question.format !== 'N' && 'it can only type decimal challenges (QN)') ||
    (suite.question.length > width &&
      `it can show a challenge of at most ${width} digits (QN${pad(width)})`) ||
    (suite.pinHash === undefined && 'it asks for a PIN, so the suite must have a P input') ||
    (suite.sessionLength !== undefined && 'it has no session information (S)') ||
    (suite.timeStep !== undefined && 'it has no clock (T)') ||
    ((suite.digits === 0 || suite.digits > width) &&
      `it can show a response of 4 to ${Math.min(10, width)} digits`);
  if (fault) throw new CardError('unsuitable-suite', `the ${name} cannot operate ${text}: ${fault}`);
  return suite;
}

/** How many digits a card takes of a PIN, and of a challenge. */
export function entryLengths({ pinLength }: Profile, { question }: Suite): Record<Entry, number> {
  return { pin: pinLength, challenge: question.length };
}

/** Why a device cannot operate a suite; undefined if it can. */
export function suiteFault(profile: Profile, text: string): string | undefined {
  try {
    readCardSuite(profile, text);
    return undefined;
  } catch (error) {
    if (error instanceof CardError || error instanceof OcraError) return error.message;
    throw error;
  }
}

const pad = (length: number): string => String(length).padStart(2, '0');
