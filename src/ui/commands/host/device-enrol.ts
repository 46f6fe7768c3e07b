// `dsc host device enrol`: a user gets a card.
import { CommandError } from '../../command-error.ts';
import { newSecret } from '../../host/new-secret.ts';
import type { HostPlace } from '../../host/open-host.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';
import { cardToEnrol, checkOneInput, type CardOptions } from './card-to-enrol.ts';

interface Options extends HostPlace, CardOptions {
  readonly serial?: string;
  readonly suite?: string;
  readonly mailed?: true;
  readonly pinStdin?: true;
}

/** Where a PIN may come from. */
export const PIN = { what: 'PIN', option: '--pin-stdin', variable: 'DSC_PIN' } as const;

export const deviceEnrol: CommandDefinition = {
  name: 'enrol',
  summary: 'give a user a card',
  define(command, around) {
    hostOptions(command)
      .argument('<user>', 'the user')
      .option('--card <name>', 'a card of this machine: its serial number, suite and key are taken')
      .option('--serial <serial>', 'the serial number of a card from elsewhere')
      .option(
        '--key-stdin',
        'read the key of that card from standard input; asked for, unseen, at a terminal',
      )
      .option('--suite <suite>', 'the OCRA suite of that card (default: that of the DSC+)')
      .option('--mailed', 'it is on its way: the first login with it activates it')
      .option('--pin-stdin', 'read the PIN from standard input')
      .addHelpText(
        'after',
        `
The PIN, 4 digits, is asked for twice, unseen, unless --pin-stdin is given or DSC_PIN is set. The card does not know it:
the host does, and the user types it into the card.

Example:
  $ dsc host device enrol ann --card work
  $ pass show bank/key | DSC_PIN=4821 dsc host device enrol ann --serial DSC-04071776 --key-stdin`,
      )
      .action(async (user: string, options: Options) => {
        const { card: name, serial: givenSerial, suite: givenSuite, mailed } = options;
        checkOneInput(options);
        if (name !== undefined && (givenSerial !== undefined || givenSuite !== undefined)) {
          throw new CommandError(
            'wrong-use',
            '--card has its serial number and suite with it; leave --serial and --suite out',
          );
        }
        if (name === undefined && givenSerial === undefined) {
          throw new CommandError(
            'wrong-use',
            'say which card: --card with the name of one of this machine, or --serial with --key-stdin',
          );
        }
        await atHost(around, options, async ({ host, by }) => {
          await host.user(user);
          const card = await cardToEnrol(around, options);
          const serial = card.serial ?? givenSerial ?? '';
          const pin = await newSecret(around, { ...PIN, fromStdin: options.pinStdin === true });
          const suite = card.suite ?? givenSuite;
          await host.enrol({ user, serial, suite, key: card.key, pin, mailed }, by);
          const { state } = await host.device(serial);
          await around.print(`device ${serial} is enrolled for ${user}, and ${state}\n`);
        });
      });
  },
};
