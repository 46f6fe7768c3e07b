// The card the app operates. The demo's own is made by itself the first time.
import { createCardFile, readCardFile } from '../card-folder.ts';
import { DEMO_CARD, parseCardName } from '../card-name.ts';
import type { CardRecord } from '../card-record.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import { newCard } from '../new-card.ts';

/**
 * The card to operate: the named one, or the demo's, which is made if there is none.
 *
 * @throws {CommandError} `wrong-use`, `no-card`, `damaged-card`, `newer-card`, `folder-trouble`.
 */
export async function openCard(env: NodeJS.ProcessEnv, name: string | undefined): Promise<CardRecord> {
  const home = await dataFolder(env);
  if (name !== undefined) return readCardFile(home, parseCardName(name));
  try {
    return await readCardFile(home, DEMO_CARD);
  } catch (error) {
    if (!isRefusal(error, 'no-card')) throw error;
  }
  const card = newCard();
  try {
    await createCardFile(home, DEMO_CARD, card);
    return card;
  } catch (error) {
    // Another app, started at the same time, was faster.
    if (!isRefusal(error, 'card-exists')) throw error;
    return readCardFile(home, DEMO_CARD);
  }
}

function isRefusal(error: unknown, code: CommandError['code']): boolean {
  return error instanceof CommandError && error.code === code;
}
