// `dsc complete -- WORD...`: what the scripts of `dsc completion` call. The last word is the one to complete.
import type { Command } from 'commander';
import { dataFolder } from '../data-folder.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Adds this hidden command.
 *
 * @param defineAll - defines all other commands, so that their options can be found.
 */
export function complete(program: Command, around: Surroundings, defineAll: () => Promise<void>): void {
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (words: string[]) => {
      const { candidates } = await import('../completion/candidates.ts');
      await defineAll();
      const { PROFILES } = await import('../../firmware/profiles.ts');
      const names = { card: await cardNames(around), profile: PROFILES.map(({ id }) => id) };
      const found = candidates(program, words, names);
      await around.print(found.map(({ value, description }) => `${value}\t${description}\n`).join(''));
    });
}

/** A folder that cannot be read has no names to offer; the command itself will say why. */
async function cardNames(around: Surroundings): Promise<readonly string[]> {
  const { listCardFiles } = await import('../cards/card-folder.ts');
  return dataFolder(around.env)
    .then(listCardFiles)
    .catch(() => []);
}
