// What a card's memory must hold, whenever its power may have failed: the model that real ones are compared with.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Contents } from '../../src/firmware/memory.ts';

/** Is told what is written, read and seen on the display; throws where that cannot be right. */
export class MemoryModel {
  readonly #isCounting: boolean;
  #kept: Contents;
  /** What is being written: the power may fail before it is done, or before anybody hears that it is. */
  #coming: Contents | undefined;
  /** The counts that somebody has seen the card reach. */
  #seen: Pick<Contents, 'powerOns' | 'responses'>;

  /** @param isCounting - whether the card's suite has a counter. */
  constructor(contents: Contents, isCounting: boolean) {
    this.#kept = this.#seen = contents;
    this.#isCounting = isCounting;
  }

  get kept(): Contents {
    return this.#kept;
  }

  /** A write begins. It may count one power-on or one response, and no charge comes back. */
  begins(contents: Contents): void {
    const { counter, powerOns, responses, battery } = this.#kept;
    const isPowerOn = contents.powerOns === powerOns + 1;
    const isResponse = contents.responses === responses + 1;
    assert.ok(!(isPowerOn && isResponse), 'a write counts one thing');
    assert.ok(isPowerOn || isResponse || battery, 'a card whose battery never ends writes what it counts');
    assert.deepEqual(
      { ...contents, battery: undefined },
      {
        key: this.#kept.key,
        counter: counter + (isResponse && this.#isCounting ? 1n : 0n),
        powerOns: powerOns + (isPowerOn ? 1 : 0),
        responses: responses + (isResponse ? 1 : 0),
        battery: undefined,
      },
    );
    assert.equal(contents.battery === undefined, battery === undefined);
    assert.ok((contents.battery?.charge ?? 0) <= (battery?.charge ?? 0), 'a battery does not charge');
    this.#coming = contents;
  }

  /** The write is done. */
  ends(): void {
    assert.ok(this.#coming, 'a write ends that began');
    this.#kept = this.#coming;
    this.#coming = undefined;
  }

  /** A card reads this: the state before the write that was cut, or the one after. */
  reads(contents: Contents): void {
    const isAfter = isDeepStrictEqual(contents, this.#coming);
    if (!isAfter) assert.deepEqual(contents, this.#kept);
    if (this.#coming) this.#seen = contents;
    this.#kept = contents;
    this.#coming = undefined;
  }

  /** The display lights up. */
  lights(): void {
    // The power may fail while the card starts: then it lights for the last time.
    if (this.#coming) return;
    assert.equal(this.#kept.powerOns, this.#seen.powerOns + 1, 'a power-on is counted before it is seen');
    this.#seen = this.#kept;
  }

  /** A response appears. */
  shows(): void {
    assert.equal(this.#coming, undefined, 'a response is kept before it is shown');
    assert.equal(this.#kept.responses, this.#seen.responses + 1, 'a response is counted before it is shown');
    this.#seen = this.#kept;
  }
}
