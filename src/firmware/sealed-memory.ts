// Memory that survives: two banks on a medium, each sealed with AES-256-GCM-SIV (RFC 8452) under a device key.
import { gcmsiv } from '@noble/ciphers/aes.js';
import { createView, equalBytes, utf8ToBytes } from '@noble/ciphers/utils.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Medium } from './medium.ts';
import {
  MemoryError,
  UNKNOWN,
  type Contents,
  type Identity,
  type Memory,
  type MemoryWrite,
} from './memory.ts';
import {
  BANK_RECORD,
  bankOffset,
  FORMAT,
  HEADER_BYTES,
  MEMORY_BYTES,
  parseContents,
  parseHeader,
  printContents,
  printHeader,
  SEQUENCE_BYTES,
  type Header,
} from './memory-format.ts';
import { PROFILES } from './profiles.ts';

/** Bytes of a device key. */
const DEVICE_KEY_BYTES = 32;

const BANKS = [0, 1] as const;

/**
 * A new memory, whole: to be written to a medium in one piece.
 *
 * @param deviceKey - 32 bytes.
 * @throws {MemoryError} `too-long` for a profile too long for the header.
 */
export function newMemoryImage(
  header: Omit<Header, 'format'>,
  contents: Contents,
  deviceKey: Uint8Array,
): Uint8Array {
  const image = new Uint8Array(MEMORY_BYTES);
  const headerBytes = printHeader(header);
  image.set(headerBytes);
  const seal = new Seal(headerBytes, header.salt, deviceKey);
  // Both banks, so that one may be lost from the first day on.
  for (const sequence of [1, 2]) image.set(seal.close(sequence, contents), bankOffset(sequence % 2));
  return image;
}

/** The memory on a medium. Banks are written by turns: the newest that authenticates is what the card remembers. */
export class SealedMemory implements Memory {
  readonly identity: Identity;
  readonly #medium: Medium;
  readonly #seal: Seal | undefined;
  #sequence = 0;
  /** The newest bank as it was opened or written last: the same bytes need not be opened again. */
  #newest: { readonly record: Uint8Array; readonly contents: Contents } | undefined;

  /**
   * Opens a memory. One that cannot be read is opened too: the card shows that as a fault.
   *
   * @param deviceKey - 32 bytes.
   */
  constructor(medium: Medium, deviceKey: Uint8Array) {
    this.#medium = medium;
    const bytes = medium.read(0, HEADER_BYTES);
    const header = readHeader(bytes);
    if (header?.format === FORMAT) this.#seal = new Seal(bytes, header.salt, deviceKey);
    this.identity = this.#isReadable() && header ? header.identity : takenFor(header);
  }

  get sequence(): number {
    return this.#sequence;
  }

  load(): Contents {
    const found = BANKS.map((bank) => {
      const record = this.#medium.read(bankOffset(bank), BANK_RECORD);
      return { bank, record, sequence: record.length === BANK_RECORD ? sequenceOf(record) : 0 };
    }).toSorted((a, b) => b.sequence - a.sequence);
    for (const { bank, record, sequence } of found) {
      const contents = sequence % 2 === bank ? this.#open(sequence, record) : undefined;
      if (!contents) continue;
      this.#sequence = sequence;
      this.#newest = { record, contents };
      return contents;
    }
    throw new MemoryError('unreadable', 'neither bank of the memory can be read');
  }

  store(contents: Contents): MemoryWrite {
    if (!this.#seal) throw new MemoryError('unreadable', 'the memory has no header');
    const sequence = this.#sequence + 1;
    const bank = sequence % 2;
    const record = this.#seal.close(sequence, contents);
    this.#medium.write(bankOffset(bank), record);
    this.#sequence = sequence;
    this.#newest = { record, contents };
    return { bank, sequence, length: record.length };
  }

  #open(sequence: number, record: Uint8Array): Contents | undefined {
    if (this.#newest && equalBytes(this.#newest.record, record)) return this.#newest.contents;
    return this.#seal?.open(sequence, record);
  }

  #isReadable(): boolean {
    try {
      this.load();
      return true;
    } catch (error) {
      if (error instanceof MemoryError) return false;
      throw error;
    }
  }
}

/** Reads the header of a memory that anybody may have written. */
export function readHeader(bytes: Uint8Array): Header | undefined {
  try {
    return parseHeader(bytes);
  } catch {
    return undefined;
  }
}

/** What a card is taken for whose banks say nothing: at the most a device that everybody knows. */
function takenFor(header: Header | undefined): Identity {
  const profile = PROFILES.find((each) => each === header?.identity.profile);
  return profile ? { serial: UNKNOWN.serial, profile, suite: profile.suite } : UNKNOWN;
}

/** Seals and opens records of banks. */
class Seal {
  readonly #key: Uint8Array;
  readonly #header: Uint8Array;

  constructor(header: Uint8Array, salt: Uint8Array, deviceKey: Uint8Array) {
    if (deviceKey.length !== DEVICE_KEY_BYTES) throw new RangeError('deviceKey: must be 32 bytes');
    // A key for each memory, so that nonces, which are sequence numbers, need only differ within one.
    this.#key = hkdf(sha256, deviceKey, salt, utf8ToBytes('dsc-plus card memory'), DEVICE_KEY_BYTES);
    this.#header = sha256(header);
  }

  close(sequence: number, contents: Contents): Uint8Array {
    const plain = printContents(contents);
    const record = new Uint8Array(BANK_RECORD);
    createView(record).setBigUint64(0, BigInt(sequence));
    record.set(this.#cipher(sequence).encrypt(plain), SEQUENCE_BYTES);
    plain.fill(0);
    return record;
  }

  /** @returns undefined if the record is not what was sealed. */
  open(sequence: number, record: Uint8Array): Contents | undefined {
    let plain: Uint8Array;
    try {
      plain = this.#cipher(sequence).decrypt(record.subarray(SEQUENCE_BYTES));
    } catch {
      return undefined;
    }
    const contents = parseContents(plain);
    plain.fill(0);
    return contents;
  }

  /**
   * The nonce is the sequence number. After a write that went wrong, or a roll-back, a number comes twice: then GCM-SIV
   * tells only whether the contents are the same. A bank belongs to its header, and its number to its bank.
   */
  #cipher(sequence: number) {
    const nonce = new Uint8Array(12);
    createView(nonce).setBigUint64(4, BigInt(sequence));
    return gcmsiv(this.#key, nonce, this.#header);
  }
}

function sequenceOf(record: Uint8Array): number {
  return Number(createView(record).getBigUint64(0));
}
