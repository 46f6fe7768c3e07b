// `dsc host user add`: a new user.
import { HostError } from '../../../host/error.ts';
import { newSecret } from '../../host/new-secret.ts';
import type { HostPlace } from '../../host/open-host.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';
import { wholeNumber } from './whole-number.ts';

interface Options extends HostPlace {
  readonly administrator?: true;
  readonly balance?: string;
  readonly person?: string;
  readonly passwordStdin?: true;
}

/** Where a user's password may come from. */
export const PASSWORD = {
  what: 'password',
  option: '--password-stdin',
  variable: 'DSC_PASSWORD',
} as const;

export const userAdd: CommandDefinition = {
  name: 'add',
  summary: 'add a user',
  define(command, around) {
    hostOptions(command)
      .argument('<name>', '1 to 64 letters, digits and ". _ @ -", the first a letter or digit')
      .option('--administrator', 'one who may look after users and devices, at the pages and by the API')
      .option('--balance <usd>', 'in whole USD (default: 0); a card can be requested from 500000 on')
      .option('--person <person>', 'who it is; user names of one person may share a device')
      .option('--password-stdin', 'read the password from standard input')
      .addHelpText(
        'after',
        `
The password is asked for twice, unseen, unless --password-stdin is given or DSC_PASSWORD is set. It has 12 characters or more,
is none of the commonest, and has no name in it: neither the user's nor the system's.

Example:
  $ dsc host user add ann --administrator
  $ pass show bank/bob | dsc host user add bob --balance 750000 --password-stdin`,
      )
      .action(async (name: string, options: Options) => {
        const { administrator, balance, person, passwordStdin = false } = options;
        const money = balance === undefined ? undefined : wholeNumber('--balance', balance);
        await atHost(
          around,
          options,
          async ({ host, store, by }) => {
            // Before anybody types a password for nothing.
            if (await store.user(name)) throw new HostError('name-taken');
            const password = await newSecret(around, { ...PASSWORD, fromStdin: passwordStdin }, (entered) =>
              host.checkNewPassword(entered, name),
            );
            const role = administrator ? 'administrator' : 'user';
            await host.addUser({ name, password, role, balance: money, person }, by);
            await around.print(`${role} ${name} is added\n`);
          },
          { make: true },
        );
      });
  },
};
