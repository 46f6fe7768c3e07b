// One finger on the card's keypad: it takes presses as fast as they come and makes them one after the other.
import type { Clock } from '../../../firmware/clock.ts';
import type { Key } from '../../../firmware/keypad.ts';
import { createStore, type Readable } from '../store.ts';

/** How long a typed key is down at the least, and how long all keys are up before the next, in milliseconds. */
export const TAP = 60;
export const GAP = 20;

/** A latched hold lasts a little longer than it must. */
const HOLD_MARGIN = 50;

/** A keypad to press on. */
export interface Buttons {
  press(key: Key): void;
  release(key: Key): void;
}

/** Where the finger is. */
export interface Touch {
  readonly key: Key;
  /** When it came down, in the clock's milliseconds. */
  readonly since: number;
  /** Whether it stays by itself until the hold is over, because nobody will tell when the key is let go. */
  readonly latched: boolean;
}

/** The finger. */
export interface Finger {
  /** The button that is down now. */
  readonly touch: Readable<Touch | undefined>;
  /** Presses and lets go, when all that was asked before is done. */
  tap(key: Key): void;
  /** Presses and stays until `lift`, or until the finger is wanted for another button. */
  hold(key: Key): void;
  /** Presses `press` for as long as it takes to switch on or off. */
  latch(): void;
  /** Lets go of a held button; a press shorter than a tap lasts as long as one. */
  lift(key: Key): void;
  /** Lets go of whatever is held, as when nobody will tell any more that it was let go. */
  letGo(): void;
  /** Lets go at once, and forgets what it was to do. */
  drop(): void;
  /** Cuts a latched hold short. @returns Whether there was one. */
  unlatch(): boolean;
}

interface Press {
  readonly key: Key;
  readonly latched: boolean;
  /** Milliseconds from coming down to lifting; infinite while somebody holds it. */
  lasts: number;
}

/**
 * Makes a finger.
 *
 * @param holdTime - how long `press` must be down to switch the card on or off, in milliseconds.
 */
export function createFinger(buttons: Buttons, clock: Clock, holdTime: number): Finger {
  const touch = createStore<Touch | undefined>(undefined);
  const waiting: Press[] = [];
  let present: (Press & { since: number }) | undefined;
  let mayPressAt = -Infinity;
  let cancel: (() => void) | undefined;

  /** Does what is due, and asks to be woken for what is next. */
  function proceed(): void {
    cancel?.();
    const now = clock.now();
    if (present && now >= present.since + present.lasts) lift();
    if (!present && now >= mayPressAt) press();
    const next = present ? present.since + present.lasts : waiting.length > 0 ? mayPressAt : Infinity;
    cancel = next === Infinity ? undefined : clock.wakeAt(next, proceed);
  }

  function press(): void {
    const next = waiting.shift();
    if (!next) return;
    const since = clock.now();
    const pressed = { ...next, since };
    present = pressed;
    touch.set({ key: next.key, since, latched: next.latched });
    buttons.press(next.key);
    // The card counts from when it felt the finger. On a busy machine that is later, and a tap would be a mere touch.
    pressed.since = clock.now();
  }

  function lift(): void {
    if (!present) return;
    const { key } = present;
    present = undefined;
    mayPressAt = clock.now() + GAP;
    touch.set(undefined);
    buttons.release(key);
  }

  function endHolds(): void {
    for (const held of waiting) if (held.lasts !== TAP) held.lasts = TAP;
    if (present && present.lasts > TAP) present.lasts = Math.max(TAP, clock.now() - present.since);
  }

  function enqueue(next: Press): void {
    endHolds();
    waiting.push(next);
    proceed();
  }

  return {
    touch,
    tap: (key) => enqueue({ key, lasts: TAP, latched: false }),
    hold: (key) => enqueue({ key, lasts: Infinity, latched: false }),
    latch: () => enqueue({ key: 'press', lasts: holdTime + HOLD_MARGIN, latched: true }),
    lift(key) {
      const isHeld = (held: Press | undefined): boolean => held?.key === key && held.lasts === Infinity;
      if (!isHeld(present) && !waiting.some(isHeld)) return;
      endHolds();
      proceed();
    },
    letGo() {
      if (present?.latched) return;
      endHolds();
      proceed();
    },
    drop() {
      waiting.length = 0;
      lift();
      proceed();
    },
    unlatch() {
      if (!present?.latched) return false;
      endHolds();
      proceed();
      return true;
    },
  };
}
