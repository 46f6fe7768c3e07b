// The card the app operates. The demo's own is made by itself the first time.
import { createCardFile, takeCard, type HeldCard } from '../cards/card-folder.ts';
import { DEMO_CARD, parseCardName } from '../cards/card-name.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import { newCard } from '../cards/new-card.ts';

/**
 * Takes the card to operate: the named one, or the demo's, which is made if there is none.
 *
 * @throws {CommandError} what taking and making a card is refused for.
 */
export async function takeNamedCard(env: NodeJS.ProcessEnv, name: string | undefined): Promise<HeldCard> {
  const home = await dataFolder(env);
  if (name !== undefined) return takeCard(home, parseCardName(name));
  try {
    return await takeCard(home, DEMO_CARD);
  } catch (error) {
    if (!isRefusal(error, 'no-card')) throw error;
  }
  try {
    await createCardFile(home, DEMO_CARD, newCard());
  } catch (error) {
    // Another app, started at the same time, was faster.
    if (!isRefusal(error, 'card-exists')) throw error;
  }
  return takeCard(home, DEMO_CARD);
}

function isRefusal(error: unknown, code: CommandError['code']): boolean {
  return error instanceof CommandError && error.code === code;
}
