// `dsc host key new`: a new master key.
import { CommandError } from '../../command-error.ts';
import { dataFolder } from '../../data-folder.ts';
import type { CommandDefinition } from '../definition.ts';

export const keyNew: CommandDefinition = {
  name: 'new',
  summary: 'add a new master key to the key ring; from now on it seals',
  define(command, around) {
    command
      .option('--keys <file>', 'the file of the key ring; made if it is not there (default: the usual one)')
      .addHelpText(
        'after',
        `
Hosts that run notice the new ring by themselves, and still open what the keys before it sealed. "dsc host rekey" puts
that under the new key. Keep the old keys: the audit trail is checked with them. Keep a copy of the ring apart from the
database, for without it no card can be checked any more.

Example:
  $ dsc host key new && dsc host rekey`,
      )
      .action(async ({ keys }: { readonly keys?: string }) => {
        if (keys === undefined && around.env['DSC_HOST_KEYS']) {
          throw new CommandError(
            'wrong-use',
            'the key ring comes from DSC_HOST_KEYS, which a command cannot change; name a file with --keys, and put what it holds into DSC_HOST_KEYS',
          );
        }
        const { addKey, usualKeyFile } = await import('../../host/key-file.ts');
        const path = keys ?? usualKeyFile(await dataFolder(around.env));
        const id = await addKey(path);
        await around.print(`master key ${id} seals from now on; it is in ${path}\n`);
      });
  },
};
