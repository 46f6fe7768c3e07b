// `dsc card import`: a card that another computer exported.
import { basename, extname } from 'node:path';
import { isCardName, parseCardName, type CardName } from '../cards/card-name.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import { canAsk, readSecret } from '../secret-input.ts';
import { noPassphrase } from './card-export.ts';
import type { CommandDefinition } from './definition.ts';

interface Options {
  readonly name?: string;
  readonly passphraseStdin?: true;
}

export const cardImport: CommandDefinition = {
  name: 'import',
  summary: 'take in a card that "dsc card export" wrote',
  define(command, around) {
    command
      .argument('<file>', 'the file')
      .option('--name <name>', 'what to call the card here (default: the name of the file)')
      .option('--passphrase-stdin', 'read the passphrase from standard input')
      .addHelpText(
        'after',
        `
The passphrase is asked for, unseen, or piped in with --passphrase-stdin. The file stays as it is: remove it when it
has served.

Example:
  $ dsc card import work.card --name work`,
      )
      .action(async (file: string, options: Options) => {
        const name = options.name === undefined ? nameOfFile(file) : parseCardName(options.name);
        const home = await dataFolder(around.env);
        const { checkNewCard, storeCard } = await import('../cards/card-folder.ts');
        const { readTravellingCard } = await import('../cards/travelling-card.ts');
        const closed = await readTravellingCard(file);
        checkNewCard(home, name);
        if (!options.passphraseStdin && !canAsk(around)) throw noPassphrase();
        const card = await closed.open(await readSecret(around, 'Passphrase:'));
        await storeCard(home, name, card);
        const { describeCard } = await import('../cards/card-description.ts');
        await around.print(describeCard(home, name, card, {}));
      });
  },
};

function nameOfFile(file: string): CardName {
  const name = basename(file, extname(file)).toLowerCase();
  if (isCardName(name)) return name;
  throw new CommandError(
    'wrong-use',
    'the name of the file is no name of a card; say what to call it with --name',
  );
}
