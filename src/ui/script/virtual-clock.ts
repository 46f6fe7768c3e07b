// Time that stands still until somebody moves it: two minutes pass in no time.
import type { Clock } from '../../firmware/clock.ts';

interface Alarm {
  readonly time: number;
  readonly wake: () => void;
}

/**
 * A clock for tests and scripts, for cards and for hosts. It moves when `advance` is called; and by itself while
 * somebody sleeps, as soon as nothing else is left to do.
 *
 * @example
 * const clock = new VirtualClock();
 * clock.advance(2000); // everything due in these two seconds happens now, in order
 */
export class VirtualClock implements Clock {
  #now: number;
  /** How much the time of day is ahead of `now()`. */
  #ahead: number;
  /** Ordered by time; alarms of the same time keep the order they were set in. */
  #alarms: Alarm[] = [];
  #sleepers = 0;
  #moving = false;

  /**
   * @param start - what `now()` says at first, in milliseconds.
   * @param timeOfDay - the time of day at first, in milliseconds since 1970; 0 unless told, since it must be the same in
   *   every run.
   */
  constructor(start = 0, timeOfDay = 0) {
    this.#now = start;
    this.#ahead = timeOfDay - start;
  }

  now(): number {
    return this.#now;
  }

  timeOfDay(): number {
    return this.#now + this.#ahead;
  }

  /** Somebody sets the time of day on by `ms` milliseconds, or back; or the computer slept so long. Nothing rings. */
  jump(ms: number): void {
    this.#ahead += ms;
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
   * An error thrown by an alarm is thrown when time has moved.
   *
   * @throws {RangeError} if `ms` is not a number of milliseconds, 0 or more.
   */
  advance(ms: number): void {
    if (!(ms >= 0 && ms < Infinity)) throw new RangeError('advance: ms must be 0 or more');
    this.#advanceTo(this.#now + ms);
  }

  /**
   * Resolves when `ms` milliseconds have passed. Time moves on to the earliest sleeper, once all that can be done before
   * is done: a thousand who sleep at the same time take no longer than one.
   *
   * Work on other threads, as real password hashing, takes no virtual time; time may move on while it runs.
   *
   * @throws {RangeError} if `ms` is not a number of milliseconds; less than 0 is none.
   */
  async sleep(ms: number): Promise<void> {
    if (!(ms < Infinity)) throw new RangeError('sleep: ms must be a number of milliseconds');
    this.#sleepers++;
    const woken = new Promise<void>((resolve) => void this.wakeAt(this.#now + ms, resolve));
    this.#moveOn();
    await woken;
    this.#sleepers--;
  }

  #moveOn(): void {
    if (this.#moving) return;
    this.#moving = true;
    // By then all promises that could be settled at the present time are.
    setImmediate(() => {
      this.#moving = false;
      const [next] = this.#alarms;
      if (this.#sleepers === 0 || !next) return;
      this.#moveOn();
      this.#advanceTo(Math.max(this.#now, next.time));
    });
  }

  #advanceTo(time: number): void {
    const errors: unknown[] = [];
    for (let next = this.#alarms[0]; next && next.time <= time; next = this.#alarms[0]) {
      this.#alarms.shift();
      this.#now = Math.max(this.#now, next.time);
      try {
        next.wake();
      } catch (error) {
        errors.push(error);
      }
    }
    // An alarm may itself have moved the clock beyond `time`.
    this.#now = Math.max(this.#now, time);
    if (errors.length > 0) throw errors[0];
  }
}
