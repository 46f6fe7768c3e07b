// `dsc host device mail`: a requested card gets its key, and is on its way.
import { CommandError } from '../../command-error.ts';
import type { HostPlace } from '../../host/open-host.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';
import { cardToEnrol, type CardOptions } from './card-to-enrol.ts';

export const deviceMail: CommandDefinition = {
  name: 'mail',
  summary: 'mail a requested card: from now on the host knows its key',
  define(command, around) {
    hostOptions(command)
      .argument('<serial>', 'the serial number that the request got')
      .option('--card <name>', 'a card of this machine, made with that serial number: its key is taken')
      .option('--key-stdin', "read the card's key from standard input; asked for, unseen, at a terminal")
      .addHelpText(
        'after',
        `
Example:
  $ dsc card new ann --serial DSC-0407177612
  $ dsc host device mail DSC-0407177612 --card ann`,
      )
      .action(async (serial: string, options: HostPlace & CardOptions) => {
        await atHost(around, options, async ({ host, by }) => {
          const device = await host.device(serial);
          const card = await cardToEnrol(around, options);
          if (card.serial !== undefined && card.serial !== serial) throw otherCard('serial number', serial);
          if (card.suite !== undefined && card.suite !== device.suite) throw otherCard('suite', device.suite);
          await host.mail(serial, card.key, by);
          await around.print(`device ${serial} is mailed; the first login with it activates it\n`);
        });
      });
  },
};

/** A person would get a card that says another thing than the host. */
function otherCard(what: string, needed: string): CommandError {
  return new CommandError(
    'wrong-use',
    `the card has another ${what} than ${needed}; make one with "dsc card new NAME --${what === 'suite' ? 'suite' : 'serial'} ${needed}"`,
  );
}
