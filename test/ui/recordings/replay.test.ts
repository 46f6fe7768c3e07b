// Recordings that were made once must be what the card of today does; and what any fingers do can be replayed.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCard } from '../../../src/firmware/card.ts';
import { KEYS } from '../../../src/firmware/keypad.ts';
import { newContents, type Memory } from '../../../src/firmware/memory.ts';
import { DSC, PROFILES, type Profile } from '../../../src/firmware/profiles.ts';
import { printEntry, type RecordEntry } from '../../../src/firmware/recording.ts';
import { VolatileMemory } from '../../../src/firmware/volatile-memory.ts';
import { readRecording, type Recording } from '../../../src/ui/recordings/read-recording.ts';
import { firstDifference, startReplay } from '../../../src/ui/recordings/replay.ts';
import { operate } from '../../../src/ui/script/operator.ts';
import { VirtualClock } from '../../../src/ui/script/virtual-clock.ts';

const folder = join(import.meta.dirname, '../../fixtures/recordings');
const files = globSync('*.jsonl', { cwd: folder }).toSorted();
const KEY = new TextEncoder().encode('12345678901234567890');

test('there are recordings of every device, with and without secrets', () => {
  expect(files.map((file) => basename(file, '.jsonl')).toSorted()).toEqual(
    PROFILES.flatMap(({ id }) => [`${id}-secrets`, id]).toSorted(),
  );
});

describe.each(files)('the recording %s', (file) => {
  const path = join(folder, file);

  test('is what the card of today does', async () => {
    expect(firstDifference(await readRecording(path))).toBeUndefined();
  });

  test('would not be, were any display or write another, or at another time', async () => {
    const recording = await readRecording(path);
    for (const [index, event] of recording.events.entries()) {
      if (event.type === 'press' || event.type === 'release' || event.type === 'clock') continue;
      const other =
        event.type === 'display' ? { ...event, text: `${event.text}x` } : { ...event, sequence: 99 };
      for (const changed of [other, { ...event, t: event.t - 1 }]) {
        const difference = firstDifference(withEvent(recording, index, changed));
        expect(difference).toMatchObject({ recorded: changed, today: event });
      }
      expect(firstDifference(withEvent(recording, index))).toBeDefined();
    }
  });

  test('tells no secret unless it is told to', () => {
    const text = readFileSync(path, 'utf8');
    const isTold = file.includes('secrets');
    expect(/"key":"[0-9a-f]{32,}"/.test(text)).toBe(isTold);
    // A PIN is 1234 or 4321: 3 is in neither challenge.
    expect(/"key":"3"/.test(text)).toBe(isTold);
    if (isTold) return;
    // While the PIN is typed and the response shows there are no digits.
    const displays = [...text.matchAll(/"display","t":\d+,"text":"([^"]*)"/g)].map(([, shown = '']) => shown);
    const challenge = ['48291512', '482915'];
    for (const shown of displays.filter((each) => /\d/.test(each))) {
      const typed = challenge.some((each) => each.includes(shown) || reversed(each).includes(shown));
      expect([shown, typed]).toEqual([shown, true]);
    }
  });
});

test('a card can be looked at on the way', async () => {
  const { card, advanceTo } = startReplay(await readRecording(join(folder, 'dsc-plus-secrets.jsonl')));
  expect(card.display()).toBe('');
  advanceTo(2100);
  expect(card.display()).toBe('████████');
  advanceTo(3600);
  expect(card.display()).toMatch(/^PIN>/);
});

/** A memory that fails now and then, once it was looked at; or that was never one. */
function failing(memory: VolatileMemory, isBroken: boolean, fails: () => boolean): Memory {
  let loads = 0;
  return {
    identity: memory.identity,
    get sequence() {
      return memory.sequence;
    },
    load() {
      if (isBroken || (loads++ > 0 && fails())) throw new Error('cannot be read');
      return memory.load();
    },
    store(contents) {
      if (fails()) throw new Error('cannot be written');
      return memory.store(contents);
    },
  };
}

test('whatever fingers, clocks and memories do, a recording of it shows no difference', () => {
  const finger = fc.tuple(fc.constantFrom('press', 'release'), fc.constantFrom(...KEYS));
  const tap = fc.tuple(fc.constant('tap'), fc.constantFrom(...KEYS));
  const wait = fc.tuple(
    fc.constant('wait'),
    fc.oneof(fc.nat(100), fc.constantFrom(500, 2000, 10_000, 40_000)),
  );
  const jump = fc.tuple(fc.constant('jump'), fc.integer({ min: -20_000, max: 20_000 }));
  const start = fc.constant(['start', 0] as const);
  const acts = fc.array(fc.oneof(finger, tap, tap, tap, tap, wait, jump, start), { maxLength: 120 });
  const options = fc.record({
    profile: fc.constantFrom(...PROFILES),
    secrets: fc.boolean(),
    charge: fc.option(fc.constantFrom(0, 0.05, 1000, 25_000), { nil: undefined }),
    failures: fc.infiniteStream(fc.integer({ min: 0, max: 19 })),
    hasFailures: fc.boolean(),
    isBroken: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  });
  fc.assert(
    fc.property(acts, options, (todo, { profile, secrets, charge, failures, hasFailures, isBroken }) => {
      const clock = new VirtualClock(0.4, 1_800_000_000_000.7);
      const entries: RecordEntry[] = [];
      const battery = charge === undefined ? undefined : { charge, at: clock.timeOfDay() };
      const memory = new VolatileMemory(
        { serial: 'DSC-1', profile, suite: profile.suite },
        newContents(KEY, battery),
      );
      const card = createCard({
        clock,
        memory: failing(memory, isBroken, () => hasFailures && failures.next().value === 0),
        record: { secrets, write: (entry) => entries.push(entry) },
      });
      for (const [what, which] of todo) {
        if (what === 'wait') clock.advance(which);
        else if (what === 'jump') clock.jump(which);
        else {
          const key = what === 'start' ? 'press' : KEYS.find((each) => each === which);
          if (!key) continue;
          if (what !== 'release') card.press(key);
          if (what === 'tap') clock.advance(50);
          if (what === 'start') clock.advance(2600);
          if (what !== 'press') card.release(key);
        }
      }
      expect(firstDifference(parsed(entries))).toBeUndefined();
    }),
    { numRuns: 400 },
  );
});

/** A clock that goes on by itself, a little at every look, as a busy machine's does. */
class RestlessClock extends VirtualClock {
  #looks = 0;

  override now(): number {
    return super.now() + 0.3 * this.#looks++;
  }

  override timeOfDay(): number {
    return super.timeOfDay() + 0.3 * this.#looks;
  }
}

test('on a clock that does not stand still while the card works there is no difference either', () => {
  const taps = fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.integer({ min: 20, max: 60 })), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(taps, fc.constantFrom(...PROFILES), (all, profile) => {
      const clock = new RestlessClock();
      const entries: RecordEntry[] = [];
      const card = createCard({
        key: KEY,
        profile,
        clock,
        record: { write: (entry) => entries.push(entry) },
      });
      card.press('press');
      clock.advance(2600);
      card.release('press');
      for (const [key, ms] of all) {
        card.press(key);
        clock.advance(key === 'press' ? 1990 + ms / 3 : ms);
        card.release(key);
      }
      expect(firstDifference(parsed(entries))).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test('digits of a PIN that scroll through a display without a mask are told by nothing, not even by their repeating', () => {
  const profile: Profile = {
    ...DSC,
    display: { kind: '7-segment', width: 3 },
    prompts: [
      { entry: 'pin', prompt: 'P' },
      { entry: 'challenge', prompt: 'C' },
    ],
    notices: { lowBattery: 'b', fault: 'E' },
  };
  const recordings = ['1111', '1234', '1222'].map((pin) => {
    const lines: string[] = [];
    const clock = new VirtualClock();
    const card = createCard({
      key: KEY,
      profile,
      clock,
      record: { write: (entry) => lines.push(printEntry(entry)) },
    });
    operate(card, clock).answer(pin, '482915');
    return lines;
  });
  expect(recordings[1]).toEqual(recordings[0]);
  expect(recordings[2]).toEqual(recordings[0]);
});

/** The recording, once it was written and read. */
function parsed(entries: readonly RecordEntry[]): Recording {
  const [card, ...events] = entries.map((entry) => JSON.parse(printEntry(entry)) as RecordEntry);
  if (card?.type !== 'card') throw new Error('a recording begins with the card');
  return { card, events: events.filter((event) => event.type !== 'card') };
}

function withEvent(
  { card, events }: Recording,
  index: number,
  ...event: Recording['events'][number][]
): Recording {
  return { card, events: events.toSpliced(index, 1, ...event) };
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('');
}
