// `dsc card export`: a card sealed with a passphrase, for another computer.
import { parseCardName } from '../cards/card-name.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import { quoted } from '../one-line.ts';
import { canAsk, readSecret } from '../secret-input.ts';
import type { Surroundings } from '../surroundings.ts';
import type { CommandDefinition } from './definition.ts';

export const cardExport: CommandDefinition = {
  name: 'export',
  summary: 'write a card to a file that a passphrase opens, for another computer',
  define(command, around) {
    command
      .argument('<card>', 'its name')
      .argument('<file>', 'the file to write; one that is there is never overwritten')
      .option('--passphrase-stdin', 'read the passphrase from standard input')
      .addHelpText(
        'after',
        `
The passphrase, of 8 characters or more, is asked for twice, unseen, or piped in with --passphrase-stdin. Whoever has
the file can try passphrases, some two a second and core: choose a long one. The card stays here too; from now on the
two count on their own.

Example:
  $ dsc card export work work.card`,
      )
      .action(async (nameText: string, file: string, options: { passphraseStdin?: true }) => {
        const name = parseCardName(nameText);
        const home = await dataFolder(around.env);
        const { readCardFile } = await import('../cards/card-folder.ts');
        const card = await readCardFile(home, name);
        const { checkNewFile } = await import('../cards/given-file.ts');
        checkNewFile(file);
        const passphrase = await newPassphrase(options.passphraseStdin === true, around);
        const { exportCard } = await import('../cards/travelling-card.ts');
        await exportCard(card, file, passphrase);
        await around.print(`card ${name} is in ${quoted(file)}, sealed with the passphrase\n`);
      });
  },
};

async function newPassphrase(fromStdin: boolean, around: Surroundings): Promise<string> {
  const { parseNewPassphrase } = await import('../cards/passphrase-key.ts');
  if (!canAsk(around)) {
    if (!fromStdin) throw noPassphrase();
    return parseNewPassphrase(await readSecret(around, 'Passphrase:'));
  }
  const passphrase = parseNewPassphrase(await around.askHidden('Passphrase:'));
  if ((await around.askHidden('Once more:')) === passphrase) return passphrase;
  throw new CommandError('wrong-use', 'the two passphrases are not the same; run it again');
}

/** What to throw where a passphrase is needed and nobody can be asked. */
export function noPassphrase(): CommandError {
  return new CommandError(
    'wrong-use',
    'there is no passphrase, and no terminal to ask for it; pipe it in with --passphrase-stdin',
  );
}
