// What a memory is written on.

/** Bytes that survive the power. */
export interface Medium {
  /** The bytes from an offset on; fewer than asked for, only at the end of what there is. */
  read(offset: number, length: number): Uint8Array;
  /** Writes bytes at an offset. They are durable when it returns. */
  write(offset: number, bytes: Uint8Array): void;
}
