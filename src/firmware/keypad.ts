// The keypad: buttons with weight. What fingers do goes in, what the card understands comes out.

/** The buttons with digits. */
export const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** A button with a digit. */
export type Digit = (typeof DIGITS)[number];

/** All buttons. */
export const KEYS = [...DIGITS, 'back', 'ok', 'press'] as const;

/** A button of the card: ten digits, the back arrow, OK, and the round "press". */
export type Key = (typeof KEYS)[number];

/** Whether the text is one ASCII digit, which is a button's name. */
export function isDigit(text: string): text is Digit {
  return text.length === 1 && text >= '0' && text <= '9';
}

/** How long a button must be down, in milliseconds. */
export interface KeyTimes {
  /** Below this a press is a touch, and does nothing. */
  readonly touch: number;
  /** `press` does its work only when held this long. */
  readonly hold: number;
}

/** A button that was down, alone, for long enough. */
export interface Stroke {
  readonly key: Key;
  /** When the finger came down, in the clock's milliseconds. */
  readonly since: number;
  /** When it had been down long enough. */
  readonly at: number;
}

/** The buttons that are down, and the stroke that will come of it. */
export interface Fingers {
  readonly down: readonly Key[];
  readonly coming?: Stroke | undefined;
}

/**
 * Debounces buttons and measures holds. A button works once in each press: when it has been down alone for its time.
 * Two buttons at once do nothing until all are up. It has no clock: it is told the time, and says when it is due.
 */
export class Keypad {
  readonly #times: KeyTimes;
  readonly #down = new Set<Key>();
  #coming: Stroke | undefined;

  constructor(times: KeyTimes) {
    this.#times = times;
  }

  /**
   * A finger comes down. Pressing a button that is down already changes nothing.
   *
   * @returns Whether it was up.
   * @throws {TypeError} from untyped code, for a button that is not there.
   */
  press(key: Key, now: number): boolean {
    if (!KEYS.includes(key)) throw new TypeError('press: the buttons are 0-9, back, ok and press');
    if (this.#down.has(key)) return false;
    this.#down.add(key);
    const at = now + (key === 'press' ? this.#times.hold : this.#times.touch);
    this.#coming = this.#down.size === 1 ? { key, since: now, at } : undefined;
    return true;
  }

  /** A finger lifts. Releasing a button that is up changes nothing. @returns Whether it was down. */
  release(key: Key): boolean {
    const wasDown = this.#down.delete(key);
    if (wasDown) this.#coming = undefined;
    return wasDown;
  }

  /** All fingers lift. */
  letGo(): void {
    this.#down.clear();
    this.#coming = undefined;
  }

  /** The fingers as they are now. */
  get fingers(): Fingers {
    return { down: [...this.#down], coming: this.#coming };
  }

  /** Puts the fingers where they were. */
  put({ down, coming }: Fingers): void {
    this.#down.clear();
    for (const key of down) this.#down.add(key);
    this.#coming = coming;
  }

  /** When the button that is down will have worked, if it stays down alone; undefined if none will. */
  get due(): number | undefined {
    return this.#coming?.at;
  }

  /** The stroke that is due by `now`, once. */
  take(now: number): Stroke | undefined {
    const stroke = this.#coming;
    if (!stroke || stroke.at > now) return undefined;
    this.#coming = undefined;
    return stroke;
  }
}
