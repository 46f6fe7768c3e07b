import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCard, restoreCard, type Card } from '../../src/firmware/card.ts';
import { newContents, type Memory } from '../../src/firmware/memory.ts';
import { DSC, DSC_PLUS, PROFILES, type Profile } from '../../src/firmware/profiles.ts';
import type { RecordEntry, Recorder } from '../../src/firmware/recording.ts';
import type { CardSnapshot } from '../../src/firmware/snapshot.ts';
import { VolatileMemory } from '../../src/firmware/volatile-memory.ts';
import { operate } from '../../src/ui/script/operator.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { usualRuns } from '../usual-runs.ts';
import { ceremoniesOn, operationsOn, perform, type Operation } from './operations.ts';
import { KEY } from './reference-card.ts';

const NOW = 1_800_000_000_000;
const PIN = '7391';

/** The snapshot as it comes out of a file. */
function throughJson(snapshot: CardSnapshot): CardSnapshot {
  return JSON.parse(JSON.stringify(snapshot)) as CardSnapshot;
}

function memoryOf(profile: Profile, charge?: number, serial = 'DSC-1'): VolatileMemory {
  const identity = { serial, profile, suite: profile.suite };
  const battery = charge === undefined ? undefined : { charge, at: NOW };
  return new VolatileMemory(identity, newContents(Uint8Array.from(KEY), battery));
}

interface Outside {
  readonly clock: VirtualClock;
  readonly record: Recorder;
}

/** A card, its clock, and what it recorded since `base`, with times counted from there. */
class Recorded {
  readonly clock: VirtualClock;
  readonly card: Card;
  readonly #entries: RecordEntry[] = [];
  readonly #began: number;

  constructor(clock: VirtualClock, make: (outside: Outside) => Card) {
    this.clock = clock;
    this.#began = clock.now();
    const record = { secrets: true, write: (entry: RecordEntry) => void this.#entries.push(entry) };
    this.card = make({ clock, record });
  }

  do(operations: readonly Operation[]): void {
    for (const operation of operations) {
      perform(
        operation,
        {
          press: (key) => this.card.press(key),
          release: (key) => this.card.release(key),
          wait: (ms) => this.clock.advance(ms),
          jump: (ms) => {
            this.clock.jump(ms);
            // A card notices when it wakes: it may wake in vain, so somebody looks.
            this.card.display();
          },
        },
        this.card.profile,
      );
    }
  }

  get entries(): number {
    return this.#entries.length;
  }

  /** What was recorded from an entry on. */
  since(entry: number, time: number): unknown[] {
    return this.#entries
      .slice(entry)
      .filter((each) => each.type !== 'card')
      .map(({ t, ...rest }) => [t - (time - this.#began), rest]);
  }

  picture(): CardSnapshot {
    return throughJson(this.card.snapshot({ includeSecrets: true }));
  }
}

/** A card does not notice less than a second, but a restored one knows the time of day anew. */
function inWholeSeconds(operation: Operation): Operation {
  return operation.do === 'jump' ? { do: 'jump', ms: Math.round(operation.ms / 1000) * 1000 } : operation;
}

/** A card, what is done to it before it is pictured, and after. */
const pictured = fc
  .record({ profile: fc.constantFrom(...PROFILES), charge: fc.constantFrom(undefined, 25_000, 2000, 0.8) })
  .chain(({ profile, charge }) => {
    const challengeLength = profile.id === 'ocra-card' ? 8 : 6;
    const one = operationsOn(profile, challengeLength).map(inWholeSeconds);
    const some = fc.array(one, { maxLength: 15, size: 'max' });
    const last = fc.array(ceremoniesOn(profile, challengeLength), { maxLength: 1 });
    return fc.record({
      profile: fc.constant(profile),
      charge: fc.constant(charge),
      before: fc.tuple(some, last).map((all) => all.flat()),
      after: some,
      elsewhere: fc.integer({ min: -1e9, max: 1e9 }),
    });
  });

describe('a restored card', () => {
  test('goes on as the original does: display, times, memory, charge', () => {
    const states = new Set<string>();
    let heard = 0;
    fc.assert(
      fc.property(pictured, ({ profile, charge, before, after, elsewhere }) => {
        const original = new Recorded(new VirtualClock(0, NOW), (outside) =>
          createCard({ memory: memoryOf(profile, charge), ...outside }),
        );
        original.do(before);
        const snapshot = original.picture();
        const { entries } = original;
        const taken = original.clock.now();
        states.add(snapshot.state);
        const restored = new Recorded(new VirtualClock(elsewhere, original.clock.timeOfDay()), (outside) =>
          restoreCard(snapshot, outside),
        );
        expect(restored.card.display()).toBe(original.card.display());
        expect(restored.picture()).toEqual(snapshot);

        original.do(after);
        restored.do(after);
        const told = original.since(entries, taken);
        heard += told.length;
        expect(restored.since(0, elsewhere)).toEqual(told);
        expect(restored.picture()).toEqual(original.picture());
      }),
      { numRuns: 4 * usualRuns() },
    );
    expect(states).toEqual(new Set(['off', 'selfTest', 'lowBattery', 'pin', 'challenge', 'response']));
    expect(heard).toBeGreaterThan(50 * usualRuns());
  }, 60_000);

  test('wakes by itself when the original would, with nobody looking at it', () => {
    const original = new VirtualClock();
    const card = createCard({ key: KEY, clock: original, profile: DSC });
    const hand = operate(card, original);
    hand.switchOn();
    hand.type(PIN);
    hand.tap('ok');
    hand.type('482915');
    hand.tap('ok');
    original.advance(9000);
    const clock = new VirtualClock(-5000);
    const restored = restoreCard(throughJson(card.snapshot({ includeSecrets: true })), { clock });
    const response = card.response();
    const heard: [number, string][] = [];
    restored.subscribe((display) => heard.push([clock.now() + 5000, display]));
    clock.advance(100_000);
    const [five, three] = [response.slice(0, 5), response.slice(5)];
    // Of the response's minute and ten seconds a page, nine seconds and the end of the tap are over.
    const past = 9000 + 40;
    expect(heard).toEqual([
      [10_000 - past, three],
      [20_000 - past, five],
      [30_000 - past, three],
      [40_000 - past, five],
      [50_000 - past, three],
      [60_000 - past, ''],
    ]);
  });

  test('goes on with its own memory if it is given that', () => {
    const memory = memoryOf(DSC_PLUS);
    const clock = new VirtualClock();
    const card = createCard({ memory, clock });
    operate(card, clock).switchOn();
    const snapshot = throughJson(card.snapshot());
    const later = new VirtualClock(77);
    const restored = restoreCard(snapshot, { memory, clock: later });
    expect(restored.display()).toBe('PIN>');
    operate(restored, later).answer(PIN, '482915');
    expect(memory.load()).toMatchObject({ powerOns: 2, responses: 1 });
  });

  test('that has a copy of the memory leaves the original’s alone', () => {
    const memory = memoryOf(DSC_PLUS);
    const clock = new VirtualClock();
    const card = createCard({ memory, clock });
    const restored = restoreCard(card.snapshot({ includeSecrets: true }), { clock });
    operate(restored, clock).answer(PIN, '482915');
    expect(memory.load()).toMatchObject({ powerOns: 0, responses: 0 });
  });
});

describe('a snapshot without secrets', () => {
  test('is taken only when there is none, and tells none', () => {
    const outcomes = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(pictured, ({ profile, charge, before }) => {
        const { card, picture } = at(profile, charge, before);
        const { entered, fingers, state } = picture;
        if (entered.pin || entered.response) {
          expect(() => card.snapshot()).toThrow(
            expect.objectContaining({ name: 'CardError', code: 'holds-secrets' }),
          );
          outcomes.refused++;
          return;
        }
        const told = throughJson(card.snapshot());
        const json = JSON.stringify(told);
        expect(json).not.toContain(KEY.toString('hex'));
        expect(json).not.toContain(KEY.toString('latin1'));
        expect(told).not.toHaveProperty('memory');
        // Of what may be told nothing is missing.
        const { memory: _, ...rest } = picture;
        if (fingers.down.every((key) => !/[0-9]/.test(key)) || state === 'challenge')
          expect(told).toEqual(rest);
        else expect(JSON.stringify(told.fingers.down)).not.toMatch(/[0-9]/);
        outcomes.taken++;
      }),
      { numRuns: 3 * usualRuns() },
    );
    expect(outcomes.taken).toBeGreaterThan(usualRuns() / 2);
    expect(outcomes.refused).toBeGreaterThan(usualRuns() / 2);
  }, 60_000);

  test('says what to do, and no secret, when it is refused', () => {
    const clock = new VirtualClock();
    const card = createCard({ key: KEY, clock });
    const hand = operate(card, clock);
    hand.switchOn();
    hand.type(PIN);
    expect(() => card.snapshot()).toThrow(
      'the card holds a PIN; switch it off first, or ask for its secrets too',
    );
    hand.tap('ok');
    hand.type('482915');
    expect(() => card.snapshot()).toThrow('the card holds a PIN');
    hand.tap('ok');
    expect(() => card.snapshot()).toThrow('the card holds a response');
    hand.switchOff();
    expect(card.snapshot()).toMatchObject({ state: 'off' });
  });

  test('tells no digit under a finger that may be one of a PIN', () => {
    const clock = new VirtualClock();
    const card = createCard({ key: KEY, clock });
    operate(card, clock).switchOn();
    card.press('7');
    expect(card.snapshot().fingers).toEqual({ down: [], coming: undefined });
    card.press('press');
    expect(card.snapshot().fingers.down).toEqual(['press']);
    card.release('press');
    clock.advance(31_000);
    expect(card.display()).toBe('');
    expect(card.snapshot().fingers.down).toEqual([]);
    expect(card.snapshot({ includeSecrets: true }).fingers.down).toEqual(['7']);
  });
});

describe('a snapshot is not restored', () => {
  const clock = new VirtualClock();
  const snapshot = (secrets: boolean): CardSnapshot =>
    createCard({ memory: memoryOf(DSC_PLUS), clock }).snapshot({ includeSecrets: secrets });
  const unsuitable = (message: string): unknown =>
    expect.objectContaining({
      name: 'CardError',
      code: 'unsuitable-snapshot',
      message: expect.stringContaining(message),
    });

  test('if it is of another version', () => {
    const other = Object.assign(snapshot(true), { version: 2 });
    expect(() => restoreCard(other, { clock })).toThrow(unsuitable('another version'));
  });

  test('without secrets and without a memory', () => {
    expect(() => restoreCard(snapshot(false), { clock })).toThrow(unsuitable('give the card its memory too'));
  });

  test.each<[string, Memory]>([
    ['serial', memoryOf(DSC_PLUS, undefined, 'DSC-2')],
    ['device', memoryOf(DSC)],
    ['suite', memoryOf({ ...DSC_PLUS, suite: 'OCRA-1:HOTP-SHA256-8:QN06-PSHA1' })],
  ])('on the memory of a card of another %s', (_, memory) => {
    expect(() => restoreCard(snapshot(false), { memory, clock })).toThrow(unsuitable('of another card'));
    expect(() => restoreCard(snapshot(true), { memory, clock })).toThrow(unsuitable('of another card'));
  });
});

function at(profile: Profile, charge: number | undefined, before: readonly Operation[]) {
  const original = new Recorded(new VirtualClock(0, NOW), (outside) =>
    createCard({ memory: memoryOf(profile, charge), ...outside }),
  );
  original.do(before);
  return { card: original.card, picture: original.picture() };
}
