// The card's time: a clock's, in whole milliseconds, so that what happens can be told and told again.
import { JUMP, type Clock } from './clock.ts';

/** Reads a clock, and notices when the time of day moves without the card's own. */
export class CardTime {
  readonly #clock: Clock;
  /** When this card began, by its own time. */
  readonly began: number;
  /** How much the time of day is ahead of the card's own time. */
  #ahead: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.began = this.now();
    this.#ahead = this.#readAhead();
  }

  now(): number {
    return Math.floor(this.#clock.now());
  }

  /** The time of day at one of the card's times. */
  timeOfDay(at: number): number {
    return at + this.#ahead;
  }

  /** By how much the time of day has jumped since it was looked at last; 0 for less than {@link JUMP} notices. */
  takeJump(): number {
    const by = this.#readAhead() - this.#ahead;
    if (Math.abs(by) < JUMP.noticed) return 0;
    this.#ahead += by;
    return by;
  }

  #readAhead(): number {
    return Math.floor(this.#clock.timeOfDay()) - this.now();
  }
}
