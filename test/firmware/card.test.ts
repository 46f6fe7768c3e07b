import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createCard, type Card } from '../../src/firmware/card.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import type { Key } from '../../src/firmware/keypad.ts';
import { DSC, DSC_PLUS } from '../../src/firmware/profiles.ts';
import { operate, type Operator } from '../../src/ui/script/operator.ts';
import { usualRuns } from '../usual-runs.ts';
import { KEY, ReferenceCard, TICK } from './reference-card.ts';

let clock: VirtualClock;
let card: Card;
let hand: Operator;

beforeEach(() => {
  clock = new VirtualClock();
  card = createCard({ key: KEY, clock });
  hand = operate(card, clock);
});

describe('the ceremony', () => {
  test('press until PIN>, four digits, OK, CHALLNG>, six digits, OK, eight digits', () => {
    expect(card.display()).toBe('');
    card.press('press');
    clock.advance(1999);
    expect(card.display()).toBe('');
    clock.advance(1);
    expect(card.display()).toBe('████████');
    card.release('press');
    clock.advance(500);
    expect(card.display()).toBe('PIN>');

    hand.type('12');
    expect(card.display()).toBe('PIN>**');
    hand.type('34');
    hand.tap('ok');
    expect(card.display()).toBe('CHALLNG>');
    hand.type('000');
    expect(card.display()).toBe('000');
    hand.type('001');
    hand.tap('ok');
    // The published key, PIN 1234 and challenge 000001.
    expect(card.display()).toBe('82666722');
  });

  test('a wrong PIN still shows eight digits', () => {
    const right = hand.answer('1234', '482915');
    const wrong = hand.answer('4321', '482915');
    expect(wrong).toMatch(/^[0-9]{8}$/);
    expect(wrong).not.toBe(right);
  });

  test('back erases one digit, and nothing where there is none', () => {
    hand.switchOn();
    hand.tap('back');
    hand.type('129');
    hand.tap('back');
    expect(card.display()).toBe('PIN>**');
    hand.type('34');
    hand.tap('ok');
    hand.type('7');
    hand.tap('back');
    hand.tap('back');
    expect(card.display()).toBe('CHALLNG>');
    hand.type('000001');
    hand.tap('ok');
    expect(card.display()).toBe('82666722');
  });

  test('digits beyond the length are ignored, and OK on an incomplete entry does nothing', () => {
    hand.switchOn();
    hand.type('123');
    hand.tap('ok');
    expect(card.display()).toBe('PIN>***');
    hand.type('4567');
    expect(card.display()).toBe('PIN>****');
    hand.tap('ok');
    hand.type('00000');
    hand.tap('ok');
    expect(card.display()).toBe('00000');
    hand.type('19');
    hand.tap('ok');
    expect(card.display()).toBe('82666722');
  });
});

describe('switching off', () => {
  test('a hold of two seconds switches off at once, and the next start knows nothing of what was typed', () => {
    hand.switchOn();
    hand.type('12');
    card.press('press');
    clock.advance(2000);
    expect(card.display()).toBe('');
    card.release('press');
    hand.switchOn();
    expect(card.display()).toBe('PIN>');
  });

  test('the hold that switched on does not switch off, however long it lasts', () => {
    card.press('press');
    clock.advance(29_000);
    expect(card.display()).toBe('PIN>');
  });

  test('a hold begun while on does not switch on again a card that fell asleep meanwhile', () => {
    hand.switchOn();
    clock.advance(29_000);
    card.press('press');
    clock.advance(3000);
    expect(card.display()).toBe('');
  });

  test('it switches off after 30 s without a key, after 60 s on the response', () => {
    hand.switchOn();
    clock.advance(15_000);
    hand.type('1');
    clock.advance(29_900);
    expect(card.display()).toBe('PIN>*');
    clock.advance(100);
    expect(card.display()).toBe('');

    hand.switchOn();
    hand.type('1234');
    hand.tap('ok');
    hand.type('000001');
    hand.tap('ok');
    clock.advance(59_900);
    expect(card.display()).toBe('82666722');
    clock.advance(100);
    expect(card.display()).toBe('');
  });
});

describe('changes of the display', () => {
  test('are announced after the display has changed, each once, in order', () => {
    const heard: string[] = [];
    card.subscribe((display) => {
      expect(card.display()).toBe(display);
      heard.push(display);
    });
    hand.answer('1234', '000001');
    expect(heard).toEqual([
      '████████',
      'PIN>',
      'PIN>*',
      'PIN>**',
      'PIN>***',
      'PIN>****',
      'CHALLNG>',
      '0',
      '00',
      '000',
      '0000',
      '00000',
      '000001',
      '82666722',
      '',
    ]);
  });

  test('an ended subscription hears nothing more', () => {
    const heard: string[] = [];
    const listener = (display: string): void => void heard.push(display);
    const end = card.subscribe(listener);
    card.subscribe(listener);
    end();
    end();
    hand.switchOn();
    expect(heard).toEqual(['████████', 'PIN>']);
  });

  test('a listener may operate the card; every listener hears all texts in one order', () => {
    const heard: string[] = [];
    card.subscribe((display) => {
      if (display === 'PIN>') hand.type('1');
    });
    card.subscribe((display) => void heard.push(display));
    card.press('press');
    clock.advance(2000);
    card.release('press');
    clock.advance(1000);
    expect(heard).toEqual(['████████', 'PIN>', 'PIN>*']);
  });

  test('a listener that throws harms neither the card nor the other listeners', () => {
    const heard: string[] = [];
    card.subscribe(() => {
      throw new Error('a fault of the listener');
    });
    card.subscribe((display) => void heard.push(display));
    card.press('press');
    expect(() => clock.advance(2000)).toThrow('a fault of the listener');
    card.release('press');
    expect(() => clock.advance(500)).toThrow('a fault of the listener');
    expect(card.display()).toBe('PIN>');
    expect(() => clock.advance(30_000)).toThrow('a fault of the listener');
    expect(heard).toEqual(['████████', 'PIN>', '']);
  });

  test('a listener that throws while a finger moves does not make the card miss the finger', () => {
    let now = 0;
    const late = createCard({
      key: KEY,
      clock: { now: () => now, timeOfDay: () => now, wakeAt: () => () => {} },
    });
    const end = late.subscribe(() => {
      throw new Error('a fault of the listener');
    });
    late.press('press');
    now = 2100;
    expect(() => late.release('press')).toThrow('a fault of the listener');
    end();
    now = 3000;
    late.press('1');
    now = 3050;
    late.release('1');
    expect(late.display()).toBe('PIN>*');
  });
});

describe('waiting for text', () => {
  test('resolves when the display shows it, and at once if it does already', async () => {
    const waiting = card.waitForText('PIN>');
    hand.switchOn();
    await expect(waiting).resolves.toBe('PIN>');
    await expect(card.waitForText(/^PIN/g)).resolves.toBe('PIN>');
    const response = card.waitForText(/^[0-9]{8}$/);
    hand.answer('1234', '000001');
    await expect(response).resolves.toBe('82666722');
  });

  test('gives up after its time on the card’s clock, saying what the display shows', async () => {
    hand.switchOn();
    const waiting = card.waitForText('CHALLNG>', { timeout: 5000 });
    clock.advance(5000);
    await expect(waiting).rejects.toMatchObject({
      name: 'CardError',
      code: 'timeout',
      message: 'waited 5000 ms for "CHALLNG>", but the display shows "PIN>"',
    });
  });

  test('a wait that is over leaves no alarm behind', async () => {
    let rung = 0;
    const wakeAt = (time: number, wake: () => void): (() => void) =>
      clock.wakeAt(time, () => {
        rung++;
        wake();
      });
    const other = createCard({
      key: KEY,
      clock: { now: () => clock.now(), timeOfDay: () => clock.timeOfDay(), wakeAt },
    });
    const waiting = other.waitForText('PIN>');
    operate(other, clock).switchOn();
    await waiting;
    operate(other, clock).switchOff();
    clock.advance(60_000);
    rung = 0;
    clock.advance(1_000_000);
    expect(rung).toBe(0);
  });
});

test('a card that is off, or waits for nothing sooner, asks the clock for nothing', () => {
  const asked: number[] = [];
  const quiet = createCard({
    key: KEY,
    clock: {
      now: () => clock.now(),
      timeOfDay: () => clock.timeOfDay(),
      wakeAt: (time, wake) => {
        asked.push(time);
        return clock.wakeAt(time, wake);
      },
    },
  });
  clock.advance(1_000_000);
  expect(asked).toEqual([]);
  operate(quiet, clock).switchOn();
  expect(asked).not.toEqual([]);
  const before = asked.length;
  for (let i = 0; i < 10; i++) quiet.display();
  expect(asked).toHaveLength(before);
  clock.advance(60_000);
  expect(asked.filter((time) => !Number.isFinite(time))).toEqual([]);
  asked.length = 0;
  clock.advance(1_000_000);
  expect(asked).toEqual([]);
});

test('what is read is true now, even if the clock has not woken the card yet', () => {
  let now = 0;
  const late = createCard({
    key: KEY,
    clock: { now: () => now, timeOfDay: () => now, wakeAt: () => () => {} },
  });
  late.press('press');
  now = 2000;
  expect(late.state()).toBe('selfTest');
  now = 2500;
  expect(late.display()).toBe('PIN>');
  expect(late.snapshot()).toMatchObject({ state: 'pin' });
  now = 40_000;
  expect(late.display()).toBe('');
});

test('a response, or a picture, is that of now too', () => {
  let now = 0;
  const elsewhen = { now: () => now, timeOfDay: () => now, wakeAt: () => () => {} };
  const late = createCard({ key: KEY, clock: elsewhen });
  const tap = (key: Key, ms = 50): void => {
    late.press(key);
    now += ms;
    late.release(key);
    now += 50;
  };
  tap('press', 2500);
  for (const key of ['1', '2', '3', '4', 'ok', '0', '0', '0', '0', '0', '1', 'ok'] as const) tap(key);
  expect(late.response()).toBe('82666722');
  now += 60_000;
  expect(late.response()).toBe('');
  tap('press', 2500);
  now += 60_000;
  expect(late.snapshot()).toMatchObject({ state: 'off' });
  late.press('press');
  now += 2000;
  expect(late.snapshot()).toMatchObject({ state: 'selfTest' });
});

test('a clock may begin anywhere', () => {
  const early = new VirtualClock(-100_000);
  expect(operate(createCard({ key: KEY, clock: early }), early).answer('1234', '000001')).toBe('82666722');
});

test('late wake-ups change nothing: each event happens at its own time', () => {
  let now = 0;
  const late = createCard({
    key: KEY,
    clock: { now: () => now, timeOfDay: () => now, wakeAt: () => () => {} },
  });
  const heard: string[] = [];
  late.subscribe((display) => {
    // What it was just told, though the card is further on by now.
    expect(late.display()).toBe(display);
    heard.push(display);
  });
  late.press('press');
  now = 40_000;
  late.release('press');
  expect(heard).toEqual(['████████', 'PIN>', '']);
});

test('a suite’s question length is the number of challenge digits', () => {
  const key = Buffer.from('12345678901234567890123456789012');
  const other = createCard({ key, clock, suite: 'OCRA-1:HOTP-SHA256-8:QN08-PSHA1' });
  expect(other.challengeLength).toBe(8);
  expect(operate(other, clock).answer('1234', '11111111')).toBe('01501458');
});

test.each([
  ['OCRA-1:HOTP-SHA1-8:QA06-PSHA1', 'decimal'],
  ['OCRA-1:HOTP-SHA1-8:QN09-PSHA1', 'QN08'],
  ['OCRA-1:HOTP-SHA1-8:QN06', 'PIN'],
  ['OCRA-1:HOTP-SHA1-8:QN06-PSHA1-S064', 'session'],
  ['OCRA-1:HOTP-SHA1-8:QN06-PSHA1-T1M', 'clock'],
  ['OCRA-1:HOTP-SHA1-0:QN06-PSHA1', '4 to 8 digits'],
  ['OCRA-1:HOTP-SHA1-9:QN06-PSHA1', '4 to 8 digits'],
])('a card cannot operate %s', (suite, reason) => {
  expect(() => createCard({ key: KEY, clock, suite })).toThrow(
    expect.objectContaining({ code: 'unsuitable-suite', message: expect.stringContaining(reason) }),
  );
});

test.each([0, 15, 65])('a key of %i bytes is refused', (length) => {
  expect(() => createCard({ key: new Uint8Array(length), clock })).toThrow(
    expect.objectContaining({
      code: 'unsuitable-key',
      message: `key: must be 16 to 64 bytes, is ${length}`,
    }),
  );
});

test.each([16, 64])('a key of %i bytes is taken', (length) => {
  const other = createCard({ key: new Uint8Array(length), clock });
  expect(operate(other, clock).answer('1234', '000001')).toMatch(/^[0-9]{8}$/);
});

test('a profile that no device can be is refused, with the field that is wrong', () => {
  const profile = { ...DSC_PLUS, times: { ...DSC_PLUS.times, hold: 40 } };
  expect(() => createCard({ key: KEY, clock, profile })).toThrow(
    expect.objectContaining({
      code: 'unsuitable-profile',
      message: 'times.hold: must be longer than times.touch',
    }),
  );
});

test('a card that is given no serial number is DSC-0', () => {
  expect(card.serial).toBe('DSC-0');
  expect(createCard({ key: KEY, clock, serial: 'DSC-7' }).serial).toBe('DSC-7');
});

test('of a challenge longer than the display the last digits show', () => {
  const narrow = createCard({ key: KEY, clock, profile: DSC });
  const fingers = operate(narrow, clock);
  fingers.switchOn();
  fingers.type('1234');
  fingers.tap('ok');
  fingers.type('48291');
  expect(narrow.display()).toBe('48291');
  fingers.type('5');
  expect(narrow.display()).toBe('82915');
});

describe('whatever is done to it', () => {
  const keys = fc.constantFrom<Key[]>(
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    'back',
    'ok',
    'press',
  );

  interface Real {
    readonly clock: VirtualClock;
    readonly card: Card;
  }
  const visited = new Set<string>();
  const known = /^(█{8}|PIN>\*{0,4}|CHALLNG>|[0-9]{1,6}|[0-9]{8}|)$/;

  /** One thing a finger does, or a wait; after each, the card must show what the reference shows. */
  class Action implements fc.Command<ReferenceCard, Real> {
    readonly #name: string;
    readonly #act: (target: ReferenceCard | Card, wait: (ms: number) => void) => void;

    constructor(name: string, act: (target: ReferenceCard | Card, wait: (ms: number) => void) => void) {
      this.#name = name;
      this.#act = act;
    }

    check(): boolean {
      return true;
    }

    run(reference: ReferenceCard, real: Real): void {
      this.#act(reference, (ms) => reference.wait(ms));
      this.#act(real.card, (ms) => real.clock.advance(ms));
      visited.add(reference.state);
      expect(real.card.display()).toMatch(known);
      expect([real.card.state(), real.card.display()]).toEqual([reference.state, reference.display()]);
      if (reference.state === 'pin') expect(real.card.display()).not.toMatch(/[0-9]/);
    }

    toString(): string {
      return this.#name;
    }
  }

  const waits = fc.oneof(
    fc.nat(10).map((n) => n * TICK),
    fc.nat(300).map((n) => n * TICK),
    fc.constantFrom(1990, 2000, 2500, 29_990, 30_000, 60_000),
  );
  const taps = (...all: Key[]) =>
    new Action(`tap ${all.join(' ')}`, (target, wait) => {
      for (const key of all) {
        target.press(key);
        wait(key === 'press' ? 2000 : 50);
        target.release(key);
      }
    });
  const digits = (length: number) =>
    fc
      .array(fc.constantFrom<Key[]>('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), {
        minLength: length,
        maxLength: length,
      })
      .map((some) => taps(...some, 'ok'));

  const actions = [
    keys.map((key) => new Action(`press ${key}`, (target) => target.press(key))),
    keys.map((key) => new Action(`release ${key}`, (target) => target.release(key))),
    waits.map((ms) => new Action(`wait ${ms}`, (_, wait) => wait(ms))),
    keys.map((key) => taps(key)),
    // Whole entries, so that long walks get as far as responses.
    fc.constant(
      new Action('start', (target, wait) => {
        target.press('press');
        wait(2500);
        target.release('press');
      }),
    ),
    digits(4),
    digits(6),
  ];

  test('it does what the reference card does, shows no PIN digit and no response but OCRA’s', () => {
    fc.assert(
      fc.property(fc.commands(actions, { maxCommands: 300, size: 'max' }), (commands) => {
        fc.modelRun(() => {
          const time = new VirtualClock();
          return {
            model: new ReferenceCard(),
            real: { clock: time, card: createCard({ key: KEY, clock: time }) },
          };
        }, commands);
      }),
      { numRuns: 1.5 * usualRuns() },
    );
    expect(visited.size).toBe(5);
  });
});
