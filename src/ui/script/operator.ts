// A person's fingers in virtual time: presses the buttons of a card, moving its clock, as a script or a command does.
import type { Card } from '../../firmware/card.ts';
import { CardError } from '../../firmware/card-error.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { isDigit, type Digit, type Key } from '../../firmware/keypad.ts';

/** How much longer than a touch a finger stays on a button, and how long off it before the next, in milliseconds. */
const EASE = 20;

/** Somebody who operates one card. */
export interface Operator {
  /** Presses a button for `ms` milliseconds, a little longer than a touch unless told, and lets go. */
  tap(key: Key, ms?: number): void;
  /**
   * Presses one button after the other.
   *
   * @throws {TypeError} if there is anything but ASCII digits.
   */
  type(digits: string): void;
  /** Holds `press` until the first prompt shows. Does nothing to a card that is on. */
  switchOn(): void;
  /** Holds `press` until the display is empty. Does nothing to a card that is off. */
  switchOff(): void;
  /**
   * The whole ceremony: switches the card off and on, types PIN and challenge, reads the response, switches off.
   *
   * @throws {RangeError} if PIN or challenge has not the number of digits the card asks for: it would wait for more.
   * @throws {TypeError} if they are not ASCII digits.
   * @throws {CardError} `no-response` if the card does not do what the buttons say: another one is held down, or its
   *   clock is not this one.
   */
  answer(pin: string, challenge: string): string;
}

/**
 * Lets a script operate a card.
 *
 * @param clock - the clock the card was made with.
 * @example
 * operate(card, clock).answer('1234', '482915'); // eight digits
 */
export function operate(card: Card, clock: VirtualClock): Operator {
  const { touch, hold, selfTest, lowBattery } = card.profile.times;
  const lengths = { pin: card.pinLength, challenge: card.challengeLength };

  function tap(key: Key, ms = touch + EASE): void {
    card.press(key);
    clock.advance(ms);
    card.release(key);
    clock.advance(EASE);
  }

  function type(digits: string): void {
    typeKeys(keysOf(digits));
  }

  function typeKeys(keys: readonly Digit[]): void {
    for (const key of keys) tap(key);
  }

  function switchOn(): void {
    if (card.state() !== 'off') return;
    tap('press', hold);
    clock.advance(selfTest);
    if (card.state() === 'lowBattery') clock.advance(lowBattery);
  }

  function switchOff(): void {
    if (card.state() !== 'off') tap('press', hold);
  }

  function answer(pin: string, challenge: string): string {
    const keys = { pin: keysOf(pin), challenge: keysOf(challenge) };
    for (const entry of ['pin', 'challenge'] as const) {
      const { length } = keys[entry];
      if (length !== lengths[entry]) {
        throw new RangeError(`${entry}: must be ${lengths[entry]} digits, is ${length}`);
      }
    }
    switchOff();
    try {
      switchOn();
      for (const { entry } of card.profile.prompts) {
        typeKeys(keys[entry]);
        tap('ok');
      }
      if (card.state() === 'response') return card.response();
      throw new CardError(
        'no-response',
        'the card shows no response; let go of all its buttons, and operate it with the clock it was made with',
      );
    } finally {
      switchOff();
    }
  }

  return { tap, type, switchOn, switchOff, answer };
}

function keysOf(digits: string): Digit[] {
  return Array.from(digits, (character) => {
    if (!isDigit(character)) throw new TypeError('type: only the digits 0-9 are on the keypad');
    return character;
  });
}
