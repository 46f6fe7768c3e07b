// `dsc card rm`: removes a card.
import { parseCardName } from '../cards/card-name.ts';
import { dataFolder } from '../data-folder.ts';
import type { CommandDefinition } from './definition.ts';

export const cardRm: CommandDefinition = {
  name: 'rm',
  summary: 'remove a card and its key for good',
  define(command, around) {
    command
      .argument('<card>', 'its name')
      .addHelpText('after', '\nExample:\n  $ dsc card rm work')
      .action(async (nameText: string) => {
        const name = parseCardName(nameText);
        const home = await dataFolder(around.env);
        const { removeCardFile } = await import('../cards/card-folder.ts');
        await removeCardFile(home, name);
      });
  },
};
