// `dsc card show`: one card.
import { parseCardName } from '../cards/card-name.ts';
import { dataFolder } from '../data-folder.ts';
import type { CommandDefinition } from './definition.ts';

export const cardShow: CommandDefinition = {
  name: 'show',
  summary: 'show a card, how much it was used, and its battery',
  define(command, around) {
    command
      .argument('<card>', 'its name')
      .option('--show-key', 'show the key too, in hexadecimal and in base32')
      .option('--json', 'show it as JSON')
      .addHelpText('after', '\nExample:\n  $ dsc card show work --json')
      .action(async (nameText: string, options: { showKey?: true; json?: true }) => {
        const name = parseCardName(nameText);
        const home = await dataFolder(around.env);
        const { readCardFile } = await import('../cards/card-folder.ts');
        const card = await readCardFile(home, name);
        const { describeCard } = await import('../cards/card-description.ts');
        await around.print(describeCard(home, name, card, options));
      });
  },
};
