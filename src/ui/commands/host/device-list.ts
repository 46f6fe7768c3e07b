// `dsc host device list` and `show`.
import type { HostPlace } from '../../host/open-host.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';
import { deviceJson, deviceRow, printed, printList, timeText } from './records.ts';

interface Options extends HostPlace {
  readonly user?: string;
  readonly json?: true;
}

export const deviceList: CommandDefinition = {
  name: 'list',
  summary: 'list the devices: serial number, state, users',
  define(command, around) {
    hostOptions(command)
      .option('--user <name>', 'those of one user')
      .option('--json', 'list them as JSON')
      .addHelpText('after', '\nExample:\n  $ dsc host device list --user ann')
      .action(async (options: Options) => {
        const { user } = options;
        await atHost(around, options, async ({ host }) => {
          if (user !== undefined) await host.user(user);
          await printList(
            around,
            options,
            async (last, limit) => {
              if (user === undefined) return host.devices({ after: last?.serial, limit });
              return last ? [] : host.devicesOf(user);
            },
            { row: deviceRow, json: deviceJson },
          );
        });
      });
  },
};

export const deviceShow: CommandDefinition = {
  name: 'show',
  summary: 'show a device',
  define(command, around) {
    hostOptions(command)
      .argument('<serial>', 'its serial number')
      .option('--json', 'show it as JSON')
      .addHelpText('after', '\nExample:\n  $ dsc host device show DSC-04071776')
      .action(async (serial: string, options: Options) => {
        await atHost(around, options, async ({ host }) => {
          const device = await host.device(serial);
          if (options.json) {
            await around.print(`${JSON.stringify(deviceJson(device), undefined, 2)}\n`);
            return;
          }
          const { state, suite, users, wrongInARow, requestedAt, mailedAt, activatedAt } = device;
          await around.print(
            printed([
              ['serial', serial],
              ['state', state],
              ['users', users.join(', ')],
              ['suite', suite],
              ['wrong answers in a row', String(wrongInARow)],
              ['requested', timeText(requestedAt)],
              ['mailed', mailedAt === undefined ? undefined : timeText(mailedAt)],
              ['activated', activatedAt === undefined ? undefined : timeText(activatedAt)],
            ]),
          );
        });
      });
  },
};
