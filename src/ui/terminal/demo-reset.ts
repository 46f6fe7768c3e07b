// The demo back to its first state: as if the app had never been started.
import { removeCardFile } from '../cards/card-folder.ts';
import { DEMO_CARD } from '../cards/card-name.ts';
import { CommandError } from '../command-error.ts';
import { removeDemoDatabase } from './demo-database.ts';

/**
 * Removes the demo's card and the demo's database.
 *
 * @param home - the data folder.
 * @throws {CommandError} `card-in-use` while the app is open with it, `folder-trouble`.
 */
export async function resetDemo(home: string): Promise<void> {
  try {
    await removeCardFile(home, DEMO_CARD);
  } catch (error) {
    const isGone = error instanceof CommandError && error.code === 'no-card';
    if (!isGone) throw error;
  }
  await removeDemoDatabase(home);
}
