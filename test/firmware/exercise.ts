// A card on a medium that may fail, put through whatever can happen to it, and checked after everything.
import assert from 'node:assert/strict';
import { createCard, restoreCard, type Card } from '../../src/firmware/card.ts';
import type { Key } from '../../src/firmware/keypad.ts';
import { newContents, type Identity } from '../../src/firmware/memory.ts';
import type { Profile } from '../../src/firmware/profiles.ts';
import { newMemoryImage, SealedMemory } from '../../src/firmware/sealed-memory.ts';
import type { CardSnapshot } from '../../src/firmware/snapshot.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { checkCard } from './card-invariants.ts';
import { FaultyMedium } from './faulty-medium.ts';
import { MemoryModel } from './memory-model.ts';
import { secondReading } from './ocra/second-reading.ts';
import { perform, type Event, type Hands } from './operations.ts';
import { KEY } from './reference-card.ts';
import { WatchedMemory } from './watched-memory.ts';

/** Which card is exercised. */
export interface CardInTrial {
  readonly profile: Profile;
  /** The profile's unless told. */
  readonly suite?: string | undefined;
  /** The charge at first, in microampere-hours; undefined for a battery that never ends. */
  readonly charge?: number | undefined;
}

/** What happened, to be sure that anything did. */
export interface Tally {
  events: number;
  powerOns: number;
  responses: number;
  cuts: number;
  restored: number;
  jumps: number;
}

/** Nothing yet. */
export const nothing = (): Tally => ({
  events: 0,
  powerOns: 0,
  responses: 0,
  cuts: 0,
  restored: 0,
  jumps: 0,
});

const DEVICE_KEY = Buffer.alloc(32, 7);
const START = { now: 500, timeOfDay: 1_800_000_000_000 } as const;

/** Something that happens to the card goes to its twin too: a card restored elsewhere, which must do the same. */
interface Twin {
  readonly card: Card;
  readonly clock: VirtualClock;
}

/** One card's life. */
export class Exercise implements Hands {
  readonly #identity: Identity;
  readonly #isCounting: boolean;
  readonly #medium: FaultyMedium;
  readonly #model: MemoryModel;
  readonly #tally: Tally;
  #memory: WatchedMemory;
  #clock: VirtualClock;
  #card: Card;
  #twin: Twin | undefined;
  #wasOn = false;
  #wasAnswering = false;
  #typed = { pin: '', challenge: '' };

  constructor({ profile, suite = profile.suite, charge }: CardInTrial, tally: Tally) {
    this.#tally = tally;
    this.#identity = { serial: 'DSC-1', profile, suite };
    this.#isCounting = suite.includes(':C-');
    const battery = charge === undefined ? undefined : { charge, at: START.timeOfDay };
    const contents = newContents(new Uint8Array(KEY), battery);
    const header = {
      source: { kind: 'device' },
      salt: Buffer.alloc(16, 1),
      identity: this.#identity,
    } as const;
    this.#medium = new FaultyMedium(newMemoryImage(header, contents, DEVICE_KEY));
    this.#model = new MemoryModel(contents, this.#isCounting);
    this.#memory = this.#openMemory();
    this.#clock = new VirtualClock(START.now, START.timeOfDay);
    this.#card = createCard({ memory: this.#memory, clock: this.#clock });
    this.#watch();
  }

  /** Lets it happen, and checks. */
  happen(event: Event): void {
    this.#tally.events++;
    switch (event.do) {
      case 'cut':
        this.#medium.cut(event.cut);
        break;
      case 'restore':
        this.#restore();
        break;
      case 'reopen':
        this.#reopen();
        break;
      default:
        perform(event, this, this.#card.profile);
    }
    this.#check();
  }

  press(key: Key): void {
    // Until OK has worked nothing can change of what it sends off.
    if (key === 'ok') this.#typed = this.#card.snapshot({ includeSecrets: true }).entered;
    this.#each(({ card }) => card.press(key));
  }

  release(key: Key): void {
    this.#each(({ card }) => card.release(key));
  }

  wait(ms: number): void {
    this.#each(({ clock }) => clock.advance(ms));
  }

  jump(ms: number): void {
    this.#tally.jumps++;
    this.#each(({ clock }) => clock.jump(ms));
  }

  #each(act: (one: Twin) => void): void {
    act({ card: this.#card, clock: this.#clock });
    if (this.#twin) act(this.#twin);
    if (!this.#medium.isCut) return;
    this.#tally.cuts++;
    this.#memory.check();
    this.#medium.restorePower();
    this.#reopen();
  }

  #check(): void {
    // What is due happens when the card is read, and the power may fail of it.
    this.#each(({ card }) => card.display());
    this.#memory.check();
    const snapshot = checkCard(this.#card);
    assert.notEqual(snapshot.state, 'fault');
    if (this.#twin) assert.deepEqual(picture(this.#twin.card), throughJson(snapshot));
  }

  /** Another process: all that was in the card's own memory is gone, and its clock begins anew. */
  #reopen(): void {
    this.#twin = undefined;
    this.#memory = this.#openMemory();
    this.#clock = this.#anotherClock();
    this.#card = createCard({ memory: this.#memory, clock: this.#clock });
    this.#wasOn = this.#wasAnswering = false;
    this.#watch();
    this.#memory.check();
    assert.equal(this.#card.serial, this.#identity.serial);
  }

  #restore(): void {
    this.#tally.restored++;
    const snapshot = throughJson(this.#card.snapshot({ includeSecrets: true }));
    const twin = this.#anotherClock();
    this.#twin = { card: restoreCard(snapshot, { clock: twin }), clock: twin };
    this.#clock = this.#anotherClock();
    this.#card = restoreCard(snapshot, { memory: this.#memory, clock: this.#clock });
    assert.deepEqual(picture(this.#card), snapshot);
    this.#watch();
  }

  #openMemory(): WatchedMemory {
    return new WatchedMemory(new SealedMemory(this.#medium, DEVICE_KEY), this.#medium, this.#model);
  }

  #anotherClock(): VirtualClock {
    return new VirtualClock(500_000 - (this.#clock.now() % 1_000_000), this.#clock.timeOfDay());
  }

  #watch(): void {
    const card = this.#card;
    card.subscribe((display) => {
      this.#memory.check();
      if (!this.#wasOn && display !== '') {
        this.#tally.powerOns++;
        this.#model.lights();
      }
      this.#wasOn = display !== '';
      const response = card.response();
      if (!this.#wasAnswering && response !== '') {
        this.#tally.responses++;
        this.#model.shows();
        assert.equal(response, this.#expected());
      }
      this.#wasAnswering = response !== '';
    });
  }

  #expected(): string {
    const { suite } = this.#identity;
    const { pin, challenge: question } = this.#typed;
    const counter = this.#isCounting ? String(this.#model.kept.counter - 1n) : undefined;
    return secondReading({ suite, keyHex: KEY.toString('hex'), question, pin, counter });
  }
}

function picture(card: Card): CardSnapshot {
  return throughJson(card.snapshot({ includeSecrets: true }));
}

function throughJson(snapshot: CardSnapshot): CardSnapshot {
  return JSON.parse(JSON.stringify(snapshot)) as CardSnapshot;
}
