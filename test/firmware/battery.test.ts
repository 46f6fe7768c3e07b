import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterLying, outlookOf, type Charge } from '../../src/firmware/battery.ts';
import { createCard, type Card } from '../../src/firmware/card.ts';
import { newContents } from '../../src/firmware/memory.ts';
import { DSC_PLUS, PROFILES, type PowerProfile, type Profile } from '../../src/firmware/profiles.ts';
import { VolatileMemory } from '../../src/firmware/volatile-memory.ts';
import { operate, type Operator } from '../../src/ui/script/operator.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { KEY } from './reference-card.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;
const NOW = 1_800_000_000_000;

/** Round numbers, to be checked by hand. */
const POWER: PowerProfile = {
  capacity: 10_000,
  low: 1000,
  asleep: 0,
  awake: 100,
  segment: 1,
  response: 5,
  selfDischarge: 0,
};

interface Held {
  readonly card: Card;
  readonly clock: VirtualClock;
  readonly hand: Operator;
  readonly memory: VolatileMemory;
}

function hold(charge: number | undefined, profile: Profile = { ...DSC_PLUS, power: POWER }): Held {
  const clock = new VirtualClock(0, NOW);
  const identity = { serial: 'DSC-1', profile, suite: profile.suite };
  const battery = charge === undefined ? undefined : { charge, at: NOW };
  const memory = new VolatileMemory(identity, newContents(KEY, battery));
  const card = createCard({ memory, clock });
  return { card, clock, hand: operate(card, clock), memory };
}

const chargeOf = ({ memory }: Held): number => memory.load().battery?.charge ?? NaN;

describe('a card that is on', () => {
  test('draws for every segment that is lit, as long as it is', () => {
    const held = hold(5000);
    held.hand.tap('press', 2000);
    held.clock.advance(480);
    // Five hundred milliseconds of self-test with its eight places of fourteen segments.
    expect(held.card.display()).toBe('PIN>');
    // PIN> lights 6 + 4 + 6 + 2 segments.
    held.clock.advance(10_000);
    held.hand.tap('press', 2000);
    // Ten seconds, and the two of the hold.
    const drawn = (500 * (100 + 8 * 14) + 12_000 * (100 + 18)) / HOUR;
    expect(chargeOf(held)).toBeCloseTo(5000 - drawn, 9);
    expect(held.memory.load().battery?.at).toBe(NOW + held.clock.now() - 20);
  });

  test('draws for a response once', () => {
    const withResponse = hold(5000, { ...DSC_PLUS, power: { ...POWER, awake: 0, segment: 0 } });
    withResponse.hand.answer('7391', '482915');
    withResponse.hand.answer('7391', '482915');
    expect(chargeOf(withResponse)).toBe(4990);
  });

  test('runs empty, goes off at that moment, and nothing lights again', () => {
    // At 118 µA the charge that is left after the self-test lasts for 10 s.
    const selfTest = (500 * (100 + 8 * 14)) / HOUR;
    const held = hold(selfTest + (10_000 * 118) / HOUR, {
      ...DSC_PLUS,
      power: { ...POWER, low: 0 },
    });
    const heard: [number, string][] = [];
    held.card.subscribe((display) => heard.push([held.clock.now(), display]));
    held.hand.tap('press', 2000);
    held.hand.switchOff();
    expect(held.card.state()).toBe('off');
    held.hand.switchOn();
    held.clock.advance(60_000);
    expect(heard.at(-1)?.[1]).toBe('');
    expect(heard.at(-1)?.[0]).toBeLessThan(15_000);
    expect(chargeOf(held)).toBe(0);
    const before = heard.length;
    held.hand.tap('press', 2000);
    held.clock.advance(60_000);
    expect(heard).toHaveLength(before);
    expect(held.memory.load()).toMatchObject({ powerOns: 2, battery: { charge: 0 } });
  });

  test('goes off to the millisecond when its battery is empty', () => {
    const selfTest = (500 * (100 + 8 * 14)) / HOUR;
    const held = hold(selfTest + (10_000 * 118) / HOUR, { ...DSC_PLUS, power: { ...POWER, low: 0 } });
    held.card.press('press');
    held.clock.advance(2500 + 9999);
    expect(held.card.display()).toBe('PIN>');
    held.clock.advance(2);
    expect(held.card.display()).toBe('');
  });

  test('shows a response even if that empties the battery, and has counted it', () => {
    const held = hold(4, { ...DSC_PLUS, power: { ...POWER, awake: 0, segment: 0 } });
    const heard: string[] = [];
    held.card.subscribe((display) => heard.push(display));
    expect(() => held.hand.answer('7391', '482915')).toThrow('no response');
    expect(heard.at(-2)).toMatch(/^[0-9]{8}$/);
    expect(heard.at(-1)).toBe('');
    expect(held.memory.load()).toMatchObject({ responses: 1, battery: { charge: 0 } });
  });
});

describe('a low battery', () => {
  test.each([
    ['dsc-plus', 'BATT', 'PIN>'],
    ['dsc', 'bAtt', 'Pn'],
    ['ocra-card', 'bAtt', 'CH'],
  ])('is told by the %s for a second, and then it goes on', (id, notice, prompt) => {
    const profile = PROFILES.find((each) => each.id === id) ?? DSC_PLUS;
    const { card, clock, hand } = hold(profile.power.low - 1, profile);
    card.press('press');
    clock.advance(2000 + 499);
    expect(card.state()).toBe('selfTest');
    clock.advance(1);
    expect(card.display()).toBe(notice);
    clock.advance(999);
    expect(card.display()).toBe(notice);
    clock.advance(1);
    expect(card.display()).toBe(prompt);
    card.release('press');
    hand.switchOff();
  });

  test('is told below its limit only', () => {
    for (const [charge, state] of [
      [1000, 'pin'],
      [999.9, 'lowBattery'],
    ] as const) {
      const { card, clock } = hold(charge);
      card.press('press');
      clock.advance(2500);
      expect(card.state()).toBe(state);
    }
  });

  test('can be switched off while it is told', () => {
    const { card, clock, hand } = hold(500, { ...DSC_PLUS, times: { ...DSC_PLUS.times, lowBattery: 5000 } });
    hand.tap('press', 2000);
    clock.advance(500);
    expect(card.display()).toBe('BATT');
    hand.tap('press', 2000);
    expect(card.display()).toBe('');
  });

  test('does not keep it from responding', () => {
    expect(hold(500).hand.answer('1234', '000001')).toBe('82666722');
  });
});

describe('a card that is off', () => {
  test('loses what it draws asleep', () => {
    const power = { ...POWER, asleep: 0.5 };
    expect(afterLying({ charge: 1000, at: NOW }, power, NOW + 100 * HOUR)).toBeCloseTo(950, 9);
    expect(afterLying({ charge: 1000, at: NOW }, power, NOW + 2001 * HOUR)).toBe(0);
  });

  test('loses its share each year by itself', () => {
    const power = { ...POWER, selfDischarge: 0.1 };
    expect(afterLying({ charge: 1000, at: NOW }, power, NOW + YEAR)).toBeCloseTo(900, 9);
    expect(afterLying({ charge: 1000, at: NOW }, power, NOW + 2 * YEAR)).toBeCloseTo(810, 9);
    expect(afterLying({ charge: 1000, at: NOW }, power, NOW + YEAR / 2)).toBeCloseTo(
      1000 * Math.sqrt(0.9),
      9,
    );
  });

  test('loses both at once as if a little of each every minute', () => {
    const power = { ...POWER, asleep: 0.3, selfDischarge: 0.2 };
    let charge = 20_000;
    const step = YEAR / 500_000;
    for (let i = 0; i < 500_000; i++) charge -= (charge * -Math.log(0.8) + 0.3 * 8766) / 500_000;
    expect(afterLying({ charge: 20_000, at: NOW }, power, NOW + 500_000 * step)).toBeCloseTo(charge, 1);
  });

  test('has the less the longer it lies, as much in two spells as in one, and never more than before', () => {
    const powers = fc.record({
      asleep: fc.double({ min: 0, max: 10, noNaN: true }),
      selfDischarge: fc.double({ min: 0, max: 0.9, noNaN: true }),
    });
    const times = fc.nat(40 * 365).map((days) => days * DAY);
    fc.assert(
      fc.property(
        powers,
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        times,
        times,
        (some, charge, a, b) => {
          const power = { ...POWER, ...some };
          const battery: Charge = { charge, at: NOW };
          const first = afterLying(battery, power, NOW + a);
          const both = afterLying(battery, power, NOW + a + b);
          expect(first).toBeLessThanOrEqual(charge);
          expect(both).toBeLessThanOrEqual(first * (1 + 1e-12));
          expect(afterLying({ charge: first, at: NOW + a }, power, NOW + a + b)).toBeCloseTo(both, 5);
          expect(both).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test('is not charged by a clock that is set back', () => {
    expect(afterLying({ charge: 1000, at: NOW }, DSC_PLUS.power, NOW - 10 * YEAR)).toBe(1000);
    const held = hold(5000, DSC_PLUS);
    held.clock.jump(-YEAR);
    held.hand.switchOn();
    held.hand.switchOff();
    expect(chargeOf(held)).toBeLessThan(5000);
    expect(chargeOf(held)).toBeGreaterThan(4999);
    expect(held.memory.load().battery?.at).toBeLessThan(NOW);
  });

  test('that lay too long does not light', () => {
    const held = hold(25_000, DSC_PLUS);
    held.clock.jump(30 * YEAR);
    held.hand.tap('press', 2000);
    held.clock.advance(5000);
    expect(held.card.state()).toBe('off');
    expect(held.memory.load().powerOns).toBe(0);
  });

  test('is older by the time it lay when it is switched on', () => {
    const held = hold(25_000, {
      ...DSC_PLUS,
      power: { ...POWER, capacity: 25_000, selfDischarge: 0.5, awake: 0, segment: 0 },
    });
    held.clock.jump(2 * YEAR);
    held.hand.switchOn();
    expect(chargeOf(held)).toBeCloseTo(6250, 3);
  });
});

describe('a card whose battery never ends', () => {
  test('never says that it is low, draws nothing, and writes nothing when it goes off', () => {
    const held = hold(undefined);
    expect(held.memory.sequence).toBe(1);
    held.hand.switchOn();
    expect(held.card.display()).toBe('PIN>');
    expect(held.memory.sequence).toBe(2);
    held.hand.switchOff();
    expect(held.memory.sequence).toBe(2);
    held.clock.jump(100 * YEAR);
    held.hand.answer('7391', '482915');
    expect(held.memory.sequence).toBe(4);
    expect(held.memory.load().battery).toBeUndefined();
  });

  test('while one with a battery writes its charge', () => {
    const held = hold(5000);
    held.hand.answer('7391', '482915');
    expect(held.memory.sequence).toBe(4);
  });

  test('is what a card is made with unless asked otherwise; asked for, the battery is full', () => {
    const clock = new VirtualClock(0, NOW);
    const plain = createCard({ key: KEY, clock }).snapshot({ includeSecrets: true });
    expect(plain.memory?.battery).toBeUndefined();
    const draining = createCard({ key: KEY, clock, battery: true }).snapshot({ includeSecrets: true });
    expect(draining.memory?.battery).toEqual({ charge: DSC_PLUS.power.capacity, at: NOW });
  });
});

describe('the outlook', () => {
  test('is that of a hand computation', () => {
    // Fifteen seconds of CHALLNG> (43 segments), fifteen of eight eights (56), a response.
    const profile = { ...DSC_PLUS, power: POWER };
    const segments = { challng: 4 + 6 + 7 + 3 + 3 + 6 + 6 + 2, eights: 8 * 8 };
    const login = (15_000 * (100 + segments.challng)) / HOUR + (15_000 * (100 + segments.eights)) / HOUR + 5;
    const { logins, years } = outlookOf(profile, 1000);
    expect(logins).toBe(Math.floor(1000 / login));
    expect(years).toBeCloseTo(1000 / (login * 365.25), 9);
  });

  test('of a battery that fades and draws asleep is that of a day after the other', () => {
    const profile = { ...DSC_PLUS, power: { ...POWER, asleep: 0.4, selfDischarge: 0.3 } };
    const login = 1000 / outlookOf({ ...profile, power: POWER }, 1000).years / 365.25;
    const steps = 200_000;
    let [charge, years] = [9000, 0];
    for (; charge > 0; years += 1 / steps) {
      charge -= (charge * -Math.log(1 - 0.3) + 0.4 * 8766 + login * 365.25) / steps;
    }
    const outlook = outlookOf(profile, 9000);
    expect(outlook.years).toBeCloseTo(years, 3);
    expect(outlook.logins).toBe(Math.floor(9000 / login));
  });

  test.each(PROFILES)('of the $name is one of years, and better the more charge there is', (profile) => {
    const full = outlookOf(profile, profile.power.capacity);
    expect(full.years).toBeGreaterThan(2);
    expect(full.years).toBeLessThan(20);
    expect(full.logins).toBeGreaterThan(10_000);
    expect(outlookOf(profile, 0)).toEqual({ logins: 0, years: 0 });
    fc.assert(
      fc.property(fc.nat(25_000), fc.nat(25_000), (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(outlookOf(profile, less).logins).toBeLessThanOrEqual(outlookOf(profile, more).logins);
        expect(outlookOf(profile, less).years).toBeLessThanOrEqual(outlookOf(profile, more).years);
      }),
    );
  });

  test.each(PROFILES)(
    'of the $name holds: it serves so many logins, a day apart, and then no more',
    (profile) => {
      // A poor battery, so that the test is short.
      const charge = 60;
      const { years } = outlookOf(profile, charge);
      const held = hold(charge, profile);
      const challenge = '48291536'.slice(0, held.card.challengeLength);
      let days = 0;
      for (; days < 10_000; days++) {
        try {
          held.hand.switchOn();
          for (const { entry } of profile.prompts) {
            held.hand.type(entry === 'pin' ? '7391' : challenge);
            held.hand.tap('ok');
          }
          if (held.card.state() !== 'response') break;
          held.clock.advance(15_000);
          held.hand.switchOff();
        } finally {
          held.clock.jump(DAY);
        }
      }
      // Real ones are quicker than the person of the outlook, so there may be more of them, not many times as many.
      expect(days).toBeGreaterThanOrEqual(Math.floor(years * 365.25));
      expect(days).toBeLessThan(years * 365.25 * 3);
    },
  );
});
