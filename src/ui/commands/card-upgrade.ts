// `dsc card upgrade`: a card of an earlier format.
import { parseCardName } from '../cards/card-name.ts';
import { dataFolder } from '../data-folder.ts';
import type { CommandDefinition } from './definition.ts';

export const cardUpgrade: CommandDefinition = {
  name: 'upgrade',
  summary: 'bring a card file of an earlier format up to date',
  define(command, around) {
    command
      .argument('<card>', 'its name')
      .addHelpText(
        'after',
        `
Cards of earlier formats were not sealed: anybody who could write the file could have made it. Do it only with a card
file that you know.

Example:
  $ dsc card upgrade work`,
      )
      .action(async (nameText: string) => {
        const name = parseCardName(nameText);
        const home = await dataFolder(around.env);
        const { upgradeCard } = await import('../cards/upgrade-card.ts');
        const isDone = await upgradeCard(home, name);
        await around.print(isDone ? `card ${name} is sealed now\n` : `card ${name} is up to date\n`);
      });
  },
};
