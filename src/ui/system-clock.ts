// The real time: for the card a clock that never goes back, for the host the time of day.
import type { Clock } from '../firmware/clock.ts';
import type { HostClock } from '../host/index.ts';

/** The longest delay a timer can take, in milliseconds; beyond it Node would ring at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

const sinceStart = (): number => performance.now();

/**
 * Rings as soon as `sinceStart()` has reached `time`; never early, as Node's timers may by a millisecond.
 *
 * @returns A function that cancels.
 */
function ringAt(time: number, ring: () => void, keepAlive: boolean): () => void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const delay = Math.min(Math.max(0, Math.ceil(time - sinceStart())), LONGEST_DELAY);
    timer = setTimeout(() => (sinceStart() >= time ? ring() : wait()), delay);
    if (!keepAlive) timer.unref();
  };
  wait();
  return () => clearTimeout(timer);
}

/** The card's clock: milliseconds since the process began. A card that is left lying does not keep the process alive. */
export const systemClock: Clock = {
  now: sinceStart,
  timeOfDay: () => Date.now(),
  wakeAt: (time, wake) => ringAt(time, wake, false),
};

/** The host's clock: the time of day, in milliseconds since 1970, which somebody may set; sleep does not depend on it. */
export const systemHostClock: HostClock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((wake) => void ringAt(sinceStart() + ms, wake, true)),
};
