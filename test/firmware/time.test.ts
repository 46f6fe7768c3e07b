// The time of day is not the card's: somebody sets it, or the computer sleeps.
import { describe, expect, test } from 'vitest';
import { createCard, type Card } from '../../src/firmware/card.ts';
import { newContents } from '../../src/firmware/memory.ts';
import { DSC, DSC_PLUS, OCRA_CARD, PROFILES, type Profile } from '../../src/firmware/profiles.ts';
import type { CardState } from '../../src/firmware/statechart.ts';
import { VolatileMemory } from '../../src/firmware/volatile-memory.ts';
import { operate, type Operator } from '../../src/ui/script/operator.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { checkCard } from './card-invariants.ts';
import { KEY } from './reference-card.ts';

const HOUR = 3_600_000;
const NOW = 1_800_000_000_000;
const PIN = '7391';

interface Held {
  readonly card: Card;
  readonly clock: VirtualClock;
  readonly hand: Operator;
}

/** How a card gets into each state; the charge is low where it must be, impossible for a fault. */
const WAYS: Readonly<Record<Exclude<CardState, 'off'>, { charge?: number; go: (held: Held) => void }>> = {
  selfTest: { go: ({ hand }) => hand.tap('press', 2000) },
  fault: { charge: -1, go: ({ hand }) => hand.switchOn() },
  lowBattery: {
    charge: 100,
    go: ({ hand, clock }) => {
      hand.tap('press', 2000);
      clock.advance(500);
    },
  },
  pin: {
    go: ({ card, hand }) => {
      hand.switchOn();
      if (card.profile === OCRA_CARD) {
        hand.type('48291536');
        hand.tap('ok');
      }
      hand.type('73');
    },
  },
  challenge: {
    go: ({ card, hand }) => {
      hand.switchOn();
      if (card.profile !== OCRA_CARD) {
        hand.type(PIN);
        hand.tap('ok');
      }
      hand.type('482');
    },
  },
  response: {
    go: ({ card, hand }) => {
      hand.switchOn();
      for (const { entry } of card.profile.prompts) {
        hand.type(entry === 'pin' ? PIN : '48291536'.slice(0, card.challengeLength));
        hand.tap('ok');
      }
    },
  },
};

function hold(profile: Profile = DSC_PLUS, charge?: number): Held {
  const clock = new VirtualClock(0, NOW);
  const identity = { serial: 'DSC-1', profile, suite: profile.suite };
  const battery = charge === undefined ? undefined : { charge, at: NOW };
  const memory = new VolatileMemory(identity, newContents(KEY, battery));
  const card = createCard({ memory, clock });
  return { card, clock, hand: operate(card, clock) };
}

function holdIn(state: Exclude<CardState, 'off'>, profile: Profile): Held {
  const { charge, go } = WAYS[state];
  const held = hold(profile, charge);
  go(held);
  expect(held.card.state()).toBe(state);
  return held;
}

const STATES = Object.keys(WAYS) as Exclude<CardState, 'off'>[];
const JUMPS = [5 * HOUR, -5 * HOUR, 10_000, -10_000, 400 * 24 * HOUR];

describe.each(PROFILES)('the $name', (profile) => {
  describe.each(STATES)('in state %s', (state) => {
    test.each(JUMPS)('is off after a jump of %i ms, with nothing left in it, as soon as it is read', (ms) => {
      const { card, clock } = holdIn(state, profile);
      clock.jump(ms);
      expect(card.display()).toBe('');
      const { entered } = checkCard(card);
      expect(entered.deadline).toBeNull();
      expect(card.response()).toBe('');
    });

    test('is off as soon as it wakes, which those who listen hear', () => {
      const { card, clock } = holdIn(state, profile);
      const before = card.display();
      const heard: string[] = [];
      card.subscribe((display) => heard.push(display));
      clock.jump(-5 * HOUR);
      expect(heard).toEqual([]);
      clock.advance(60_000);
      // What was due at the wake-up happens first; then the card is off, and stays so.
      expect(heard.at(-1)).toBe('');
      expect(heard.filter((text) => text === '')).toHaveLength(1);
      expect(heard.length).toBeLessThanOrEqual(2);
      expect(heard[0]).not.toBe(before);
      checkCard(card);
    });

    test('is off as soon as a button is pressed, and the press goes to the card that is off', () => {
      const { card, clock } = holdIn(state, profile);
      clock.jump(5 * HOUR);
      card.press('press');
      expect(card.state()).toBe('off');
      clock.advance(profile.times.hold);
      expect(card.state()).toBe('selfTest');
    });

    test.each([9999, -9999, 1000, -1000, 999, -999])('takes no notice of a jump of %i ms', (ms) => {
      const { card, clock } = holdIn(state, profile);
      const before = checkCard(card);
      clock.jump(ms);
      expect(checkCard(card)).toEqual(before);
    });
  });
});

test('a held button is let go', () => {
  const { card, clock } = hold();
  card.press('press');
  clock.advance(1900);
  clock.jump(5 * HOUR);
  clock.advance(60_000);
  expect(card.state()).toBe('off');
  expect(checkCard(card).fingers.down).toEqual([]);
  // The finger that lifts later was lifted already.
  card.release('press');
  card.press('press');
  clock.advance(2000);
  expect(card.state()).toBe('selfTest');
});

test('a digit that is down is let go, and not typed into the card that is switched on next', () => {
  const { card, clock, hand } = holdIn('pin', DSC_PLUS);
  card.press('5');
  clock.jump(5 * HOUR);
  hand.switchOn();
  clock.advance(1000);
  expect(card.display()).toBe('PIN>');
});

test('a jump does nothing to a card that is off', () => {
  const { card, clock, hand } = hold();
  const heard: string[] = [];
  card.subscribe((display) => heard.push(display));
  const before = checkCard(card);
  for (const ms of JUMPS) {
    clock.jump(ms);
    expect(checkCard(card)).toEqual(before);
  }
  expect(heard).toEqual([]);
  hand.switchOn();
  expect(card.display()).toBe('PIN>');
});

test('many small jumps are as many small ones, not one great', () => {
  const { card, clock } = holdIn('pin', DSC_PLUS);
  for (let i = 0; i < 20; i++) {
    clock.jump(9000);
    expect(card.display()).toBe('PIN>**');
  }
});

test('a clock that is set slowly, by less than a second at a look, cuts nothing', () => {
  const { card, clock } = holdIn('response', DSC_PLUS);
  const response = card.display();
  for (let i = 0; i < 50; i++) {
    clock.jump(400);
    clock.advance(10);
    expect(card.display()).toBe(response);
  }
});

test('the time a card has waited for is over, whatever the time of day does meanwhile', () => {
  const { card, clock } = holdIn('pin', DSC_PLUS);
  clock.jump(-5000);
  clock.advance(29_900);
  expect(card.display()).toBe('PIN>**');
  clock.advance(100);
  expect(card.display()).toBe('');
});

describe('a clock with parts of milliseconds', () => {
  test.each([0.25, 0.999, -1000.6])('that begins at %d makes the card do everything at its time', (start) => {
    const clock = new VirtualClock(start, NOW + 0.4);
    const card = createCard({ key: KEY, clock, profile: DSC });
    const hand = operate(card, clock);
    expect(hand.answer(PIN, '000001')).toBe(hand.answer(PIN, '000001'));
    card.press('press');
    clock.advance(1998.9);
    expect(card.state()).toBe('off');
    clock.advance(2);
    expect(card.state()).toBe('selfTest');
    clock.advance(500.5);
    expect(card.display()).toBe('Pn');
    card.release('press');
    for (let passed = 0; passed < 29_970; passed += 9.97) {
      clock.advance(9.97);
      expect(card.display()).toBe('Pn');
      checkCard(card);
    }
    clock.advance(40);
    expect(card.display()).toBe('');
  });

  test('whose time of day moves by parts of milliseconds cuts nothing', () => {
    let now = 0;
    const clock = {
      now: () => now,
      timeOfDay: () => NOW + now + 0.7 * Math.sin(now),
      wakeAt: () => () => {},
    };
    const card = createCard({ key: KEY, clock });
    card.press('press');
    for (; now < 20_000; now += 0.37) card.display();
    expect(card.display()).toBe('PIN>');
  });
});
