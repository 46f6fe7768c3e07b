// `dsc host user disable`, `enable`, `log-out`, `set-password`, `set`: changes of a user.
import type { UserUpdate } from '../../../host/index.ts';
import { CommandError } from '../../command-error.ts';
import { newSecret } from '../../host/new-secret.ts';
import type { HostPlace } from '../../host/open-host.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';
import { PASSWORD } from './user-add.ts';
import { wholeNumber } from './whole-number.ts';

export const userDisable = simpleChange({
  name: 'disable',
  summary: 'let a user in no more; ends the sessions of the user',
  update: { disabled: true },
  done: 'is disabled, and logged out everywhere',
});

export const userEnable = simpleChange({
  name: 'enable',
  summary: 'let a disabled user in again',
  update: { disabled: false },
  done: 'is enabled',
});

export const userLogOut: CommandDefinition = {
  name: 'log-out',
  summary: 'end all sessions and unfinished logins of a user, who may log in anew',
  define(command, around) {
    hostOptions(command)
      .argument('<name>', 'the user')
      .addHelpText('after', '\nExample:\n  $ dsc host user log-out ann')
      .action(async (name: string, options: HostPlace) => {
        await atHost(around, options, async ({ host, by }) => {
          const ended = await host.endSessions(name, by);
          await around.print(`user ${name} is logged out everywhere, sessions ended: ${ended}\n`);
        });
      });
  },
};

export const userSetPassword: CommandDefinition = {
  name: 'set-password',
  summary: 'give a user a new password; ends the sessions of the user',
  define(command, around) {
    hostOptions(command)
      .argument('<name>', 'the user')
      .option('--password-stdin', 'read the password from standard input')
      .addHelpText(
        'after',
        `
The password is asked for twice, unseen, unless --password-stdin is given or DSC_PASSWORD is set. It has 12 characters or more,
is none of the commonest, and has no name in it: neither the user's nor the system's.

Example:
  $ dsc host user set-password ann`,
      )
      .action(async (name: string, options: HostPlace & { readonly passwordStdin?: true }) => {
        await atHost(around, options, async ({ host, by }) => {
          await host.user(name);
          const password = await newSecret(
            around,
            { ...PASSWORD, fromStdin: options.passwordStdin === true },
            (entered) => host.checkNewPassword(entered, name),
          );
          await host.updateUser(name, { password }, by);
          await around.print(`user ${name} has a new password, and is logged out everywhere\n`);
        });
      });
  },
};

interface SetOptions extends HostPlace {
  readonly role?: string;
  readonly balance?: string;
  readonly person?: string | false;
}

export const userSet: CommandDefinition = {
  name: 'set',
  summary: 'change role, balance or person of a user',
  define(command, around) {
    hostOptions(command)
      .argument('<name>', 'the user')
      .option('--role <role>', 'user or administrator')
      .option('--balance <usd>', 'in whole USD')
      .option('--person <person>', 'who it is')
      .option('--no-person', 'it is nobody known')
      .addHelpText('after', '\nExample:\n  $ dsc host user set ann --role administrator --balance 750000')
      .action(async (name: string, options: SetOptions) => {
        const update = updateOf(options);
        await atHost(around, options, async ({ host, by }) => {
          await host.updateUser(name, update, by);
          await around.print(`user ${name} is changed\n`);
        });
      });
  },
};

function updateOf({ role, balance, person }: SetOptions): UserUpdate {
  if (role !== undefined && role !== 'user' && role !== 'administrator') {
    throw new CommandError('wrong-use', '--role must be user or administrator');
  }
  if (role === undefined && balance === undefined && person === undefined) {
    throw new CommandError('wrong-use', 'nothing to change; say what: --role, --balance or --person');
  }
  return {
    role,
    balance: balance === undefined ? undefined : wholeNumber('--balance', balance),
    person: person === false ? null : person,
  };
}

function simpleChange(change: {
  readonly name: string;
  readonly summary: string;
  readonly update: UserUpdate;
  readonly done: string;
}): CommandDefinition {
  return {
    name: change.name,
    summary: change.summary,
    define(command, around) {
      hostOptions(command)
        .argument('<name>', 'the user')
        .addHelpText('after', `\nExample:\n  $ dsc host user ${change.name} ann`)
        .action(async (name: string, options: HostPlace) => {
          await atHost(around, options, async ({ host, by }) => {
            await host.updateUser(name, change.update, by);
            await around.print(`user ${name} ${change.done}\n`);
          });
        });
    },
  };
}
