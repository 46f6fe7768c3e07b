// Every reachable state of the real card: all buttons, pressed and lifted, and all time-outs, from everywhere.
import { describe, expect, test } from 'vitest';
import { currentOf, lastsFor } from '../../src/firmware/battery.ts';
import { createCard, restoreCard, type Card } from '../../src/firmware/card.ts';
import { newContents, type Contents } from '../../src/firmware/memory.ts';
import { DSC, OCRA_CARD, PROFILES, type Entry, type Profile } from '../../src/firmware/profiles.ts';
import type { CardSnapshot } from '../../src/firmware/snapshot.ts';
import type { CardState } from '../../src/firmware/statechart.ts';
import { VolatileMemory } from '../../src/firmware/volatile-memory.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { checkCard } from './card-invariants.ts';
import { secondReading } from './ocra/second-reading.ts';
import { KEYS } from './operations.ts';
import { KEY } from './reference-card.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const contents = newContents(Uint8Array.from(KEY));
const TYPING: readonly CardState[] = ['off', 'selfTest', 'pin', 'challenge'];

/** What there is to walk through, and the states that must be met. */
const CARDS: readonly { name: string; contents: Contents; states: readonly CardState[] }[] = [
  { name: 'healthy', contents, states: [...TYPING, 'response'] },
  {
    name: 'with a battery that lasts for seconds',
    contents: { ...contents, battery: { charge: 0.1, at: NOW } },
    states: [...TYPING, 'response', 'lowBattery'],
  },
  {
    name: 'with a fault at the start',
    contents: { ...contents, battery: { charge: -1, at: NOW } },
    states: ['off', 'selfTest', 'fault'],
  },
  {
    name: 'that has counted as far as it can',
    contents: { ...contents, counter: 2n ** 64n - 1n },
    states: [...TYPING, 'fault'],
  },
];

/** One thing that happens to a card. */
type Step = (card: Card, clock: VirtualClock) => void;

/** What happens next by itself, and in how many milliseconds. */
interface Next {
  readonly name: string;
  readonly in: number;
}

function nextOf({ entered, fingers, charge, identity }: CardSnapshot, display: string): Next {
  const current = currentOf(identity.profile, display);
  const timers = [
    { name: fingers.coming?.key === 'press' ? 'hold' : 'touch', in: fingers.coming?.at ?? Infinity },
    { name: 'empty', in: charge ? Math.ceil(charge.at + lastsFor(charge.charge, current)) : Infinity },
    { name: 'page', in: entered.pageAt ?? Infinity },
    { name: 'deadline', in: entered.deadline ?? Infinity },
  ];
  return timers.reduce((first, other) => (other.in < first.in ? other : first));
}

/** All steps from here. Two fingers are as many as can matter. */
function stepsFrom({ snapshot: { fingers, entered }, next }: Place): Step[] {
  // The first digit pressed somewhere is the one gone on with: not always the same.
  const first = (4 + 3 * entered.pin.length + 7 * entered.challenge.length) % 10;
  const press = [...KEYS.slice(first), ...KEYS.slice(0, first)].filter(
    (key) => fingers.down.length < 2 && !fingers.down.includes(key),
  );
  const waits = [next.in, next.in - 1].filter((ms) => ms > 0 && ms < Infinity);
  return [
    ...press.map(
      (key): Step =>
        (card) =>
          card.press(key),
    ),
    ...fingers.down.map(
      (key): Step =>
        (card) =>
          card.release(key),
    ),
    ...waits.map(
      (ms): Step =>
        (_, clock) =>
          clock.advance(ms),
    ),
    (_, clock) => clock.jump(HOUR),
  ];
}

/** Where the card is, as far as it can make a difference: lengths instead of digits, order instead of times. */
function placeOf({ snapshot, next }: Place): string {
  const { state, entered, fingers, memory } = snapshot;
  const { coming } = fingers;
  const kind = coming && (/[0-9]/.test(coming.key) ? 'digit' : coming.key);
  const isFresh = coming && coming.since >= (entered.switchedAt ?? -Infinity);
  return [
    state,
    entered.pin.length,
    entered.challenge.length,
    entered.page,
    entered.fault,
    entered.isLow,
    memory?.battery?.charge === 0,
    fingers.down.length,
    kind,
    isFresh,
    next.name,
    next.in <= 1,
  ].join(' ');
}

/** A card somewhere, and the places its steps lead to. */
interface Place {
  readonly snapshot: CardSnapshot;
  readonly next: Next;
  readonly leadsTo: Set<string>;
}

function arrive(card: Card): Place {
  const snapshot = checkCard(card);
  return { snapshot, next: nextOf(snapshot, card.display()), leadsTo: new Set() };
}

/** Walks breadth first; a snapshot is where paths part. */
function walk(profile: Profile, stored: Contents) {
  const identity = { serial: 'DSC-1', profile, suite: profile.suite };
  const start = arrive(
    createCard({ memory: new VolatileMemory(identity, stored), clock: new VirtualClock(0, NOW) }),
  );
  const places = new Map([[placeOf(start), start]]);
  let transitions = 0;
  // A map is walked in the order of what is added to it, what is added on the way too.
  for (const place of places.values()) {
    for (const step of stepsFrom(place)) {
      const clock = new VirtualClock(0, NOW);
      const card = restoreCard(place.snapshot, { clock });
      step(card, clock);
      transitions++;
      const arrived = arrive(card);
      if (place.snapshot.state !== 'response') checkResponse(card, place.snapshot);
      const name = placeOf(arrived);
      place.leadsTo.add(name);
      if (!places.has(name)) places.set(name, arrived);
    }
  }
  return { places, transitions };
}

function checkResponse(card: Card, { identity, entered }: CardSnapshot): void {
  if (card.state() !== 'response') return;
  const { pin, challenge: question } = entered;
  const expected = secondReading({ suite: identity.suite, keyHex: KEY.toString('hex'), question, pin });
  expect(card.response()).toBe(expected);
}

/** The places from which no steps lead to one where the card is off. */
function stuck(places: ReadonlyMap<string, Place>): string[] {
  const free = new Set<string>();
  for (let before = -1; before < free.size;) {
    before = free.size;
    for (const [name, { snapshot, leadsTo }] of places) {
      if (snapshot.state === 'off' || [...leadsTo].some((next) => free.has(next))) free.add(name);
    }
  }
  return [...places.keys()].filter((name) => !free.has(name));
}

describe.each(PROFILES)('the $name', (profile) => {
  test.each(CARDS)(
    '$name: it shows, forgets and goes on as it must, wherever it is',
    (card) => {
      const { places, transitions } = walk(profile, card.contents);
      console.log(`${profile.name}, ${card.name}: ${places.size} states, ${transitions} transitions`);
      const all = [...places.values()];
      const met = new Set(all.map(({ snapshot }) => snapshot.state));
      expect(met).toEqual(new Set(card.states));
      expect(stuck(places)).toEqual([]);
      const emptied = new Set(
        all.filter(({ next }) => next.name === 'empty').map(({ snapshot }) => snapshot.state),
      );
      expect(emptied).toEqual(new Set(met.has('lowBattery') ? ['pin', 'challenge', 'response'] : []));
      for (const { snapshot, next } of all) expect(next.in < Infinity || snapshot.state === 'off').toBe(true);

      const lengths = (state: Entry): Set<number> =>
        new Set(
          all
            .filter(({ snapshot }) => snapshot.state === state)
            .map(({ snapshot }) => snapshot.entered[state].length),
        );
      if (met.has('pin')) expect(lengths('pin').size).toBe(1 + 4);
      if (met.has('challenge')) expect(lengths('challenge').size).toBe(1 + (profile === OCRA_CARD ? 8 : 6));
      const pages = new Set(all.map(({ snapshot }) => snapshot.entered.page));
      expect(pages.size).toBe(met.has('response') && profile === DSC ? 2 : 1);
    },
    60_000,
  );
});
