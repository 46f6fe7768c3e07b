// The processor: what the statechart has done behind the buttons. It tests itself, computes, counts and remembers.
import { BatteryGauge } from './battery-gauge.ts';
import type { CardTime } from './card-time.ts';
import type { Contents, Memory } from './memory.ts';
import { createResponder, type Responder, type Suite } from './ocra/index.ts';
import type { Profile } from './profiles.ts';
import { computesOcra, FAULTS, isPlausible } from './self-test.ts';
import type { Answer, Startup } from './statechart.ts';
import type { Tape } from './tape.ts';

/** The last counter there is. */
const LAST_COUNTER = 2n ** 64n - 1n;

/** The processor of one card, with its memory and its battery. */
export class Processor {
  readonly gauge: BatteryGauge;
  readonly #profile: Profile;
  readonly #suite: Suite;
  readonly #memory: Memory;
  readonly #time: CardTime;
  #tape: Tape | undefined;
  #contents: Contents | undefined;
  #respond: Responder | undefined;

  constructor(memory: Memory, suite: Suite, time: CardTime) {
    this.#profile = memory.identity.profile;
    this.#suite = suite;
    this.#memory = memory;
    this.#time = time;
    this.gauge = new BatteryGauge(this.#profile);
    this.#contents = this.#tryToLoad(time.began);
  }

  /** What the memory holds, as far as it was read; undefined if it cannot be. */
  get contents(): Contents | undefined {
    return this.#contents;
  }

  /** Whether the battery can light anything. */
  hasPower(at: number): boolean {
    const battery = this.#contents?.battery;
    // A charge that no battery can have says nothing of the battery: the self-test is to find it.
    if (!battery || !isPlausible(battery, this.#profile.power)) return true;
    return this.gauge.afterLying(battery, this.#time.timeOfDay(at)) > 0;
  }

  /** The self-test, and the first write: a card that cannot write finds out before it is asked for anything. */
  start(at: number): Startup {
    if (!computesOcra()) return { fault: FAULTS.ocra, isLow: false };
    const contents = this.#tryToLoad(at);
    this.#contents = contents;
    if (!contents) return { fault: FAULTS.memory, isLow: false };
    const { battery } = contents;
    if (battery && !isPlausible(battery, this.#profile.power)) return { fault: FAULTS.battery, isLow: false };
    if (battery) this.gauge.start(this.gauge.afterLying(battery, this.#time.timeOfDay(at)), at);
    const isKept = this.#keep({ ...contents, powerOns: contents.powerOns + 1 }, at);
    return { fault: isKept ? FAULTS.none : FAULTS.memory, isLow: this.gauge.isLow };
  }

  /** Write before show: the counter has moved on, for good, before anybody can see the response. */
  respond(pin: string, challenge: string, at: number): Answer {
    const contents = this.#contents;
    if (!contents || contents.counter === LAST_COUNTER) return { fault: FAULTS.memory };
    const { key, counter } = contents;
    this.#respond ??= createResponder(this.#suite, key);
    const isCounting = this.#suite.counter;
    const response = this.#respond({ question: challenge, pin, ...(isCounting && { counter }) });
    this.gauge.respond(at);
    const isKept = this.#keep(
      { ...contents, counter: isCounting ? counter + 1n : counter, responses: contents.responses + 1 },
      at,
    );
    return isKept ? { response } : { fault: FAULTS.memory };
  }

  /** The card went off. A charge that cannot be kept is found out when it is switched on again. */
  stop(at: number): void {
    if (this.gauge.isRunning && this.#contents) this.#keep(this.#contents, at);
    this.gauge.stop();
  }

  /** From now on the tape hears of the memory. */
  tell(tape: Tape): void {
    this.#tape = tape;
  }

  /** Whether these contents are durable now. */
  #keep(contents: Contents, at: number): boolean {
    const charge = this.gauge.charge(at);
    const battery = charge === undefined ? contents.battery : { charge, at: this.#time.timeOfDay(at) };
    const kept = { ...contents, battery };
    try {
      const write = this.#memory.store(kept);
      this.#contents = kept;
      this.#tape?.memory(write, at);
      return true;
    } catch {
      this.#tape?.memory({ failed: 'store' }, at);
      return false;
    }
  }

  #tryToLoad(at: number): Contents | undefined {
    try {
      return this.#memory.load();
    } catch {
      // Whatever a medium throws, a card that cannot read it has a fault of its memory.
      this.#tape?.memory({ failed: 'load' }, at);
      return undefined;
    }
  }
}
