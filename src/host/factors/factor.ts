// What every kind of second factor has in common: it asks something, and its answers can be checked.
import type { Challenge, Random } from '../challenges.ts';

/** A second factor that a challenge is put to. */
export interface Factor {
  /** Challenges that may be put to it, at random; ends when a new one is not likely to be found. */
  challenges(random: Random): Iterable<Challenge>;
  /** Whether a response has the form its device gives. Another form is a slip of the hand, not a wrong answer. */
  isWellFormed(response: string): boolean;
  /** Whether a well-formed response is the right one. Takes the same time whatever it finds. */
  isRight(challenge: Challenge, response: string): boolean;
}
