// `dsc host migrate`: the tables brought to the version that this program knows.
import { dataFolder } from '../../data-folder.ts';
import { chosenDatabase, nameOf, placeOf } from '../../host/database.ts';
import { databaseTrouble } from '../../host/database-trouble.ts';
import type { CommandDefinition } from '../definition.ts';

export const migrate: CommandDefinition = {
  name: 'migrate',
  summary: "bring a database's tables to this version; makes those of a new one",
  define(command, around) {
    command
      .option('--database <database>', 'a file, or postgres://USER@HOST/NAME (default: the usual one)')
      .addHelpText(
        'after',
        `
Stop all hosts first, and make a backup. What an older version has made is brought to this one in one step or not at
all; what a newer one has made is refused. A password of the database is taken from PGPASSWORD, ~/.pgpass, or a URL in
DSC_DATABASE.

Example:
  $ dsc host migrate --database postgres://dsc@db.example/host`,
      )
      .action(async (options: { readonly database?: string }) => {
        const { migrateDatabase } = await import('../../../host/store/open-store.ts');
        const database = chosenDatabase(options.database, around.env, await dataFolder(around.env));
        const name = nameOf(database);
        const { from, to } = await migrateDatabase(placeOf(database)).catch((error: unknown) => {
          throw databaseTrouble('migrate', name, error);
        });
        const done =
          from === to ? `is of version ${to} already` : `is of version ${to} now, it was of ${from}`;
        await around.print(`the database ${name} ${done}\n`);
      });
  },
};
