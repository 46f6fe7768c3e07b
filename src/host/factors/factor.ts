// What every kind of second factor has in common: it asks something, and its answers can be checked.
import type { Challenge, Random } from '../challenges.ts';

declare const response: unique symbol;

/** An answer in the form its device gives, right or wrong. */
export type Response = string & { readonly [response]: true };

/** A second factor that a challenge is put to. */
export interface Factor {
  /** Challenges that may be put to it, at random; ends when a new one is not likely to be found. */
  challenges(random: Random): Iterable<Challenge>;
  /** Undefined for what has not the form its device gives: a slip of the hand, not a wrong answer. */
  parse(text: string): Response | undefined;
  /** Whether a response is the right one. Takes the same time whatever it finds. */
  isRight(challenge: Challenge, response: Response): boolean;
}
