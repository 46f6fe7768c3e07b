// A memory that tells a model of all that goes in and out.
import { AssertionError } from 'node:assert';
import type { Contents, Identity, Memory, MemoryWrite } from '../../src/firmware/memory.ts';
import type { SealedMemory } from '../../src/firmware/sealed-memory.ts';
import type { FaultyMedium } from './faulty-medium.ts';
import type { MemoryModel } from './memory-model.ts';

/** A sealed memory on a medium that may fail, beside its model. */
export class WatchedMemory implements Memory {
  readonly #memory: SealedMemory;
  readonly #medium: FaultyMedium;
  readonly #model: MemoryModel;
  #violation: AssertionError | undefined;

  constructor(memory: SealedMemory, medium: FaultyMedium, model: MemoryModel) {
    this.#memory = memory;
    this.#medium = medium;
    this.#model = model;
  }

  get identity(): Identity {
    return this.#memory.identity;
  }

  get sequence(): number {
    return this.#memory.sequence;
  }

  /** Throws what the model found wrong: a card takes all that its memory throws for a fault of the memory. */
  check(): void {
    if (this.#violation) throw this.#violation;
  }

  load(): Contents {
    const contents = this.#memory.load();
    this.#tell(() => this.#model.reads(contents));
    return contents;
  }

  store(contents: Contents): MemoryWrite {
    // A card without power may still think that it writes.
    if (!this.#medium.isCut) this.#tell(() => this.#model.begins(contents));
    const write = this.#memory.store(contents);
    this.#tell(() => this.#model.ends());
    return write;
  }

  #tell(what: () => void): void {
    try {
      what();
    } catch (error) {
      if (error instanceof AssertionError) this.#violation ??= error;
      throw error;
    }
  }
}
