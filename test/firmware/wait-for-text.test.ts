import { beforeEach, expect, test } from 'vitest';
import { News } from '../../src/firmware/news.ts';
import { waitForText } from '../../src/firmware/wait-for-text.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';

/** A display that knows how many listen to it. */
class Display {
  readonly #news = new News();
  #shown = '';
  listeners = 0;

  display(): string {
    return this.#shown;
  }

  subscribe(listener: (display: string) => void): () => void {
    const end = this.#news.subscribe(listener);
    this.listeners++;
    return () => {
      end();
      this.listeners--;
    };
  }

  show(text: string): void {
    this.#shown = text;
    this.#news.announce(text);
  }
}

/** A clock that knows how many alarms are set. */
class CountingClock extends VirtualClock {
  alarms = 0;

  override wakeAt(time: number, wake: () => void): () => void {
    const cancel = super.wakeAt(time, wake);
    this.alarms++;
    return () => {
      cancel();
      this.alarms--;
    };
  }
}

let clock: CountingClock;
let display: Display;

beforeEach(() => {
  clock = new CountingClock();
  display = new Display();
});

test('a text is the whole display, to the letter', async () => {
  display.show('PIN>');
  const waiting = waitForText(display, clock, 'P.N', 1000);
  display.show('PIN');
  display.show('P.N>');
  display.show('P.N');
  display.show('');
  await expect(waiting).resolves.toBe('P.N');
});

test('an expression is searched for, from the start of the display each time', async () => {
  const digits = /[0-9]{2}/g;
  display.show('PIN>12');
  await expect(waitForText(display, clock, digits, 1000)).resolves.toBe('PIN>12');
  await expect(waitForText(display, clock, digits, 1000)).resolves.toBe('PIN>12');
});

test('a wait that found its text has gone, with its alarm', async () => {
  const waiting = waitForText(display, clock, 'PIN>', 1000);
  expect([display.listeners, clock.alarms]).toEqual([1, 1]);
  display.show('PIN>');
  expect([display.listeners, clock.alarms]).toEqual([0, 0]);
  await waiting;
});

test('a wait that was in vain has gone too', async () => {
  const waiting = waitForText(display, clock, 'PIN>', 1000);
  clock.advance(999);
  expect(display.listeners).toBe(1);
  clock.advance(1);
  expect(display.listeners).toBe(0);
  await expect(waiting).rejects.toMatchObject({ code: 'timeout' });
});

test.each([
  ['CHALLNG>', 'PIN>', 'waited 1000 ms for "CHALLNG>", but the display shows "PIN>"'],
  [/^[0-9]{8}$/, '', 'waited 1000 ms for /^[0-9]{8}$/, but the display shows nothing (the card is off)'],
])('waiting in vain for %s while it shows "%s"', async (text, shown, message) => {
  display.show(shown);
  const waiting = waitForText(display, clock, text, 1000);
  clock.advance(1000);
  await expect(waiting).rejects.toThrow(message);
});
