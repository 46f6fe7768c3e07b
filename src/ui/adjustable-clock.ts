// A clock over another one that can be stopped, stepped on, and set going again.
import type { Clock } from '../firmware/clock.ts';

/** A clock that somebody steers. */
export interface AdjustableClock extends Clock {
  readonly isPaused: boolean;
  /** From now on it stands still, its time of day too. Does nothing to one that does. */
  pause(): void;
  /** Goes on from where it stood, however long that was. Does nothing to one that goes. */
  resume(): void;
  /**
   * Moves it on by `ms` milliseconds, whether it stands still or goes. Every alarm due on the way rings at its own time,
   * those that an alarm sets too. An error thrown by an alarm is thrown when time has moved.
   *
   * @throws {RangeError} if `ms` is not a number of milliseconds, 0 or more.
   */
  advance(ms: number): void;
}

interface Alarm {
  readonly time: number;
  readonly wake: () => void;
}

interface Times {
  readonly now: number;
  readonly timeOfDay: number;
}

/**
 * Makes a clock that goes with `base` and shows what it shows, until it is stopped or moved on.
 *
 * @example
 * const clock = createAdjustableClock(systemClock);
 * clock.pause();
 * clock.advance(500); // half a second later, and no more
 */
export function createAdjustableClock(base: Clock): AdjustableClock {
  /** What it shows while it stands still. */
  let still: Times | undefined;
  /** How much it is ahead of the base, and its time of day of the base's, while it goes. */
  let ahead: Times = { now: 0, timeOfDay: 0 };
  /** While alarms ring on the way of `advance`: the time it shows to them, on the way to the time it is. */
  let shown: number | undefined;
  /** Ordered by time; alarms of the same time keep the order they were set in. */
  let alarms: Alarm[] = [];
  let cancelBase: (() => void) | undefined;

  const goOnFrom = (from: Times, by: number): Times => ({
    now: from.now + by,
    timeOfDay: from.timeOfDay + by,
  });
  const read = (): Times =>
    still ?? { now: base.now() + ahead.now, timeOfDay: base.timeOfDay() + ahead.timeOfDay };
  const now = (): number => shown ?? read().now;

  function awaitNext(): void {
    cancelBase?.();
    const [next] = alarms;
    cancelBase =
      next && !still
        ? // The base says when it is time: what it says may differ from our own reckoning in the last bit.
          base.wakeAt(next.time - ahead.now, () => ring(Math.max(next.time, read().now), false))
        : undefined;
  }

  /** Rings what is due, and what that makes due. @param stepwise - whether it shows to each alarm the alarm's own time. */
  function ring(by: number, stepwise: boolean): void {
    const errors: unknown[] = [];
    for (let next = alarms[0]; next && next.time <= Math.max(by, read().now); next = alarms[0]) {
      alarms.shift();
      if (stepwise) shown = Math.max(now(), next.time);
      try {
        next.wake();
      } catch (error) {
        errors.push(error);
      }
    }
    shown = undefined;
    awaitNext();
    if (errors.length > 0) throw errors[0];
  }

  return {
    get isPaused() {
      return still !== undefined;
    },
    now,
    timeOfDay() {
      const is = read();
      return is.timeOfDay - (is.now - now());
    },
    wakeAt(time, wake) {
      const alarm = { time, wake };
      const later = alarms.findIndex((other) => other.time > time);
      alarms.splice(later === -1 ? alarms.length : later, 0, alarm);
      if (alarms[0] === alarm) awaitNext();
      return () => {
        const wasNext = alarms[0] === alarm;
        alarms = alarms.filter((other) => other !== alarm);
        if (wasNext) awaitNext();
      };
    },
    pause() {
      still ??= read();
      awaitNext();
    },
    resume() {
      if (!still) return;
      ahead = { now: still.now - base.now(), timeOfDay: still.timeOfDay - base.timeOfDay() };
      still = undefined;
      awaitNext();
    },
    advance(ms) {
      if (!(ms >= 0 && ms < Infinity)) throw new RangeError('advance: ms must be 0 or more');
      shown = now();
      if (still) still = goOnFrom(still, ms);
      else ahead = goOnFrom(ahead, ms);
      ring(read().now, true);
    },
  };
}
