// `dsc host device share` and `unshare`: one card for several user names of one person.
import type { HostPlace } from '../../host/open-host.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';

export const deviceShare: CommandDefinition = {
  name: 'share',
  summary: 'give a device one more user name of the same person',
  define(command, around) {
    hostOptions(command)
      .argument('<serial>', 'its serial number')
      .argument('<user>', 'the user name; it has the PIN of the first until it is changed')
      .addHelpText(
        'after',
        `
Both user names must be known to be one person's.

Example:
  $ dsc host user set ann --person annabel && dsc host user set ann2 --person annabel
  $ dsc host device share DSC-04071776 ann2`,
      )
      .action(async (serial: string, user: string, options: HostPlace) => {
        await atHost(around, options, async ({ host, by }) => {
          await host.share(serial, user, by);
          await around.print(`device ${serial} is ${user}'s too\n`);
        });
      });
  },
};

export const deviceUnshare: CommandDefinition = {
  name: 'unshare',
  summary: 'take a shared device from one of its user names',
  define(command, around) {
    hostOptions(command)
      .argument('<serial>', 'its serial number')
      .argument('<user>', 'the user name')
      .addHelpText('after', '\nExample:\n  $ dsc host device unshare DSC-04071776 ann2')
      .action(async (serial: string, user: string, options: HostPlace) => {
        await atHost(around, options, async ({ host, by }) => {
          await host.unshare(serial, user, by);
          await around.print(`device ${serial} is ${user}'s no more\n`);
        });
      });
  },
};
