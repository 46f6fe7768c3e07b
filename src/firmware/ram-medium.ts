// A medium without a disk: for looking into a memory, and for cards that live as long as the process.
import type { Medium } from './medium.ts';

/** Bytes in the process's own memory; `write` writes into them. */
export class RamMedium implements Medium {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  read(offset: number, length: number): Uint8Array {
    return this.bytes.slice(offset, offset + length);
  }

  write(offset: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, offset);
  }
}
