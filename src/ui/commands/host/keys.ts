// `dsc host key new`, `use` and `list`: the master keys that seal.
import type { KeyRing } from '../../../host/sealing/key-ring.ts';
import { CommandError } from '../../command-error.ts';
import { dataFolder } from '../../data-folder.ts';
import type { Surroundings } from '../../surroundings.ts';
import { table } from '../../table.ts';
import type { CommandDefinition } from '../definition.ts';

interface Options {
  readonly keys?: string;
}

export const keyNew: CommandDefinition = {
  name: 'new',
  summary: 'add a new master key to the key ring; from now on it seals',
  define(command, around) {
    command
      .option('--standby', 'let it seal only after "dsc host key use"')
      .option('--keys <file>', 'the file of the key ring; made if it is not there (default: the usual one)')
      .addHelpText(
        'after',
        `
Hosts that run notice the new ring by themselves, and still open what the keys before it sealed. "dsc host rekey" puts
that under the new key. Keep the old keys: the audit trail is checked with them. Keep a copy of the ring apart from the
database, for without it no card can be checked any more.

Where several hosts have each a copy of the ring, let every host have the new key before any seals with it: add it with
--standby, give every host the new ring, and then run "dsc host key use" and give every host that one.

Example:
  $ dsc host key new && dsc host rekey`,
      )
      .action(async ({ standby = false, keys }: Options & { readonly standby?: boolean }) => {
        const path = await fileToChange(keys, around);
        const { addKey } = await import('../../host/key-file.ts');
        const id = await addKey(path, { standby });
        const what = standby ? 'opens, and does not seal yet' : 'seals from now on';
        await around.print(`master key ${id} ${what}; it is in ${path}\n`);
      });
  },
};

export const keyUse: CommandDefinition = {
  name: 'use',
  summary: 'let another master key of the key ring seal from now on',
  define(command, around) {
    command
      .argument('<id>', 'the key’s id, as "dsc host key list" shows it')
      .option('--keys <file>', 'the file of the key ring (default: the usual one)')
      .addHelpText(
        'after',
        `
Every host that works on the database must have this key in its ring by then.

Example:
  $ dsc host key use 5c0a91e7 && dsc host rekey`,
      )
      .action(async (id: string, { keys }: Options) => {
        const path = await fileToChange(keys, around);
        const { activateKey } = await import('../../host/key-file.ts');
        await activateKey(path, id);
        await around.print(`master key ${id} seals from now on; it is in ${path}\n`);
      });
  },
};

export const keyList: CommandDefinition = {
  name: 'list',
  summary: 'list the ids of the master keys, and which of them seals',
  define(command, around) {
    command
      .option('--keys <file>', 'the file of the key ring (default: the usual one)')
      .option('--json', 'list them as JSON')
      .addHelpText('after', "\nExample:\n  $ dsc host key list --json | jq -r '.[] | select(.active).id'")
      .action(async ({ keys, json }: Options & { readonly json?: true }) => {
        const ring = await ringOf(keys, around);
        const rows = ring.keys.map(({ id }) => ({ id, active: id === ring.active.id }));
        await around.print(
          json
            ? `${JSON.stringify(rows, undefined, 2)}\n`
            : table(rows.map(({ id, active }) => [id, active ? 'active' : ''])),
        );
      });
  },
};

async function ringOf(keys: string | undefined, { env }: Surroundings): Promise<KeyRing> {
  const { keysFrom, missing, openKeyFile, usualKeyFile } = await import('../../host/key-file.ts');
  const { DSC_HOST_KEYS: given } = env;
  if (keys === undefined && given) return keysFrom('DSC_HOST_KEYS', given).ring();
  const path = keys ?? usualKeyFile(await dataFolder(env));
  const file = await openKeyFile(path);
  if (!file) throw missing(path);
  return file.ring();
}

async function fileToChange(keys: string | undefined, { env }: Surroundings): Promise<string> {
  if (keys !== undefined) return keys;
  if (env['DSC_HOST_KEYS']) {
    throw new CommandError(
      'wrong-use',
      'the key ring comes from DSC_HOST_KEYS, which a command cannot change; name a file with --keys, and put what it holds into DSC_HOST_KEYS',
    );
  }
  const { usualKeyFile } = await import('../../host/key-file.ts');
  return usualKeyFile(await dataFolder(env));
}
