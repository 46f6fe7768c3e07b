// A person's fingers in virtual time: presses the buttons of a card, moving its clock, as a script or a command does.
import type { Card } from './card.ts';
import type { VirtualClock } from './clock.ts';
import type { Key } from './keypad.ts';

/** How long a finger stays on a button, and off it before the next, in milliseconds. */
const TAP = 60;

/** Somebody who operates one card. */
export interface Operator {
  /** Presses a button for `ms` milliseconds, 60 unless told, and lets go. */
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
  const { hold, selfTest } = card.profile.times;

  function tap(key: Key, ms = TAP): void {
    card.press(key);
    clock.advance(ms);
    card.release(key);
    clock.advance(TAP);
  }

  function type(digits: string): void {
    for (const key of digits) {
      if (!isDigit(key)) throw new TypeError('type: only the digits 0-9 are on the keypad');
      tap(key);
    }
  }

  function switchOn(): void {
    if (card.state() !== 'off') return;
    tap('press', hold);
    clock.advance(selfTest);
  }

  function switchOff(): void {
    if (card.state() !== 'off') tap('press', hold);
  }

  function enter(name: string, digits: string, length: number): void {
    if (digits.length !== length)
      throw new RangeError(`${name}: must be ${length} digits, is ${digits.length} characters`);
    type(digits);
    tap('ok');
  }

  function answer(pin: string, challenge: string): string {
    switchOff();
    switchOn();
    for (const { entry } of card.profile.prompts) {
      if (entry === 'pin') enter('PIN', pin, card.pinLength);
      else enter('challenge', challenge, card.challengeLength);
    }
    const response = card.display();
    switchOff();
    return response;
  }

  return { tap, type, switchOn, switchOff, answer };
}

function isDigit(character: string): character is Extract<Key, `${number}`> {
  return /^[0-9]$/.test(character);
}
