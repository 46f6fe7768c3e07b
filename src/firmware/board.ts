// The board: keypad, statechart, display and processor wired to an injected clock.
import { createActor } from 'xstate';
import type { Card } from './card.ts';
import { CardError } from './card-error.ts';
import { entryLengths, readCardSuite } from './card-suite.ts';
import { CardTime } from './card-time.ts';
import { JUMP, type Clock } from './clock.ts';
import { Keypad, type Key, type Stroke } from './keypad.ts';
import { lineOf, pageCount } from './line.ts';
import type { Memory } from './memory.ts';
import { News } from './news.ts';
import { Processor } from './processor.ts';
import type { Entry, Profile } from './profiles.ts';
import { recordedCard, type Recorder } from './recording.ts';
import {
  printStored,
  shiftFingers,
  shiftMemory,
  SNAPSHOT_VERSION,
  toldFingers,
  type CardSnapshot,
} from './snapshot.ts';
import { createStatechart, type CardEvent, type CardState } from './statechart.ts';
import { Tape } from './tape.ts';
import { waitForText } from './wait-for-text.ts';

interface Alarm {
  readonly time: number;
  readonly cancel: () => void;
}

/** The card behind its face. */
export class Board implements Card {
  readonly serial: string;
  readonly profile: Profile;
  readonly suite: string;
  readonly pinLength: number;
  readonly challengeLength: number;
  readonly #clock: Clock;
  readonly #time: CardTime;
  readonly #memory: Memory;
  readonly #lengths: Readonly<Record<Entry, number>>;
  readonly #keypad: Keypad;
  readonly #processor: Processor;
  readonly #statechart;
  readonly #news = new News();
  readonly #tape: Tape;
  #line = '';
  #alarm: Alarm | undefined;

  /** @throws {OcraError} or {CardError} for a suite that the device cannot operate. */
  constructor(
    memory: Memory,
    clock: Clock,
    record: Recorder | readonly Recorder[] = [],
    snapshot?: CardSnapshot,
  ) {
    const { serial, profile, suite: suiteText } = memory.identity;
    const suite = readCardSuite(profile, suiteText);
    this.serial = serial;
    this.profile = profile;
    this.suite = suiteText;
    this.#lengths = entryLengths(profile, suite);
    this.pinLength = this.#lengths.pin;
    this.challengeLength = this.#lengths.challenge;
    this.#clock = clock;
    this.#time = new CardTime(clock);
    this.#memory = memory;
    this.#keypad = new Keypad(profile.times);
    const processor = new Processor(memory, suite, this.#time);
    this.#processor = processor;
    const machine = createStatechart(profile, {
      lengths: this.#lengths,
      pages: pageCount(suite.digits, profile.display.width),
      hasPower: (at) => processor.hasPower(at),
      start: (at) => processor.start(at),
      respond: (pin, challenge, at) => processor.respond(pin, challenge, at),
    });
    const { began } = this.#time;
    if (snapshot) {
      const context = shiftMemory(snapshot.entered, began);
      const state = machine.resolveState({ value: snapshot.state, context });
      this.#statechart = createActor(machine, { snapshot: state }).start();
      this.#keypad.put(shiftFingers(snapshot.fingers, began));
      this.#line = this.#readLine();
      processor.gauge.resume(snapshot.charge, began, this.#line);
    } else {
      this.#statechart = createActor(machine).start();
    }
    const { identity, sequence } = memory;
    const timeOfDay = this.#time.timeOfDay(began);
    this.#tape = new Tape([record].flat(), began, (secrets) =>
      recordedCard(identity, processor.contents, sequence, timeOfDay, secrets),
    );
    processor.tell(this.#tape);
    if (snapshot) this.#setAlarm();
  }

  press(key: Key): void {
    this.#afterCatchingUp((now) => {
      if (this.#keypad.press(key, now)) this.#tape.press(key, this.#value(), now);
    });
  }

  release(key: Key): void {
    this.#afterCatchingUp((now) => {
      if (this.#keypad.release(key)) this.#tape.release(key, this.#value(), now);
    });
  }

  display(): string {
    this.#catchUpToRead();
    return this.#line;
  }

  state(): CardState {
    this.#catchUpToRead();
    return this.#value();
  }

  response(): string {
    this.#catchUpToRead();
    return this.#statechart.getSnapshot().context.response;
  }

  subscribe(listener: (display: string) => void): () => void {
    return this.#news.subscribe(listener);
  }

  waitForText(text: string | RegExp, { timeout = 120_000 } = {}): Promise<string> {
    return waitForText(this, this.#clock, text, timeout);
  }

  snapshot({ includeSecrets = false } = {}): CardSnapshot {
    this.#catchUpToRead();
    const { value, context } = this.#statechart.getSnapshot();
    if (!includeSecrets && (context.pin || context.response)) {
      throw new CardError(
        'holds-secrets',
        `the card holds ${context.pin ? 'a PIN' : 'a response'}; switch it off first, or ask for its secrets too`,
      );
    }
    const now = this.#time.now();
    const { contents, gauge } = this.#processor;
    const { fingers } = this.#keypad;
    const { serial, profile, suite } = this;
    return {
      version: SNAPSHOT_VERSION,
      identity: { serial, profile, suite },
      state: value,
      entered: shiftMemory(context, -now),
      fingers: shiftFingers(includeSecrets ? fingers : toldFingers(fingers, value), -now),
      charge: gauge.picture(now),
      ...(includeSecrets && contents && { memory: printStored(contents, this.#memory.sequence) }),
    };
  }

  #value(): CardState {
    return this.#statechart.getSnapshot().value;
  }

  /**
   * Lets everything happen that is due by now, each at its own time and in order.
   *
   * @returns That now. Listeners take time, so it is looked at again until nothing was left to tell them.
   */
  #catchUp(): number {
    for (;;) {
      const now = this.#time.now();
      let event = this.#nextEvent(now);
      const by = this.#time.takeJump();
      if (!event && by === 0) return now;
      for (; event; event = this.#nextEvent(now)) this.#send(event);
      if (by !== 0) this.#onJump(by, now);
    }
  }

  #onJump(by: number, now: number): void {
    this.#tape.clock(by, now);
    if (Math.abs(by) < JUMP.cuts) return;
    this.#keypad.letGo();
    this.#send({ type: 'powerCut', at: now });
  }

  #send(event: CardEvent): void {
    const wasOn = this.#value() !== 'off';
    this.#statechart.send(event);
    if (wasOn && this.#value() === 'off') this.#processor.stop(event.at);
    this.#show(event.at);
  }

  /** Catches up, and then does this even if a listener throws: a finger that lifts must not be missed. */
  #afterCatchingUp(act: (now: number) => void): void {
    let now: number | undefined;
    try {
      now = this.#catchUp();
    } finally {
      act(now ?? this.#time.now());
      this.#setAlarm();
    }
  }

  /** What is read from the card is true now, but a listener reads what it was just told. */
  #catchUpToRead(): void {
    if (!this.#news.telling) this.#afterCatchingUp(() => {});
  }

  #nextEvent(now: number): CardEvent | undefined {
    const timeout = this.#timeout();
    const { emptyAt } = this.#processor.gauge;
    const stroke = this.#keypad.take(Math.min(now, timeout, emptyAt));
    if (stroke) return eventOf(stroke);
    if (emptyAt <= Math.min(now, timeout)) return { type: 'powerCut', at: emptyAt };
    return timeout <= now ? { type: 'timeout', at: timeout } : undefined;
  }

  #show(at: number): void {
    const line = this.#readLine();
    if (line === this.#line) return;
    this.#line = line;
    this.#processor.gauge.show(line, at);
    this.#tape.display(line, this.#value(), at);
    this.#news.announce(line);
  }

  #readLine(): string {
    const { value, context } = this.#statechart.getSnapshot();
    return lineOf(this.profile, this.#lengths, value, context);
  }

  /** Asks the clock for the one wake-up that is needed next. An earlier one that is set already will ask again. */
  #setAlarm(): void {
    const next = Math.min(this.#keypad.due ?? Infinity, this.#timeout(), this.#processor.gauge.emptyAt);
    if (next === Infinity || (this.#alarm && this.#alarm.time <= next)) return;
    this.#alarm?.cancel();
    this.#alarm = { time: next, cancel: this.#clock.wakeAt(next, () => this.#wake()) };
  }

  #wake(): void {
    this.#alarm = undefined;
    this.#afterCatchingUp(() => {});
  }

  #timeout(): number {
    const { deadline, pageAt } = this.#statechart.getSnapshot().context;
    return Math.min(deadline ?? Infinity, pageAt ?? Infinity);
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
