// Time, as the card sees it: an injected clock. The firmware has none of its own.

/** What a card needs of time: to read it, and to be woken. */
export interface Clock {
  /** Milliseconds since some fixed instant; never goes back. It may stand still while the computer sleeps. */
  now(): number;
  /** The time of day, in milliseconds since 1970; somebody may set it. */
  timeOfDay(): number;
  /**
   * Calls `wake` once, as soon as `now()` has reached `time`, never before `wakeAt` has returned.
   *
   * @returns A function that cancels the call; cancelling twice, or after the call, does nothing.
   */
  wakeAt(time: number, wake: () => void): () => void;
}

/**
 * By how many milliseconds the time of day must move, without the card's own time, to be noticed, and to switch the card
 * off: then the computer slept, or somebody set its clock.
 */
export const JUMP = { noticed: 1000, cuts: 10_000 } as const;
