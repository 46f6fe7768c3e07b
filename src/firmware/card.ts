// The card as one holds it: how it is made, operated, read, pictured and restored.
import { Board } from './board.ts';
import { CardError } from './card-error.ts';
import type { Clock } from './clock.ts';
import type { Key } from './keypad.ts';
import { newContents, type Identity, type Memory } from './memory.ts';
import { KEY_BYTES } from './ocra/index.ts';
import { profileFault } from './profile-check.ts';
import { DSC_PLUS, type Profile } from './profiles.ts';
import type { Recorder } from './recording.ts';
import { parseStored, SNAPSHOT_VERSION, type CardSnapshot } from './snapshot.ts';
import type { CardState } from './statechart.ts';
import { VolatileMemory } from './volatile-memory.ts';

/** What every card takes from outside. */
interface Outside {
  /** Where the card's time comes from. */
  readonly clock: Clock;
  /** Are told what happens to the card from now on. */
  readonly record?: Recorder | readonly Recorder[] | undefined;
}

/** A card with a memory of its own, that somebody made before. */
export interface StoredCardOptions extends Outside {
  readonly memory: Memory;
}

/** A card that lives as long as the process. */
export interface NewCardOptions extends Outside {
  /** The OCRA key shared with the host, 16 to 64 bytes. */
  readonly key: Uint8Array;
  /** The device; a Digital Security Card+ unless told. */
  readonly profile?: Profile | undefined;
  /** The OCRA suite; the profile's unless told. Its question length is the number of challenge digits. */
  readonly suite?: string | undefined;
  /** What a host knows the card by; `DSC-0` unless told. */
  readonly serial?: string | undefined;
  /** Whether it has a battery that drains; the clock's time of day is that of the fresh battery. */
  readonly battery?: boolean | undefined;
}

/** What a card is made of. */
export type CardOptions = StoredCardOptions | NewCardOptions;

/** A card in somebody's hand: buttons to press, a line to read. */
export interface Card {
  readonly serial: string;
  readonly profile: Profile;
  /** Its OCRA suite. */
  readonly suite: string;
  /** Digits of a PIN, and of a challenge. */
  readonly pinLength: number;
  readonly challengeLength: number;
  /** A finger comes down on a button. Throws a TypeError, from untyped code, for a button that is not there. */
  press(key: Key): void;
  /** The finger lifts. */
  release(key: Key): void;
  /** What the display shows now: empty while off, `█` in every place during the self-test. */
  display(): string;
  /** Where the card is. */
  state(): CardState;
  /** The whole response while one shows, of which the display may show a page; empty otherwise. */
  response(): string;
  /**
   * Calls the listener with every new text of the display, after the display has changed. A listener may operate the
   * card; the changes that makes are announced after the present one.
   *
   * @returns A function that ends the subscription.
   */
  subscribe(listener: (display: string) => void): () => void;
  /**
   * Resolves with the display's text as soon as it is `text`, or matches it; at once if it does already.
   *
   * @param options.timeout - milliseconds of the card's clock to wait at the most, 120,000 unless told.
   * @throws {CardError} `timeout`, saying what the display shows instead.
   */
  waitForText(text: string | RegExp, options?: { readonly timeout?: number }): Promise<string>;
  /**
   * The card at this moment, for {@link restoreCard}.
   *
   * @param options.includeSecrets - with what was typed and the memory, key and all; without, the restored card needs a
   *   memory, and a finger on a digit that may be one of a PIN is lifted.
   * @throws {CardError} `holds-secrets` while a PIN or a response is in the card and they are not asked for.
   */
  snapshot(options?: { readonly includeSecrets?: boolean }): CardSnapshot;
}

/**
 * Makes a card, switched off.
 *
 * @throws {OcraError} `bad-suite`; {@link CardError} `unsuitable-suite`, `unsuitable-key` or `unsuitable-profile`.
 * @example
 * const clock = new VirtualClock();
 * const card = createCard({ key, clock });
 * card.press('press');
 * clock.advance(2500);
 * card.display(); // 'PIN>'
 */
export function createCard(options: CardOptions): Card {
  const { clock, record } = options;
  return new Board('memory' in options ? options.memory : newMemory(options), clock, record);
}

/**
 * Makes a card that goes on where another one was when it was pictured.
 *
 * @param outside.memory - its memory; unless given, a copy of the pictured card's, which no file hears of.
 * @throws {CardError} `unsuitable-snapshot`.
 */
export function restoreCard(
  snapshot: CardSnapshot,
  { memory, clock, record }: Outside & { readonly memory?: Memory | undefined },
): Card {
  if (snapshot.version !== SNAPSHOT_VERSION) {
    throw new CardError('unsuitable-snapshot', 'the snapshot is of another version than this card restores');
  }
  const { identity, memory: stored } = snapshot;
  const own = memory ?? (stored && new VolatileMemory(identity, parseStored(stored), stored.sequence));
  if (!own) {
    throw new CardError(
      'unsuitable-snapshot',
      'the snapshot is without secrets, so without a key; give the card its memory too',
    );
  }
  if (!isSame(own.identity, identity)) {
    throw new CardError('unsuitable-snapshot', 'the memory is of another card than the snapshot');
  }
  return new Board(own, clock, record, snapshot);
}

function isSame(one: Identity, other: Identity): boolean {
  return one.serial === other.serial && one.suite === other.suite && one.profile.id === other.profile.id;
}

function newMemory(options: NewCardOptions): Memory {
  const { key, profile = DSC_PLUS, suite = profile.suite, serial = 'DSC-0', battery, clock } = options;
  if (key.length < KEY_BYTES.least || key.length > KEY_BYTES.most) {
    throw new CardError(
      'unsuitable-key',
      `key: must be ${KEY_BYTES.least} to ${KEY_BYTES.most} bytes, is ${key.length}`,
    );
  }
  const fault = profileFault(profile);
  if (fault) throw new CardError('unsuitable-profile', `${fault.field}: ${fault.message}`);
  const identity: Identity = { serial, profile, suite };
  const charge = { charge: profile.power.capacity, at: clock.timeOfDay() };
  return new VolatileMemory(identity, newContents(key, battery ? charge : undefined));
}
