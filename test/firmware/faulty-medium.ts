// A medium in RAM whose power fails in the middle of a write, for tests of what a memory survives.
import { createHash } from 'node:crypto';
import type { Medium } from '../../src/firmware/medium.ts';

/** When the power fails, and what becomes of the write that it meets. */
export interface Cut {
  /** After so many more bytes; or in the middle of the write that comes after so many more. */
  readonly after: { readonly bytes: number } | { readonly writes: number };
  /** The write leaves nothing; or the bytes it got to; or these, and others at random where the rest should be. */
  readonly leaving: 'undone' | 'half done' | 'garbage';
  /** Of the random bytes. */
  readonly seed?: number;
}

/** What a write meets when the power fails, and everything after it. */
class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

/** Bytes that survive the power, until it is restored nobody can read or write them. */
export class FaultyMedium implements Medium {
  readonly bytes: Uint8Array;
  #written = 0;
  #writes = 0;
  #cut: Cut | undefined;
  #isCut = false;

  /** @param bytes - what is on it; it keeps a copy. */
  constructor(bytes: Uint8Array) {
    this.bytes = Uint8Array.from(bytes);
  }

  /** Whether the power has failed. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Lets the power fail; counting begins now. */
  cut(cut: Cut): void {
    this.#cut = cut;
    this.#written = this.#writes = 0;
  }

  /** The power is back; it will not fail again by itself. */
  restorePower(): void {
    this.#cut = undefined;
    this.#isCut = false;
  }

  read(offset: number, length: number): Uint8Array {
    if (this.#isCut) throw new PowerCut('no power');
    return this.bytes.slice(offset, offset + length);
  }

  write(offset: number, bytes: Uint8Array): void {
    if (this.#isCut) throw new PowerCut('no power');
    const done = this.#cut && this.#bytesBefore(this.#cut, bytes.length);
    this.#written += bytes.length;
    this.#writes++;
    if (this.#cut && done !== undefined) {
      this.bytes.set(left(this.#cut, bytes, done), offset);
      this.#isCut = true;
      throw new PowerCut('the power failed');
    }
    this.bytes.set(bytes, offset);
  }

  /** How many bytes of a write are done when the power fails; undefined if it does not. */
  #bytesBefore({ after }: Cut, length: number): number | undefined {
    if ('writes' in after) return this.#writes === after.writes ? length >> 1 : undefined;
    const done = after.bytes - this.#written;
    return done <= length ? done : undefined;
  }
}

function left({ leaving, seed = 0 }: Cut, bytes: Uint8Array, done: number): Uint8Array {
  if (leaving === 'undone') return new Uint8Array();
  if (leaving === 'half done') return bytes.subarray(0, done);
  const garbage = createHash('shake256', { outputLength: bytes.length }).update(String(seed)).digest();
  return Buffer.concat([bytes.subarray(0, done), garbage.subarray(done)]);
}
