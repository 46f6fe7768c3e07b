// Time, as the card sees it: an injected clock. The firmware has none of its own.

/** What a card needs of time: to read it, and to be woken. */
export interface Clock {
  /** Milliseconds since some fixed instant; never goes back. */
  now(): number;
  /**
   * Calls `wake` once, as soon as `now()` has reached `time`, never before `wakeAt` has returned.
   *
   * @returns A function that cancels the call; cancelling twice, or after the call, does nothing.
   */
  wakeAt(time: number, wake: () => void): () => void;
}

interface Alarm {
  readonly time: number;
  readonly wake: () => void;
}

/**
 * A clock that stands still until it is moved, for tests and scripts: two minutes pass in no time.
 *
 * @example
 * const clock = new VirtualClock();
 * clock.advance(2000); // everything due in these two seconds happens now, in order
 */
export class VirtualClock implements Clock {
  #now: number;
  /** Ordered by time; alarms of the same time keep the order they were set in. */
  #alarms: Alarm[] = [];

  /** @param start - what `now()` says at first, in milliseconds. */
  constructor(start = 0) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  wakeAt(time: number, wake: () => void): () => void {
    const alarm = { time, wake };
    const later = this.#alarms.findIndex((other) => other.time > time);
    this.#alarms.splice(later === -1 ? this.#alarms.length : later, 0, alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  /**
   * Moves time on by `ms` milliseconds. Every alarm due on the way rings at its own time, those that an alarm sets too.
   *
   * @throws {RangeError} if `ms` is not a number of milliseconds, 0 or more.
   */
  advance(ms: number): void {
    if (!(ms >= 0 && ms < Infinity)) throw new RangeError('advance: ms must be 0 or more');
    this.#advanceTo(this.#now + ms);
  }

  /**
   * Moves time on to `time`, unless it is there already. Sleepers that began together wake together, as they would in
   * real time, so a thousand interleaved logins take no longer than one.
   */
  async sleepUntil(time: number): Promise<void> {
    await Promise.resolve();
    if (time > this.#now) this.#advanceTo(time);
  }

  #advanceTo(time: number): void {
    for (let next = this.#alarms[0]; next && next.time <= time; next = this.#alarms[0]) {
      this.#alarms.shift();
      this.#now = Math.max(this.#now, next.time);
      next.wake();
    }
    // An alarm may itself have moved the clock beyond `time`.
    this.#now = Math.max(this.#now, time);
  }
}
