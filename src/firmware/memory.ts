// What a card remembers while it is off, and what a memory must be able to do.
import type { Charge } from './battery.ts';
import { DSC_PLUS, type Profile } from './profiles.ts';

/** What a card is from the factory on: it never changes. */
export interface Identity {
  /** What a host knows the card by: 1 to 32 letters, digits and `-`. */
  readonly serial: string;
  readonly profile: Profile;
  /** Its OCRA suite. */
  readonly suite: string;
}

/** What is kept besides; all but the key changes as the card is used. */
export interface Contents {
  /** The OCRA key shared with the host, 16 to 64 bytes. */
  readonly key: Uint8Array;
  /** The counter of the next response, where the suite has one: 0 to 2^64 - 1. */
  readonly counter: bigint;
  /** How often the card was switched on, and gave a response. */
  readonly powerOns: number;
  readonly responses: number;
  /** Undefined for a card whose battery never ends. */
  readonly battery: Charge | undefined;
}

/** One write of the memory, as it may be known to everybody: it tells nothing of what was written. */
export interface MemoryWrite {
  /** Which of the two banks, 0 or 1. */
  readonly bank: number;
  /** The number of the write; the bank with the greater one is the newer. */
  readonly sequence: number;
  /** Bytes written. */
  readonly length: number;
}

/** A card's non-volatile memory. */
export interface Memory {
  /** What the card is; of a memory that cannot be read, what it is taken for. */
  readonly identity: Identity;
  /** The number of the newest write that is whole. */
  readonly sequence: number;
  /** @throws {MemoryError} `unreadable`. */
  load(): Contents;
  /**
   * Keeps these contents. They are durable when it returns; if it throws, or the power fails, the memory has the
   * contents of before or these.
   *
   * @throws the medium's error.
   */
  store(contents: Contents): MemoryWrite;
}

/** Why a memory is refused. */
export type MemoryErrorCode = 'unreadable' | 'too-long';

/** A memory that cannot be read, or made. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError';
  readonly code: MemoryErrorCode;

  constructor(code: MemoryErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a card is taken for whose memory cannot be read. */
export const UNKNOWN: Identity = { serial: 'UNKNOWN', profile: DSC_PLUS, suite: DSC_PLUS.suite };

/** The contents of a card that was never used. */
export function newContents(key: Uint8Array, battery?: Charge): Contents {
  return { key, counter: 0n, powerOns: 0, responses: 0, battery };
}
