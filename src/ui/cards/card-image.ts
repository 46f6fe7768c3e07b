// What a card file holds: made from a card, and looked into.
import { randomBytes } from 'node:crypto';
import { newContents, type Contents } from '../../firmware/memory.ts';
import { FORMAT, HEADER_BYTES, type Header, type KeySource } from '../../firmware/memory-format.ts';
import { newMemoryImage, readHeader, SealedMemory } from '../../firmware/sealed-memory.ts';
import { RamMedium } from '../../firmware/ram-medium.ts';
import type { Identity } from '../../firmware/memory.ts';
import { systemClock } from '../system-clock.ts';
import type { NewCard } from './new-card.ts';

/** Bytes of salt in a header. */
const SALT_BYTES = 16;

/** Salt for a new file. */
export function newSalt(): Uint8Array {
  return new Uint8Array(randomBytes(SALT_BYTES));
}

/** The contents of a new card's memory; a battery is as fresh as it can be. */
export function contentsOf({ key, battery, profile }: NewCard): Contents {
  return newContents(
    key,
    battery ? { charge: profile.power.capacity, at: systemClock.timeOfDay() } : undefined,
  );
}

/**
 * The bytes of a card file.
 *
 * @param seal - what it is sealed with: the device key, or one from a passphrase.
 * @throws {MemoryError} `too-long` for a profile too long for a card file.
 */
export function cardImage(
  identity: Identity,
  contents: Contents,
  { key, source = { kind: 'device' }, salt = newSalt() }: CardSeal,
): Uint8Array {
  return newMemoryImage({ source, salt, identity }, contents, key);
}

/** What a card file is sealed with. */
export interface CardSeal {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly source?: KeySource;
  readonly salt?: Uint8Array;
}

/** What kind of file this is, by its header, which nobody vouches for. */
export function headerOf(bytes: Uint8Array): Header | 'newer' | undefined {
  const header = readHeader(bytes.subarray(0, HEADER_BYTES));
  return header && header.format > FORMAT ? 'newer' : header;
}

/** A memory to look into; what is written to it is lost. */
export function memoryOf(bytes: Uint8Array, key: Uint8Array): SealedMemory {
  return new SealedMemory(new RamMedium(bytes.slice()), key);
}
