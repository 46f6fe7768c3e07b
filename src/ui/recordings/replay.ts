// A recording, played to a card of today: the same fingers, at the same times.
import { hexToBytes } from '../../host/hex.ts';
import { createCard, type Card } from '../../firmware/card.ts';
import { JUMP } from '../../firmware/clock.ts';
import { DIGITS, type Digit, type Key } from '../../firmware/keypad.ts';
import type { Contents, Memory, MemoryWrite } from '../../firmware/memory.ts';
import { newContents } from '../../firmware/memory.ts';
import { HIDDEN_KEY, type RecordedCard, type RecordedEvent } from '../../firmware/recording.ts';
import { VolatileMemory } from '../../firmware/volatile-memory.ts';
import { VirtualClock } from '../script/virtual-clock.ts';
import type { Recording } from './read-recording.ts';

/** What stands for a key that the recording does not tell. */
const SOME_KEY = new Uint8Array(20);
/** So many events ahead a finger is up again. */
const SOON = 100;

type RecordedKey = Extract<RecordedEvent, { readonly key: unknown }>;

/** Where the card of today does not do what was recorded. */
export interface Difference {
  /** Milliseconds after the recording began. */
  readonly t: number;
  /** What was recorded, and what happens today; undefined for nothing. */
  readonly recorded: RecordedEvent | undefined;
  readonly today: RecordedEvent | undefined;
}

/** A card that does what a recorded one did. */
export interface Replay {
  readonly card: Card;
  /** Lets happen what was recorded up to a time, in milliseconds after its beginning. */
  readonly advanceTo: (t: number) => void;
}

/**
 * Makes a card as the recorded one was at the beginning.
 *
 * @param told - hears what the card of today tells of itself, with as much hidden as in the recording.
 * @throws {OcraError} or {CardError} for a suite that no card operates.
 */
export function startReplay(recording: Recording, told: (event: RecordedEvent) => void = () => {}): Replay {
  const { card: recorded, events } = recording;
  const clock = new VirtualClock(0, recorded.timeOfDay);
  const card = createCard({
    clock,
    memory: memoryOf(recorded, events),
    record: {
      secrets: recorded.secrets,
      write: (entry) => (entry.type === 'card' ? undefined : told(entry)),
    },
  });
  const fingers = new Fingers(events);
  function repeat(event: RecordedEvent, index: number): void {
    if (event.type === 'press' || event.type === 'release') {
      const button = fingers.button(event, index);
      if (button !== undefined) card[event.type](button);
    }
    if (event.type === 'clock') {
      clock.jump(event.by);
      if (Math.abs(event.by) >= JUMP.cuts) fingers.letGo();
      // Whoever looks at the card lets it notice.
      card.display();
    }
  }
  let next = 0;
  return {
    card,
    advanceTo(t) {
      for (let event = events[next]; event && event.t <= t; event = events[++next]) {
        clock.advance(Math.max(0, event.t - clock.now()));
        repeat(event, next);
      }
      clock.advance(Math.max(0, t - clock.now()));
    },
  };
}

/** @returns The first difference between a recording and what happens today; undefined if there is none. */
export function firstDifference(recording: Recording): Difference | undefined {
  const today: RecordedEvent[] = [];
  const { events } = recording;
  startReplay(recording, (event) => today.push(event)).advanceTo(events.at(-1)?.t ?? 0);
  const end = events.at(-1)?.t ?? 0;
  const length = Math.max(events.length, today.length);
  for (let i = 0; i < length; i++) {
    const [was, is] = [events[i], today[i]];
    if (was && is && isSame(was, is)) continue;
    // A recording may have been cut in the middle of a moment.
    if (!was && is?.t === end) continue;
    return { t: Math.min(was?.t ?? Infinity, is?.t ?? Infinity), recorded: was, today: is };
  }
  return undefined;
}

/**
 * Chooses the buttons for presses that are hidden. Which digit it is does not matter to the card, only that it is none
 * that is down already or comes down before it is up.
 */
class Fingers {
  readonly #events: readonly RecordedEvent[];
  readonly #hidden: Digit[] = [];

  constructor(events: readonly RecordedEvent[]) {
    this.#events = events;
  }

  /** The card has let go of all buttons by itself. */
  letGo(): void {
    this.#hidden.length = 0;
  }

  /** The button of a press or release, the event at an index of the recording. */
  button({ type, key }: RecordedKey, index: number): Key | undefined {
    if (key !== HIDDEN_KEY) return key;
    if (type === 'release') return this.#hidden.shift();
    const free = DIGITS.filter((digit) => !this.#hidden.includes(digit));
    const digit = free.toSorted((a, b) => this.#nextUse(b, index) - this.#nextUse(a, index))[0];
    if (digit !== undefined) this.#hidden.push(digit);
    return digit;
  }

  /** When a digit is told next, from an event on: its release, if it is down. */
  #nextUse(digit: Digit, from: number): number {
    const soon = this.#events.slice(from + 1, from + SOON);
    const next = soon.findIndex((event) => 'key' in event && event.key === digit);
    if (soon[next]?.type === 'release') return -1;
    return next === -1 ? Infinity : next;
  }
}

/** Entries are flat, so that their fields can be compared one by one. */
function isSame(a: RecordedEvent, b: RecordedEvent): boolean {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return [...fields].every((field) => left.get(field) === right.get(field));
}

function memoryOf(
  { serial, profile, suite, memory, key }: RecordedCard,
  events: readonly RecordedEvent[],
): Memory {
  const identity = { serial, profile, suite };
  const fresh = newContents((key === undefined ? undefined : hexToBytes(key)) ?? SOME_KEY);
  const contents: Contents = memory ? { ...fresh, ...memory, counter: BigInt(memory.counter) } : fresh;
  return new RecordedMemory(new VolatileMemory(identity, contents, memory?.sequence), !memory, events);
}

/** A memory that fails when the recorded one did. */
class RecordedMemory implements Memory {
  readonly identity;
  readonly #memory: VolatileMemory;
  readonly #uses: ('load' | 'store' | undefined)[];
  readonly #isUnreadable: boolean;
  #loads = 0;

  constructor(memory: VolatileMemory, isUnreadable: boolean, events: readonly RecordedEvent[]) {
    this.identity = memory.identity;
    this.#memory = memory;
    this.#isUnreadable = isUnreadable;
    this.#uses = events.flatMap((event) =>
      event.type === 'memory' ? ['failed' in event ? event.failed : undefined] : [],
    );
  }

  get sequence(): number {
    return this.#memory.sequence;
  }

  load(): Contents {
    // The board looks at its memory once before anything is recorded.
    const isFirst = this.#loads++ === 0;
    if (isFirst && this.#isUnreadable) throw new Error('it could not be read');
    if (!isFirst && this.#uses[0] === 'load') throw this.#failure();
    return this.#memory.load();
  }

  store(contents: Contents): MemoryWrite {
    if (this.#uses[0] === 'store') throw this.#failure();
    this.#uses.shift();
    return this.#memory.store(contents);
  }

  #failure(): Error {
    this.#uses.shift();
    return new Error('it failed when it was recorded');
  }
}
