// Card files of earlier formats, brought up to date. Only here are they read, so that nobody can plant an unsealed card.
import { suiteFault } from '../../firmware/card-suite.ts';
import { cardPath, readCardBytes, readCardFile } from './card-folder.ts';
import type { CardName } from './card-name.ts';
import { CommandError } from '../command-error.ts';
import type { NewCard } from './new-card.ts';
import { replaceWholeFile } from '../whole-file.ts';
import { cardImage, contentsOf } from './card-image.ts';
import { lockCard } from './card-lock.ts';
import { deviceKey } from './device-key.ts';
import { folderTrouble } from './folder-trouble.ts';
import { isUnsealed, parseUnsealedCard } from './unsealed-card.ts';

/**
 * Seals a card of an earlier format with this computer's device key. A kill at any moment leaves the old file or the new.
 *
 * @returns Whether there was anything to do.
 * @throws {CommandError} `no-card`, `damaged-card`, `newer-card`, `card-in-use`, `folder-trouble`, and what the device
 *   key's file is refused for.
 */
export async function upgradeCard(home: string, name: CardName): Promise<boolean> {
  if (!isUnsealed(await readCardBytes(home, name))) {
    // What cannot be read is not up to date.
    await readCardFile(home, name);
    return false;
  }
  const release = await lockCard(home, name);
  try {
    const bytes = await readCardBytes(home, name);
    if (!isUnsealed(bytes)) return false;
    const path = cardPath(home, name);
    const card = parseUnsealedCard(bytes);
    if (!card) {
      throw new CommandError(
        'damaged-card',
        `the card file ${path} is damaged; put back a copy of it, or remove it with "dsc card rm ${name}"`,
      );
    }
    checkSuite(card, name, path);
    const image = cardImage(card, contentsOf(card), { key: await deviceKey(home) });
    await replaceWholeFile(path, image).catch((error: unknown) => {
      throw folderTrouble('write', path, error);
    });
    return true;
  } finally {
    release();
  }
}

function checkSuite({ profile, suite }: NewCard, name: CardName, path: string): void {
  const fault = suiteFault(profile, suite);
  if (fault === undefined) return;
  throw new CommandError(
    'damaged-card',
    `the card file ${path} is of no use: ${fault}; put back a copy of it, or remove it with "dsc card rm ${name}"`,
  );
}
