// A memory that lives as long as the process: for cards that nobody picks up again.
import type { Contents, Identity, Memory, MemoryWrite } from './memory.ts';
import { BANK_RECORD } from './memory-format.ts';

/** Keeps the contents as they are: what never leaves the process need not be sealed. */
export class VolatileMemory implements Memory {
  readonly identity: Identity;
  #contents: Contents;
  #sequence: number;

  /** @param sequence - the number of the write that left these contents. */
  constructor(identity: Identity, contents: Contents, sequence = 1) {
    this.identity = identity;
    this.#contents = contents;
    this.#sequence = sequence;
  }

  get sequence(): number {
    return this.#sequence;
  }

  load(): Contents {
    return this.#contents;
  }

  store(contents: Contents): MemoryWrite {
    this.#contents = contents;
    this.#sequence++;
    return { bank: this.#sequence % 2, sequence: this.#sequence, length: BANK_RECORD };
  }
}
