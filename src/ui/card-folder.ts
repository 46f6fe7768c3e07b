// The folder of cards: one file a card, `cards/NAME.card` in the data folder.
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isCardName, type CardName } from './card-name.ts';
import type { CardRecord } from './card-record.ts';
import { folderTrouble } from './cards/folder-trouble.ts';
import { CommandError } from './command-error.ts';
import { hasCode } from './system-error.ts';
import { createWholeFile, makeFolder, readShortFile, removeWholeFile } from './whole-file.ts';

/** The end of every card file's name. */
const CARD = '.card';

/** A card file is a few hundred bytes. */
const LONGEST_FILE = 64 * 1024;

/** The file of a card, whether it is there or not. */
export function cardPath(home: string, name: CardName): string {
  return join(home, 'cards', `${name}${CARD}`);
}

/**
 * Writes a new card; never over one that is there. A kill at any moment leaves the whole card or none, as
 * far as the file system lets it ({@link createWholeFile}).
 *
 * @param home - the data folder; it and `cards` in it are made if need be, for this user alone.
 * @throws {CommandError} `card-exists`, `folder-trouble`.
 */
export async function createCardFile(home: string, name: CardName, record: CardRecord): Promise<void> {
  const { printCardRecord } = await import('./card-record.ts');
  const path = cardPath(home, name);
  try {
    await makeFolder(dirname(path));
  } catch (error) {
    throw folderTrouble('make the folder of', path, error);
  }
  try {
    await createWholeFile(path, printCardRecord(record));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw folderTrouble('write', path, error);
    throw new CommandError(
      'card-exists',
      `there is a card ${name} already, ${path}; choose another name, or remove it with "dsc card rm ${name}"`,
      { cause: error },
    );
  }
}

/**
 * Reads a card.
 *
 * @throws {CommandError} `no-card`, `damaged-card`, `newer-card`, `folder-trouble`.
 */
export async function readCardFile(home: string, name: CardName): Promise<CardRecord> {
  const { parseCardRecord } = await import('./card-record.ts');
  const path = cardPath(home, name);
  let text: string | undefined;
  try {
    text = await readShortFile(path, LONGEST_FILE);
  } catch (error) {
    throw hasCode(error, 'ENOENT') ? noCard(name, path, error) : folderTrouble('read', path, error);
  }
  const record = text === undefined ? 'damaged' : parseCardRecord(text);
  if (record === 'newer') {
    throw new CommandError('newer-card', `the card file ${path} is from a newer dsc; update dsc to use it`);
  }
  if (record === 'damaged') {
    throw new CommandError(
      'damaged-card',
      `the card file ${path} is damaged; put back a copy of it, or remove it with "dsc card rm ${name}"`,
    );
  }
  return record;
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
 * @throws {CommandError} `no-card`, `folder-trouble`.
 */
export async function removeCardFile(home: string, name: CardName): Promise<void> {
  const path = cardPath(home, name);
  try {
    await removeWholeFile(path);
  } catch (error) {
    throw hasCode(error, 'ENOENT') ? noCard(name, path, error) : folderTrouble('remove', path, error);
  }
}

function noCard(name: CardName, path: string, cause: unknown): CommandError {
  const message = `there is no card ${name}, ${path} is missing; "dsc card list" names the cards there are`;
  return new CommandError('no-card', message, { cause });
}
