// The tape: tells every recorder what happens, and hides from each what it is not to know.
import type { Key } from './keypad.ts';
import type { MemoryWrite } from './memory.ts';
import { toldKey, toldText, type HIDDEN_KEY, type RecordedCard, type Recorder } from './recording.ts';
import type { CardState } from './statechart.ts';

/** Tells recorders of one card. Times are the card's own, in milliseconds. */
export class Tape {
  readonly #recorders: readonly Recorder[];
  readonly #began: number;
  #lastTold = '';
  readonly #presses = new Map<Key, Key | typeof HIDDEN_KEY>();

  /**
   * @param began - when the recording begins.
   * @param card - the first entry, with secrets or without.
   */
  constructor(recorders: readonly Recorder[], began: number, card: (secrets: boolean) => RecordedCard) {
    this.#recorders = recorders;
    this.#began = began;
    for (const { write, secrets = false } of recorders) write(card(secrets));
  }

  press(key: Key, state: CardState, at: number): void {
    if (this.#recorders.length === 0) return;
    const told = toldKey(key, state);
    this.#presses.set(key, told);
    this.#key('press', key, told, at);
  }

  /** A button that was hidden when it went down is hidden when it comes up, wherever the card is by then. */
  release(key: Key, state: CardState, at: number): void {
    if (this.#recorders.length === 0) return;
    this.#key('release', key, this.#presses.get(key) ?? toldKey(key, state), at);
    this.#presses.delete(key);
  }

  display(line: string, state: CardState, at: number): void {
    if (this.#recorders.length === 0) return;
    const told = toldText(line, state);
    for (const { write, secrets } of this.#recorders) {
      // What looks as before once it is hidden is not told: that it changed would tell something of it.
      if (!secrets && told === this.#lastTold) continue;
      write({ type: 'display', t: at - this.#began, text: secrets ? line : told });
    }
    this.#lastTold = told;
  }

  /** The memory was written, or could not be read or written. */
  memory(what: MemoryWrite | { readonly failed: 'load' | 'store' }, at: number): void {
    for (const { write } of this.#recorders) write({ type: 'memory', t: at - this.#began, ...what });
  }

  /** The time of day jumped. */
  clock(by: number, at: number): void {
    for (const { write } of this.#recorders) write({ type: 'clock', t: at - this.#began, by });
  }

  #key(type: 'press' | 'release', key: Key, told: Key | typeof HIDDEN_KEY, at: number): void {
    for (const { write, secrets } of this.#recorders) {
      write({ type, t: at - this.#began, key: secrets ? key : told });
    }
  }
}
