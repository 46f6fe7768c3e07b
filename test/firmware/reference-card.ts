// The card as a naive machine that looks at its buttons every ten milliseconds: what the real one is compared with.
import type { Key } from '../../src/firmware/keypad.ts';
import { secondReading } from './ocra/second-reading.ts';

export const TICK = 10;
export const KEY = Buffer.from('12345678901234567890');

/** Knows no statechart, no alarms and no firmware: only the facts of the device and the text of RFC 6287. */
export class ReferenceCard {
  state: 'off' | 'selfTest' | 'pin' | 'challenge' | 'response' = 'off';
  pin = '';
  challenge = '';
  #answered = { pin: '', question: '' };
  readonly #down = new Set<Key>();
  #alone = false;
  #heldFor = 0;
  #switchedDuringPress = false;
  #idleFor = 0;

  press(key: Key): void {
    if (this.#down.has(key)) return;
    this.#down.add(key);
    this.#alone = this.#down.size === 1;
    this.#heldFor = 0;
    this.#switchedDuringPress = false;
  }

  release(key: Key): void {
    if (this.#down.delete(key)) this.#alone = false;
  }

  wait(ms: number): void {
    for (let passed = 0; passed < ms; passed += TICK) this.#tick();
  }

  display(): string {
    switch (this.state) {
      case 'off':
        return '';
      case 'selfTest':
        return '████████';
      case 'pin':
        return `PIN>${'*'.repeat(this.pin.length)}`;
      case 'challenge':
        return this.challenge || 'CHALLNG>';
      case 'response':
        return secondReading({
          suite: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1',
          keyHex: KEY.toString('hex'),
          ...this.#answered,
        });
    }
  }

  #tick(): void {
    this.#idleFor += TICK;
    if (this.#alone) {
      this.#heldFor += TICK;
      const [key] = this.#down;
      if (key === 'press' ? this.#heldFor === 2000 : this.#heldFor === 40) this.#work(key);
    }
    const patience = { off: Infinity, selfTest: 500, pin: 30_000, challenge: 30_000, response: 60_000 }[
      this.state
    ];
    if (this.#idleFor >= patience) this.#enter(this.state === 'selfTest' ? 'pin' : 'off');
  }

  #work(key: Key | undefined): void {
    if (key === 'press') {
      if (!this.#switchedDuringPress) this.#enter(this.state === 'off' ? 'selfTest' : 'off');
      return;
    }
    if (this.state === 'off' || this.state === 'selfTest' || key === undefined) return;
    this.#idleFor = 0;
    if (this.state === 'response') return;
    const typed = this[this.state];
    const length = this.state === 'pin' ? 4 : 6;
    if (key === 'back') this[this.state] = typed.slice(0, -1);
    else if (key !== 'ok') this[this.state] = (typed + key).slice(0, length);
    else if (typed.length === length) this.#enter(this.state === 'pin' ? 'challenge' : 'response');
  }

  #enter(state: ReferenceCard['state']): void {
    if (state === 'off' || state === 'selfTest') this.#switchedDuringPress = true;
    if (state === 'response') this.#answered = { pin: this.pin, question: this.challenge };
    if (state === 'off' || state === 'response') this.pin = this.challenge = '';
    this.state = state;
    this.#idleFor = 0;
  }
}
