// `dsc card new`: makes a card.
import { Option } from 'commander';
import type { Profile } from '../../firmware/profiles.ts';
import { parseCardName } from '../cards/card-name.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import type { NewCard } from '../cards/new-card.ts';
import { readSecret } from '../secret-input.ts';
import type { Surroundings } from '../surroundings.ts';
import { wrongUse } from '../refusal.ts';
import type { CommandDefinition } from './definition.ts';

interface Options {
  readonly serial?: string;
  readonly profile?: string;
  readonly suite?: string;
  readonly battery?: true;
  readonly key?: string;
  readonly keyStdin?: true;
  readonly showKey?: true;
  readonly json?: true;
}

export const cardNew: CommandDefinition = {
  name: 'new',
  summary: 'make a card; one that is there is never overwritten',
  define(command, around) {
    command
      .argument('<name>', '1 to 32 of the characters a-z, 0-9 and "-"')
      .option(
        '--serial <serial>',
        '1 to 32 letters, digits and "-", the first no "-" (default: a random number)',
      )
      .option('--profile <profile>', 'the device: dsc-plus, dsc, ocra-card, or a file (default: dsc-plus)')
      .option('--suite <suite>', 'OCRA suite (default: that of the device)')
      .option('--battery', 'with a battery that drains; without, it stays full')
      .addOption(
        new Option(
          '--key <key>',
          'for published test vectors only: everybody on this computer can see arguments',
        ).conflicts('keyStdin'),
      )
      .option('--key-stdin', 'read the key from standard input; asked for, unseen, at a terminal')
      .option('--show-key', 'show the key, in hexadecimal and in base32, to enrol the card at a server')
      .option('--json', 'show the card as JSON')
      .addHelpText(
        'after',
        `
A key is 16 to 64 bytes in hexadecimal or base32 (RFC 4648); white space, hyphens and padding do not matter.
What can be read as both is read as hexadecimal. Without --key and --key-stdin it is 20 random bytes.
A device of your own is a file as docs/profiles.md describes it.

Example:
  $ dsc card new work --show-key
  $ dsc card new old --profile dsc --battery
  $ pass show bank/card-key | dsc card new bank --key-stdin`,
      )
      .action(async (nameText: string, options: Options) => {
        const name = parseCardName(nameText);
        const card = await readCard(options, around);
        const home = await dataFolder(around.env);
        const { createCardFile } = await import('../cards/card-folder.ts');
        const stored = await createCardFile(home, name, card);
        const { describeCard } = await import('../cards/card-description.ts');
        await around.print(describeCard(home, name, stored, options));
      });
  },
};

async function readCard(options: Options, around: Surroundings): Promise<NewCard> {
  const { newCard } = await import('../cards/new-card.ts');
  const fresh = newCard(await readDevice(options.profile));
  const card = {
    ...fresh,
    serial: options.serial === undefined ? fresh.serial : await readSerial(options.serial),
    suite: options.suite ?? fresh.suite,
    key: (await readKey(options, around)) ?? fresh.key,
    battery: options.battery === true,
  };
  // Only the card itself knows which suites and keys it can work with.
  const { createCard } = await import('../../firmware/card.ts');
  const { VirtualClock } = await import('../script/virtual-clock.ts');
  try {
    createCard({ ...card, clock: new VirtualClock() });
  } catch (error) {
    throw wrongUse({ suite: '--suite' }, error);
  }
  return card;
}

async function readDevice(profile: string | undefined): Promise<Profile | undefined> {
  if (profile === undefined) return undefined;
  const { readProfile } = await import('../cards/profile-file.ts');
  return readProfile(profile);
}

async function readSerial(text: string): Promise<string> {
  const { isSerial } = await import('../../host/index.ts');
  if (isSerial(text)) return text;
  throw new CommandError(
    'wrong-use',
    'that is no serial number; use 1 to 32 letters, digits and "-", the first no "-"',
  );
}

async function readKey(options: Options, around: Surroundings): Promise<Uint8Array | undefined> {
  if (options.key === undefined && !options.keyStdin) return undefined;
  const { parseKey } = await import('../key-text.ts');
  return parseKey(options.key ?? (await readSecret(around, 'Key:')));
}
