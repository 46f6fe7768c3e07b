// Challenges: drawn at random, and only such as no other challenge can be mistaken for.
import { hasUniqueEncoding, type Suite } from '../firmware/ocra/index.ts';

declare const challenge: unique symbol;

/** The digits a card is asked with; as many as the suite's question has. */
export type Challenge = string & { readonly [challenge]: true };

/** A whole number from 0 to `below` - 1, each as likely as any other and not to be guessed: `crypto.randomInt`. */
export type Random = (below: number) => number;

/** The longest challenge that `crypto.randomInt`, which draws below 2^48, can draw in one go. */
export const LONGEST_CHALLENGE = 14;

/** About one in eight draws has no unique encoding; a thousand failing means that nearly all challenges are used up. */
const MAX_DRAWS = 1000;

/**
 * Draws challenges one after the other, for the caller to take the first that the card has not had before; ends after
 * a thousand draws. Challenges that share their encoding with another are left out: they share their response too.
 *
 * @throws {RangeError} if `random` gives anything but a whole number below what it was asked.
 */
export function* drawChallenges(suite: Suite, random: Random): Generator<Challenge> {
  const { length } = suite.question;
  const below = 10 ** length;
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const value = random(below);
    if (!(Number.isSafeInteger(value) && value >= 0 && value < below)) {
      throw new RangeError(`random: must give a whole number from 0 to ${below - 1}`);
    }
    const digits = String(value).padStart(length, '0');
    if (hasUniqueEncoding(suite, digits)) yield digits as Challenge;
  }
}
