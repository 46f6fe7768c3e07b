// `dsc card list`: the cards there are.
import type { CardName } from '../cards/card-name.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import { table } from '../table.ts';
import type { CommandDefinition } from './definition.ts';

interface Row {
  readonly name: CardName;
  readonly serial: string;
  readonly profile: string;
  readonly suite: string;
}

export const cardList: CommandDefinition = {
  name: 'list',
  summary: 'list the cards: name, serial number, device and suite',
  define(command, around) {
    command
      .option('--json', 'list them as JSON')
      .addHelpText('after', "\nExample:\n  $ dsc card list --json | jq -r '.[].name'")
      .action(async (options: { json?: true }) => {
        const home = await dataFolder(around.env);
        const { rows, faults } = await readCards(home);
        await around.print(options.json ? `${JSON.stringify(rows, undefined, 2)}\n` : table(rows.map(cells)));
        const [first] = faults;
        if (!first) return;
        const others = faults.length > 1 ? ` (and ${faults.length - 1} more that cannot be read)` : '';
        throw new CommandError(first.code, first.message + others, { cause: first });
      });
  },
};

/** Reads every card, so that one damaged file does not hide the others. */
async function readCards(home: string): Promise<{ rows: Row[]; faults: CommandError[] }> {
  const { listCardFiles, readCardFile } = await import('../cards/card-folder.ts');
  const rows: Row[] = [];
  const faults: CommandError[] = [];
  for (const name of await listCardFiles(home)) {
    try {
      const { serial, profile, suite } = (await readCardFile(home, name)).identity;
      rows.push({ name, serial, profile: profile.id, suite });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      faults.push(error);
    }
  }
  return { rows, faults };
}

function cells({ name, serial, profile, suite }: Row): string[] {
  return [name, serial, profile, suite];
}
