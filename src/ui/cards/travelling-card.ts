// Cards that travel: sealed with a passphrase instead of this computer's device key.
import { headerOf, cardImage, memoryOf, newSalt } from './card-image.ts';
import type { CardOnFile } from './card-folder.ts';
import { CommandError } from '../command-error.ts';
import { quoted } from '../one-line.ts';
import { createWholeFile, readShortBytes } from '../whole-file.ts';
import { fileTrouble } from './given-file.ts';
import { deriveKey, PASSPHRASE_COST } from './passphrase-key.ts';

/** A card file is 12 kB. */
const LONGEST_FILE = 64 * 1024;

/**
 * Writes a card to a file of its own, for another computer or to be kept; never over one that is there.
 *
 * @throws {CommandError} `file-exists`, `file-trouble`.
 */
export async function exportCard(
  { identity, contents }: CardOnFile,
  path: string,
  passphrase: string,
): Promise<void> {
  const salt = newSalt();
  const key = await deriveKey(passphrase, { ...PASSPHRASE_COST, salt });
  const source = { kind: 'passphrase', ...PASSPHRASE_COST } as const;
  try {
    await createWholeFile(path, cardImage(identity, contents, { key, source, salt }));
  } catch (error) {
    throw fileTrouble('write', path, error);
  }
}

/** An exported card, still closed. */
export interface TravellingCard {
  /** @throws {CommandError} `wrong-passphrase`, `unsuitable-scrypt`, `damaged-card` for what no card can be. */
  readonly open: (passphrase: string) => Promise<CardOnFile>;
}

/**
 * Reads an exported card.
 *
 * @throws {CommandError} `file-trouble`, `damaged-card` for what is no exported card, `newer-card`.
 */
export async function readTravellingCard(path: string): Promise<TravellingCard> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readShortBytes(path, LONGEST_FILE);
  } catch (error) {
    throw fileTrouble('read', path, error);
  }
  const header = bytes && headerOf(bytes);
  if (header === 'newer') {
    throw new CommandError('newer-card', `${quoted(path)} is from a newer dsc; update dsc to take it in`);
  }
  if (!bytes || header?.source.kind !== 'passphrase') {
    throw new CommandError(
      'damaged-card',
      `${quoted(path)} is no card that can travel; write one with "dsc card export" where the card is`,
    );
  }
  const { source, salt } = header;
  return {
    async open(passphrase) {
      const key = await deriveKey(passphrase, { ...source, salt });
      const { parseForeignCard } = await import('./foreign-card.ts');
      const card = parseForeignCard(unseal(bytes, key, path));
      if (typeof card !== 'string') return card;
      throw new CommandError(
        'damaged-card',
        `the card in ${quoted(path)} cannot work: ${card}; ask whoever made it for another`,
      );
    },
  };
}

function unseal(bytes: Uint8Array, key: Uint8Array, path: string): CardOnFile {
  const memory = memoryOf(bytes, key);
  try {
    return { identity: memory.identity, contents: memory.load() };
  } catch (cause) {
    throw new CommandError(
      'wrong-passphrase',
      `the passphrase does not open ${quoted(path)}, or the file is damaged; try again, or export the card again`,
      { cause },
    );
  }
}
