// `dsc card battery`: a new battery for a card.
import { parseCardName } from '../cards/card-name.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import { systemClock } from '../system-clock.ts';
import type { CommandDefinition } from './definition.ts';

export const cardBattery: CommandDefinition = {
  name: 'battery',
  summary: "replace a card's battery",
  define(command, around) {
    command
      .argument('<card>', 'its name')
      .requiredOption('--full', 'put in a fresh battery')
      .addHelpText('after', '\nExample:\n  $ dsc card battery old --full')
      .action(async (nameText: string) => {
        const name = parseCardName(nameText);
        const home = await dataFolder(around.env);
        const { cardPath, readCardFile, takeCard } = await import('../cards/card-folder.ts');
        const { folderTrouble } = await import('../cards/folder-trouble.ts');
        // Says what to do with a card that cannot be read.
        await readCardFile(home, name);
        const { memory, putBack } = await takeCard(home, name);
        try {
          const contents = memory.load();
          if (!contents.battery) {
            throw new CommandError(
              'no-battery',
              `the battery of card ${name} does not drain: only cards made with --battery have one to replace`,
            );
          }
          const { capacity } = memory.identity.profile.power;
          try {
            memory.store({ ...contents, battery: { charge: capacity, at: systemClock.timeOfDay() } });
          } catch (error) {
            throw folderTrouble('write', cardPath(home, name), error);
          }
        } finally {
          putBack();
        }
        await around.print(`card ${name} has a fresh battery\n`);
      });
  },
};
