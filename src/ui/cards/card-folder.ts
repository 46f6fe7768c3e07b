// The folder of cards: one file a card, `cards/NAME.card` in the data folder.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Contents, Identity, Memory } from '../../firmware/memory.ts';
import type { Profile } from '../../firmware/profiles.ts';
import { FAULTS } from '../../firmware/self-test.ts';
import { raise } from '../raise.ts';
import { isCardName, type CardName } from './card-name.ts';
import { folderTrouble } from './folder-trouble.ts';
import { CommandError } from '../command-error.ts';
import type { NewCard } from './new-card.ts';
import { hasCode } from '../system-error.ts';
import { createWholeFile, makeFolder, readShortBytes, removeWholeFile } from '../whole-file.ts';

/** The end of every card file's name. */
const CARD = '.card';

/** A card file is 12 kB. */
const LONGEST_FILE = 64 * 1024;

/** The file of a card, whether it is there or not. */
export function cardPath(home: string, name: CardName): string {
  return join(home, 'cards', `${name}${CARD}`);
}

/** What a card file says. */
export interface CardOnFile {
  readonly identity: Identity;
  readonly contents: Contents;
}

/** A card that nobody else can take meanwhile. */
export interface HeldCard {
  /** Its memory, which may be unreadable: the card shows that. */
  readonly memory: Memory;
  /** Puts the card back. */
  readonly putBack: () => void;
}

/**
 * Writes a new card; never over one that is there. A kill at any moment leaves the whole card or none, as
 * far as the file system lets it ({@link createWholeFile}).
 *
 * @param home - the data folder; it and `cards` in it are made if need be, for this user alone; so is the device key.
 * @throws {CommandError} `card-exists`, `folder-trouble`, `bad-profile`; and what the device key's file is refused for.
 */
export async function createCardFile(home: string, name: CardName, card: NewCard): Promise<CardOnFile> {
  const { contentsOf } = await import('./card-image.ts');
  const { serial, profile, suite } = card;
  const stored = { identity: { serial, profile, suite }, contents: contentsOf(card) };
  await storeCard(home, name, stored);
  return stored;
}

/** Writes a card that is stored nowhere else, as {@link createCardFile} does. */
export async function storeCard(home: string, name: CardName, card: CardOnFile): Promise<void> {
  const { deviceKey } = await import('./device-key.ts');
  const path = cardPath(home, name);
  try {
    await makeFolder(dirname(path));
  } catch (error) {
    throw folderTrouble('make the folder of', path, error);
  }
  const image = await imageOf(card, await deviceKey(home));
  try {
    await createWholeFile(path, image);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw folderTrouble('write', path, error);
    throw cardExists(name, path, error);
  }
}

/**
 * Refuses before a secret is asked for what could not be stored after.
 *
 * @throws {CommandError} `card-exists`.
 */
export function checkNewCard(home: string, name: CardName): void {
  const path = cardPath(home, name);
  if (existsSync(path)) throw cardExists(name, path);
}

/** @throws {CommandError} `bad-profile` for a profile that is too long for a card file. */
async function imageOf({ identity, contents }: CardOnFile, key: Uint8Array): Promise<Uint8Array> {
  const { cardImage } = await import('./card-image.ts');
  const { MemoryError } = await import('../../firmware/memory.ts');
  try {
    return cardImage(identity, contents, { key });
  } catch (cause) {
    if (!(cause instanceof MemoryError)) throw cause;
    throw new CommandError('bad-profile', `the profile does not fit a card: ${cause.message}`, { cause });
  }
}

/**
 * Reads a card, as it is at this moment, without taking it from whoever operates it.
 *
 * @throws {CommandError} `no-card`, `damaged-card`, `earlier-card`, `newer-card`, `folder-trouble`, and what the device
 *   key's file is refused for.
 */
export async function readCardFile(home: string, name: CardName): Promise<CardOnFile> {
  const { key, bytes } = await readSealed(home, name);
  const { memoryOf } = await import('./card-image.ts');
  const memory = memoryOf(bytes, key);
  try {
    return { identity: memory.identity, contents: memory.load() };
  } catch (cause) {
    throw unreadable(home, name, memory.identity.profile, cause);
  }
}

/**
 * Takes a card to operate it: nobody else can until it is put back.
 *
 * @throws {CommandError} `no-card`, `damaged-card` for what is no card file, `earlier-card`, `newer-card`,
 *   `card-in-use`, `folder-trouble`, and what the device key's file is refused for.
 */
export async function takeCard(home: string, name: CardName): Promise<HeldCard> {
  // First, so that no lock is made for a card that is not there.
  await readSealed(home, name);
  const { lockCard } = await import('./card-lock.ts');
  const release = await lockCard(home, name);
  try {
    // Somebody may have changed the file while it was waited for.
    const { key } = await readSealed(home, name);
    const { openDiskMedium } = await import('./disk-medium.ts');
    const { SealedMemory } = await import('../../firmware/sealed-memory.ts');
    const medium = openDiskMedium(cardPath(home, name));
    try {
      const memory = new SealedMemory(medium, key);
      return {
        memory,
        putBack() {
          medium.close();
          release();
        },
      };
    } catch (error) {
      medium.close();
      throw error;
    }
  } catch (error) {
    release();
    throw error instanceof CommandError ? error : folderTrouble('open', cardPath(home, name), error);
  }
}

/**
 * The names of all cards, in alphabetical order. Their files are not read.
 *
 * @throws {CommandError} `folder-trouble`.
 */
export async function listCardFiles(home: string): Promise<CardName[]> {
  const folder = join(home, 'cards');
  let files: string[];
  try {
    files = await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw folderTrouble('read', folder, error);
  }
  return files
    .filter((file) => file.endsWith(CARD))
    .map((file) => file.slice(0, -CARD.length))
    .filter(isCardName)
    .toSorted();
}

/**
 * Removes a card, damaged or not.
 *
 * @throws {CommandError} `no-card`, `card-in-use`, `folder-trouble`.
 */
export async function removeCardFile(home: string, name: CardName): Promise<void> {
  const path = cardPath(home, name);
  const { lockCard } = await import('./card-lock.ts');
  // Where there is no card nobody can have it, and no lock is made; what was left unfinished is removed all the same.
  const release = existsSync(path) ? await lockCard(home, name) : undefined;
  try {
    await removeWholeFile(path);
  } catch (error) {
    throw hasCode(error, 'ENOENT') ? noCard(name, path, error) : folderTrouble('remove', path, error);
  } finally {
    release?.();
  }
}

/**
 * The bytes of a card's file, whatever they are.
 *
 * @throws {CommandError} `no-card`, `damaged-card` for what is too long or no file, `folder-trouble`.
 */
export async function readCardBytes(home: string, name: CardName): Promise<Uint8Array> {
  const path = cardPath(home, name);
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readShortBytes(path, LONGEST_FILE);
  } catch (error) {
    throw hasCode(error, 'ENOENT') ? noCard(name, path, error) : folderTrouble('read', path, error);
  }
  return bytes ?? raise(damaged(name, path));
}

/** The file of a card of this format, sealed with this user's device key, and that key. */
async function readSealed(
  home: string,
  name: CardName,
): Promise<{ readonly bytes: Uint8Array; readonly key: Uint8Array }> {
  const path = cardPath(home, name);
  const bytes = await readCardBytes(home, name);
  const { headerOf } = await import('./card-image.ts');
  const { isUnsealed } = await import('./unsealed-card.ts');
  const { existingDeviceKey } = await import('./device-key.ts');
  if (isUnsealed(bytes)) {
    throw new CommandError(
      'earlier-card',
      `the card file ${path} is of an earlier format, which anybody could have made; if it is yours, bring it up to date with "dsc card upgrade ${name}"`,
    );
  }
  const header = headerOf(bytes);
  if (!header) throw damaged(name, path);
  if (header === 'newer') {
    throw new CommandError('newer-card', `the card file ${path} is from a newer dsc; update dsc to use it`);
  }
  if (header.source.kind === 'passphrase') {
    throw new CommandError(
      'damaged-card',
      `the card file ${path} was made by "dsc card export"; move it elsewhere, and take it in with "dsc card import"`,
    );
  }
  const key = await existingDeviceKey(home);
  if (key) return { bytes, key };
  throw new CommandError(
    'damaged-device-key',
    `the card ${name} cannot be read without the device key ${join(home, 'device.key')}, which is missing; put back a copy of it`,
  );
}

function unreadable(home: string, name: CardName, { notices }: Profile, cause: unknown): CommandError {
  return new CommandError(
    'damaged-card',
    `the card ${name} shows ${notices.fault}${FAULTS.memory}: neither bank of its memory, ${cardPath(home, name)}, can be read; it is damaged, or sealed with another device key than ${join(home, 'device.key')}: put back a copy of what was changed, or remove the card with "dsc card rm ${name}"`,
    { cause },
  );
}

function damaged(name: CardName, path: string): CommandError {
  return new CommandError(
    'damaged-card',
    `the card file ${path} is damaged; put back a copy of it, or remove it with "dsc card rm ${name}"`,
  );
}

function cardExists(name: CardName, path: string, cause?: unknown): CommandError {
  const message = `there is a card ${name} already, ${path}; choose another name, or remove it with "dsc card rm ${name}"`;
  return new CommandError('card-exists', message, { cause });
}

function noCard(name: CardName, path: string, cause: unknown): CommandError {
  const message = `there is no card ${name}, ${path} is missing; "dsc card list" names the cards there are`;
  return new CommandError('no-card', message, { cause });
}
