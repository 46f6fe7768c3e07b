// The board: keypad, statechart, display, OCRA, memory and battery wired to an injected clock.
import { createActor } from 'xstate';
import type { Card } from './card.ts';
import { CardError } from './card-error.ts';
import { readCardSuite } from './card-suite.ts';
import { JUMP, type Clock } from './clock.ts';
import { Keypad, type Key, type Stroke } from './keypad.ts';
import { lineOf, pageCount } from './line.ts';
import { BatteryGauge } from './battery-gauge.ts';
import type { Contents, Memory } from './memory.ts';
import { News } from './news.ts';
import { createResponder, type Responder, type Suite } from './ocra/index.ts';
import type { Entry, Profile } from './profiles.ts';
import {
  HIDDEN_KEY,
  recordedCard,
  toldKey,
  toldText,
  type RecordedEvent,
  type Recorder,
} from './recording.ts';
import { computesOcra, FAULTS, isPlausible } from './self-test.ts';
import {
  printStored,
  shiftFingers,
  shiftMemory,
  SNAPSHOT_VERSION,
  toldFingers,
  type CardSnapshot,
} from './snapshot.ts';
import { createStatechart, type Answer, type CardEvent, type CardState, type Startup } from './statechart.ts';
import { waitForText } from './wait-for-text.ts';

/** The last counter there is. */
const LAST_COUNTER = 2n ** 64n - 1n;

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
  readonly #memory: Memory;
  readonly #suite: Suite;
  readonly #lengths: Record<Entry, number>;
  readonly #keypad: Keypad;
  readonly #statechart;
  readonly #news = new News();
  readonly #gauge: BatteryGauge;
  #recorders: readonly Recorder[] = [];
  readonly #began: number;
  readonly #toldPresses = new Map<Key, Key | typeof HIDDEN_KEY>();
  #contents: Contents | undefined;
  #respond: Responder | undefined;
  #line = '';
  #skew: number;
  #alarm: Alarm | undefined;

  /** @throws {OcraError} or {CardError} for a suite that the device cannot operate. */
  constructor(
    memory: Memory,
    clock: Clock,
    record: Recorder | readonly Recorder[] = [],
    snapshot?: CardSnapshot,
  ) {
    const { serial, profile, suite } = memory.identity;
    this.#suite = readCardSuite(profile, suite);
    this.serial = serial;
    this.profile = profile;
    this.suite = suite;
    this.pinLength = profile.pinLength;
    this.challengeLength = this.#suite.question.length;
    this.#lengths = { pin: this.pinLength, challenge: this.challengeLength };
    this.#clock = clock;
    this.#memory = memory;
    this.#keypad = new Keypad(profile.times);
    this.#gauge = new BatteryGauge(profile);
    this.#began = this.#now();
    this.#skew = this.#readSkew();
    this.#contents = this.#tryToLoad();
    const machine = createStatechart(profile, {
      challengeLength: this.challengeLength,
      pages: pageCount(this.#suite.digits, profile.display.width),
      hasPower: (at) => this.#hasPower(at),
      start: (at) => this.#start(at),
      respond: (pin, challenge, at) => this.#answer(pin, challenge, at),
    });
    if (snapshot) {
      const context = shiftMemory(snapshot.entered, this.#began);
      const state = machine.resolveState({ value: snapshot.state, context });
      this.#statechart = createActor(machine, { snapshot: state }).start();
      this.#keypad.put(shiftFingers(snapshot.fingers, this.#began));
      this.#line = this.#readLine();
      this.#gauge.resume(snapshot.charge, this.#began, this.#line);
    } else {
      this.#statechart = createActor(machine).start();
    }
    this.#recorders = [record].flat();
    for (const { write, secrets = false } of this.#recorders) {
      const timeOfDay = this.#timeOfDay(this.#began);
      write(recordedCard(memory.identity, this.#contents, memory.sequence, timeOfDay, secrets));
    }
    if (snapshot) this.#setAlarm();
  }

  press(key: Key): void {
    this.#afterCatchingUp(() => {
      if (this.#keypad.press(key, this.#now())) this.#recordPress(key);
    });
  }

  release(key: Key): void {
    this.#afterCatchingUp(() => {
      if (this.#keypad.release(key)) this.#recordRelease(key);
    });
  }

  display(): string {
    this.#catchUpToRead();
    return this.#line;
  }

  state(): CardState {
    this.#catchUpToRead();
    return this.#statechart.getSnapshot().value;
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
    const now = this.#now();
    const { fingers } = this.#keypad;
    const { serial, profile, suite } = this;
    return {
      version: SNAPSHOT_VERSION,
      identity: { serial, profile, suite },
      state: value,
      entered: shiftMemory(context, -now),
      fingers: shiftFingers(includeSecrets ? fingers : toldFingers(fingers, value), -now),
      charge: this.#gauge.picture(now),
      ...(includeSecrets && this.#contents && { memory: printStored(this.#contents, this.#memory.sequence) }),
    };
  }

  #now(): number {
    return Math.floor(this.#clock.now());
  }

  #timeOfDay(at: number): number {
    return at + this.#skew;
  }

  #readSkew(): number {
    return Math.floor(this.#clock.timeOfDay()) - this.#now();
  }

  /** Lets everything happen that is due by now, each at its own time and in order. */
  #catchUp(): void {
    const now = this.#now();
    for (let event = this.#nextEvent(now); event; event = this.#nextEvent(now)) this.#send(event);
    const by = this.#readSkew() - this.#skew;
    if (Math.abs(by) < JUMP.noticed) return;
    this.#skew += by;
    this.#record({ type: 'clock', t: this.#told(now), by });
    if (Math.abs(by) < JUMP.cuts) return;
    this.#keypad.letGo();
    this.#send({ type: 'powerCut', at: now });
  }

  #send(event: CardEvent): void {
    const wasOn = this.#statechart.getSnapshot().value !== 'off';
    this.#statechart.send(event);
    if (wasOn && this.#statechart.getSnapshot().value === 'off') this.#keepCharge(event.at);
    this.#show(event.at);
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
    const timeout = this.#timeout();
    const { emptyAt } = this.#gauge;
    const stroke = this.#keypad.take(Math.min(now, timeout, emptyAt));
    if (stroke) return eventOf(stroke);
    if (emptyAt <= Math.min(now, timeout)) return { type: 'powerCut', at: emptyAt };
    return timeout <= now ? { type: 'timeout', at: timeout } : undefined;
  }

  #show(at: number): void {
    const line = this.#readLine();
    if (line === this.#line) return;
    this.#line = line;
    this.#gauge.show(line, at);
    this.#recordDisplay(line, at);
    this.#news.announce(line);
  }

  #readLine(): string {
    const { value, context } = this.#statechart.getSnapshot();
    return lineOf(this.profile, this.#lengths, value, context);
  }

  /** Asks the clock for the one wake-up that is needed next. An earlier one that is set already will ask again. */
  #setAlarm(): void {
    const next = Math.min(this.#keypad.due ?? Infinity, this.#timeout(), this.#gauge.emptyAt);
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

  /** A charge that no battery can have says nothing of the battery: the self-test is to find it. */
  #hasPower(at: number): boolean {
    const battery = this.#contents?.battery;
    if (!battery || !isPlausible(battery, this.profile.power)) return true;
    return this.#gauge.afterLying(battery, this.#timeOfDay(at)) > 0;
  }

  /** The self-test, and the first write: a card that cannot write finds out before it is asked for anything. */
  #start(at: number): Startup {
    if (!computesOcra()) return { fault: FAULTS.ocra, isLow: false };
    const contents = this.#tryToLoad();
    this.#contents = contents;
    if (!contents) return { fault: FAULTS.memory, isLow: false };
    const { battery } = contents;
    if (battery && !isPlausible(battery, this.profile.power)) return { fault: FAULTS.battery, isLow: false };
    if (battery) this.#gauge.start(this.#gauge.afterLying(battery, this.#timeOfDay(at)), at);
    const isKept = this.#keep({ ...contents, powerOns: contents.powerOns + 1 }, at);
    return { fault: isKept ? FAULTS.none : FAULTS.memory, isLow: this.#gauge.isLow };
  }

  /** Write before show: the counter has moved on, for good, before anybody can see the response. */
  #answer(pin: string, challenge: string, at: number): Answer {
    const contents = this.#contents;
    if (!contents || contents.counter === LAST_COUNTER) return { fault: FAULTS.memory };
    const { key, counter } = contents;
    this.#respond ??= createResponder(this.#suite, key);
    const isCounting = this.#suite.counter;
    const response = this.#respond({ question: challenge, pin, ...(isCounting && { counter }) });
    this.#gauge.respond(at);
    const isKept = this.#keep(
      { ...contents, counter: isCounting ? counter + 1n : counter, responses: contents.responses + 1 },
      at,
    );
    return isKept ? { response } : { fault: FAULTS.memory };
  }

  /** A charge that cannot be kept is found out when the card is switched on again. */
  #keepCharge(at: number): void {
    if (this.#gauge.isRunning && this.#contents) this.#keep(this.#contents, at);
    this.#gauge.stop();
  }

  /** Whether these contents are durable now. */
  #keep(contents: Contents, at: number): boolean {
    const charge = this.#gauge.charge(at);
    const battery = charge === undefined ? contents.battery : { charge, at: this.#timeOfDay(at) };
    const kept = { ...contents, battery };
    try {
      const write = this.#memory.store(kept);
      this.#contents = kept;
      this.#record({ type: 'memory', t: this.#told(at), ...write });
      return true;
    } catch {
      this.#record({ type: 'memory', t: this.#told(at), failed: 'store' });
      return false;
    }
  }

  #tryToLoad(): Contents | undefined {
    try {
      return this.#memory.load();
    } catch {
      // Whatever a medium throws, a card that cannot read it has a fault of its memory.
      this.#record({ type: 'memory', t: this.#told(this.#now()), failed: 'load' });
      return undefined;
    }
  }

  #record(event: RecordedEvent): void {
    for (const { write } of this.#recorders) write(event);
  }

  /** A time as a recording tells it. */
  #told(at: number): number {
    return at - this.#began;
  }

  #recordPress(key: Key): void {
    if (this.#recorders.length === 0) return;
    const told = toldKey(key, this.#statechart.getSnapshot().value);
    this.#toldPresses.set(key, told);
    this.#recordKey('press', key, told);
  }

  /** A button that was hidden when it went down is hidden when it comes up, wherever the card is by then. */
  #recordRelease(key: Key): void {
    if (this.#recorders.length === 0) return;
    this.#recordKey('release', key, this.#toldPresses.get(key) ?? HIDDEN_KEY);
    this.#toldPresses.delete(key);
  }

  #recordKey(type: 'press' | 'release', key: Key, told: Key | typeof HIDDEN_KEY): void {
    const t = this.#told(this.#now());
    for (const { write, secrets } of this.#recorders) write({ type, t, key: secrets ? key : told });
  }

  #recordDisplay(line: string, at: number): void {
    for (const { write, secrets } of this.#recorders) {
      const text = secrets ? line : toldText(line, this.#statechart.getSnapshot().value);
      write({ type: 'display', t: this.#told(at), text });
    }
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
