// What a person can do to a card, and what can happen to it, as data: to be made up at random, told and done again.
import fc from 'fast-check';
import type { Key } from '../../src/firmware/keypad.ts';
import type { Profile } from '../../src/firmware/profiles.ts';
import type { Cut } from './faulty-medium.ts';

/** One thing that fingers or time do. */
export type Operation =
  | { readonly do: 'press' | 'release' | 'tap'; readonly key: Key }
  | { readonly do: 'wait'; readonly ms: number }
  /** Switches on, types, goes on to the response, or stops after so many steps, whatever the card was doing. */
  | { readonly do: 'ceremony'; readonly pin: string; readonly challenge: string; readonly steps: number }
  /** The time of day moves on by itself. */
  | { readonly do: 'jump'; readonly ms: number };

/** One thing that happens to the card as a whole. */
export type Event =
  | Operation
  /** The power fails, when so much more is written. */
  | { readonly do: 'cut'; readonly cut: Cut }
  /** A card restored from a snapshot takes over. */
  | { readonly do: 'restore' }
  /** The process ends; another one takes up the card. */
  | { readonly do: 'reopen' };

/** Whatever fingers and time are told to do. */
export interface Hands {
  press(key: Key): void;
  release(key: Key): void;
  wait(ms: number): void;
  jump(ms: number): void;
}

/** The buttons. */
export const KEYS: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'back', 'ok', 'press'];

/** Does it. */
export function perform(operation: Operation, hands: Hands, profile: Profile): void {
  const { touch, hold, selfTest, lowBattery } = profile.times;
  const tap = (key: Key): void => {
    hands.press(key);
    hands.wait(key === 'press' ? hold : touch);
    hands.release(key);
  };
  switch (operation.do) {
    case 'press':
    case 'release':
      return hands[operation.do](operation.key);
    case 'tap':
      return tap(operation.key);
    case 'wait':
    case 'jump':
      return hands[operation.do](operation.ms);
    case 'ceremony': {
      for (const key of KEYS) hands.release(key);
      const keys = profile.prompts.flatMap(({ entry }) => [...Array.from(operation[entry]), 'ok'] as Key[]);
      const steps = [
        () => tap('press'),
        () => hands.wait(selfTest),
        () => hands.wait(lowBattery),
        ...keys.map((key) => () => tap(key)),
      ];
      for (const step of steps.slice(0, operation.steps)) step();
    }
  }
}

const keys = fc.constantFrom(...KEYS);
const HOUR = 3_600_000;

const waits = fc.oneof(
  fc.nat(100),
  fc.nat(3000),
  fc.nat(70_000),
  // On and around the times of the devices.
  fc
    .constantFrom(20, 40, 500, 1000, 2000, 2500, 10_000, 20_000, 30_000, 60_000)
    .chain((ms) => fc.constantFrom(ms - 1, ms, ms + 1)),
);

const jumps = fc.oneof(
  fc.integer({ min: -15_000, max: 15_000 }),
  fc.integer({ min: -48, max: 48 }).map((hours) => hours * HOUR),
  fc.nat(800).map((days) => days * 24 * HOUR),
);

/** Digits, as many as a device asks for. */
const digits = (length: number): fc.Arbitrary<string> =>
  fc.nat(10 ** length - 1).map((number) => String(number).padStart(length, '0'));

/** More than any ceremony has. */
const ALL_STEPS = 20;

/** Ceremonies, many of which stop on the way, most of those at the beginning. */
export const ceremoniesOn = (profile: Profile, challengeLength: number): fc.Arbitrary<Operation> =>
  fc.record({
    do: fc.constant('ceremony'),
    pin: digits(profile.pinLength),
    challenge: digits(challengeLength),
    steps: fc.oneof(fc.constant(ALL_STEPS), fc.nat(ALL_STEPS), fc.constantFrom(1, 2)),
  });

/** Operations on such a device. */
export const operationsOn = (profile: Profile, challengeLength: number): fc.Arbitrary<Operation> =>
  fc.oneof(
    { arbitrary: fc.record({ do: fc.constantFrom('press', 'release'), key: keys }), weight: 3 },
    { arbitrary: fc.record({ do: fc.constant('tap'), key: keys }), weight: 4 },
    { arbitrary: fc.record({ do: fc.constant('wait'), ms: waits }), weight: 3 },
    { arbitrary: ceremoniesOn(profile, challengeLength), weight: 4 },
    { arbitrary: fc.record({ do: fc.constant('jump'), ms: jumps }), weight: 1 },
  );

const cuts: fc.Arbitrary<Cut> = fc.record({
  after: fc.oneof(fc.record({ bytes: fc.nat(600) }), fc.record({ writes: fc.nat(4) })),
  leaving: fc.constantFrom('undone', 'half done', 'garbage'),
  seed: fc.nat(),
});

/** Events of such a device's life. */
export const eventsOf = (profile: Profile, challengeLength: number): fc.Arbitrary<Event> =>
  fc.oneof(
    { arbitrary: operationsOn(profile, challengeLength), weight: 12 },
    { arbitrary: fc.record({ do: fc.constant('cut'), cut: cuts }), weight: 2 },
    { arbitrary: fc.constantFrom<Event>({ do: 'restore' }, { do: 'reopen' }), weight: 2 },
  );
