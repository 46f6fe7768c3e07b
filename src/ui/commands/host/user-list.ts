// `dsc host user list` and `show`.
import type { HostPlace } from '../../host/open-host.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';
import { deviceJson, printed, printList, userRow } from './records.ts';

interface Options extends HostPlace {
  readonly json?: true;
}

export const userList: CommandDefinition = {
  name: 'list',
  summary: 'list the users: name, role, whether enabled, balance, person',
  define(command, around) {
    hostOptions(command)
      .option('--json', 'list them as JSON')
      .addHelpText('after', "\nExample:\n  $ dsc host user list --json | jq -r '.[].name'")
      .action(async (options: Options) => {
        await atHost(around, options, async ({ host }) =>
          printList(around, options, (last, limit) => host.users({ after: last?.name, limit }), {
            row: userRow,
            json: (user) => user,
          }),
        );
      });
  },
};

export const userShow: CommandDefinition = {
  name: 'show',
  summary: 'show a user and the devices of the user',
  define(command, around) {
    hostOptions(command)
      .argument('<name>', 'the user')
      .option('--json', 'show it as JSON')
      .addHelpText('after', '\nExample:\n  $ dsc host user show ann')
      .action(async (name: string, options: Options) => {
        await atHost(around, options, async ({ host }) => {
          const user = await host.user(name);
          const devices = await host.devicesOf(name);
          if (options.json) {
            await around.print(
              `${JSON.stringify({ ...user, devices: devices.map(deviceJson) }, undefined, 2)}\n`,
            );
            return;
          }
          const [, role, enabled, balance] = userRow(user);
          await around.print(
            printed([
              ['name', name],
              ['role', role],
              ['state', enabled],
              ['balance', balance],
              ['person', user.person],
              ...devices.map(({ serial, state }) => ['device', `${serial}, ${state}`] as const),
            ]),
          );
        });
      });
  },
};
