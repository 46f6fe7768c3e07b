// The board: keypad, statechart, display and OCRA wired to an injected clock. The card's public face.
import { createActor } from 'xstate';
import { CardError } from './card-error.ts';
import { readCardSuite } from './card-suite.ts';
import type { Clock } from './clock.ts';
import { Keypad, type Key, type Stroke } from './keypad.ts';
import { lineOf } from './line.ts';
import { News } from './news.ts';
import { createResponder, KEY_BYTES } from './ocra/index.ts';
import { DSC_PLUS, type Profile } from './profiles.ts';
import { createStatechart, type CardEvent, type CardState } from './statechart.ts';
import { waitForText } from './wait-for-text.ts';

/** What a card is made of. */
export interface CardOptions {
  /** The OCRA key shared with the host, 16 to 64 bytes. */
  readonly key: Uint8Array;
  /** Where the card's time comes from. */
  readonly clock: Clock;
  /** The device; a Digital Security Card+ unless told. */
  readonly profile?: Profile | undefined;
  /** The OCRA suite; the profile's unless told. Its question length is the number of challenge digits. */
  readonly suite?: string | undefined;
}

/** A card in somebody's hand: buttons to press, a line to read. */
export interface Card {
  readonly profile: Profile;
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
}

/**
 * Makes a card, switched off.
 *
 * @throws {OcraError} `bad-suite`; {@link CardError} `unsuitable-suite` or `unsuitable-key`.
 * @example
 * const clock = new VirtualClock();
 * const card = createCard({ key, clock });
 * card.press('press');
 * clock.advance(2500);
 * card.display(); // 'PIN>'
 */
export function createCard({ key, clock, profile = DSC_PLUS, suite = profile.suite }: CardOptions): Card {
  if (key.length < KEY_BYTES.least || key.length > KEY_BYTES.most) {
    throw new CardError(
      'unsuitable-key',
      `key: must be ${KEY_BYTES.least} to ${KEY_BYTES.most} bytes, is ${key.length}`,
    );
  }
  return new Board(profile, suite, key, clock);
}

class Board implements Card {
  readonly profile: Profile;
  readonly pinLength: number;
  readonly challengeLength: number;
  readonly #clock: Clock;
  readonly #keypad: Keypad;
  readonly #statechart;
  readonly #news = new News();
  #line = '';
  #alarm: { readonly time: number; readonly cancel: () => void } | undefined;

  constructor(profile: Profile, suiteText: string, key: Uint8Array, clock: Clock) {
    const suite = readCardSuite(profile, suiteText);
    const respond = createResponder(suite, key);
    this.profile = profile;
    this.pinLength = profile.pinLength;
    this.challengeLength = suite.question.length;
    this.#clock = clock;
    this.#keypad = new Keypad(profile.times);
    this.#statechart = createActor(
      createStatechart(profile, {
        challengeLength: suite.question.length,
        respond: (pin, challenge) => respond({ question: challenge, pin }),
      }),
    ).start();
  }

  press(key: Key): void {
    this.#afterCatchingUp(() => this.#keypad.press(key, this.#clock.now()));
  }

  release(key: Key): void {
    this.#afterCatchingUp(() => this.#keypad.release(key));
  }

  display(): string {
    this.#catchUpToRead();
    return this.#line;
  }

  state(): CardState {
    this.#catchUpToRead();
    return this.#statechart.getSnapshot().value;
  }

  subscribe(listener: (display: string) => void): () => void {
    return this.#news.subscribe(listener);
  }

  waitForText(text: string | RegExp, { timeout = 120_000 } = {}): Promise<string> {
    return waitForText(this, this.#clock, text, timeout);
  }

  /** Lets everything happen that is due by now, each at its own time and in order. */
  #catchUp(): void {
    const now = this.#clock.now();
    for (let event = this.#nextEvent(now); event; event = this.#nextEvent(now)) {
      this.#statechart.send(event);
      this.#show();
    }
  }

  /** Catches up, and then does this even if a listener throws: a finger that lifts must not be missed. */
  #afterCatchingUp(act: () => void): void {
    try {
      this.#catchUp();
    } finally {
      act();
      this.#setAlarm();
    }
  }

  /** What is read from the card is true now, but a listener reads what it was just told. */
  #catchUpToRead(): void {
    if (!this.#news.telling) this.#afterCatchingUp(() => {});
  }

  #nextEvent(now: number): CardEvent | undefined {
    const deadline = this.#deadline();
    const stroke = this.#keypad.take(Math.min(now, deadline));
    if (stroke) return eventOf(stroke);
    return deadline <= now ? { type: 'timeout', at: deadline } : undefined;
  }

  #show(): void {
    const { value, context } = this.#statechart.getSnapshot();
    const line = lineOf(this.profile, this.challengeLength, value, context);
    if (line === this.#line) return;
    this.#line = line;
    this.#news.announce(line);
  }

  /** Asks the clock for the one wake-up that is needed next. An earlier one that is set already will ask again. */
  #setAlarm(): void {
    const next = Math.min(this.#keypad.due ?? Infinity, this.#deadline());
    if (next === Infinity || (this.#alarm && this.#alarm.time <= next)) return;
    this.#alarm?.cancel();
    this.#alarm = { time: next, cancel: this.#clock.wakeAt(next, () => this.#wake()) };
  }

  #wake(): void {
    this.#alarm = undefined;
    this.#afterCatchingUp(() => {});
  }

  #deadline(): number {
    return this.#statechart.getSnapshot().context.deadline ?? Infinity;
  }
}

function eventOf({ key, since, at }: Stroke): CardEvent {
  switch (key) {
    case 'press':
      return { type: 'hold', at, since };
    case 'back':
    case 'ok':
      return { type: key, at };
    default:
      return { type: 'digit', at, digit: key };
  }
}
