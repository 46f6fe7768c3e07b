// `dsc host device reset-pin`: a new PIN for who has forgotten it.
import { CommandError } from '../../command-error.ts';
import { newSecret } from '../../host/new-secret.ts';
import type { HostPlace } from '../../host/open-host.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';
import { PIN } from './device-enrol.ts';

interface Options extends HostPlace {
  readonly user?: string;
  readonly pinStdin?: true;
}

export const deviceResetPin: CommandDefinition = {
  name: 'reset-pin',
  summary: 'give a user of a device a new PIN',
  define(command, around) {
    hostOptions(command)
      .argument('<serial>', 'its serial number')
      .option('--user <name>', 'whose PIN, if several users share the device')
      .option('--pin-stdin', 'read the PIN from standard input')
      .addHelpText(
        'after',
        `
The PIN, 4 digits, is asked for twice, unseen, unless --pin-stdin is given or DSC_PIN is set.

Example:
  $ dsc host device reset-pin DSC-04071776`,
      )
      .action(async (serial: string, options: Options) => {
        await atHost(around, options, async ({ host, by }) => {
          const { users } = await host.device(serial);
          const user = options.user ?? onlyOne(users);
          const pin = await newSecret(around, { ...PIN, fromStdin: options.pinStdin === true });
          await host.resetPin({ user, serial, pin }, by);
          await around.print(`${user} has a new PIN for device ${serial}\n`);
        });
      });
  },
};

function onlyOne(users: readonly string[]): string {
  const [user = '', ...others] = users;
  if (others.length === 0) return user;
  throw new CommandError(
    'wrong-use',
    `${users.length} users share the device, each with a PIN of their own; say whose with --user: ${users.join(', ')}`,
  );
}
