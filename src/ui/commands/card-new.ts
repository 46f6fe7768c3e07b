// `dsc card new`: makes a card.
import { Option } from 'commander';
import { parseCardName } from '../card-name.ts';
import type { CardRecord } from '../card-record.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import { readSecret } from '../secret-input.ts';
import type { Surroundings } from '../surroundings.ts';
import { wrongUse } from '../refusal.ts';
import type { CommandDefinition } from './definition.ts';

interface Options {
  readonly serial?: string;
  readonly suite?: string;
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
      .option('--suite <suite>', 'OCRA suite (default: that of the Digital Security Card+)')
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

Example:
  $ dsc card new work --show-key
  $ pass show bank/card-key | dsc card new bank --key-stdin`,
      )
      .action(async (nameText: string, options: Options) => {
        const name = parseCardName(nameText);
        const record = await readRecord(options, around);
        const home = await dataFolder(around.env);
        const { createCardFile } = await import('../card-folder.ts');
        await createCardFile(home, name, record);
        const { describeCard } = await import('../card-description.ts');
        await around.print(describeCard(home, name, record, options));
      });
  },
};

async function readRecord(options: Options, around: Surroundings): Promise<CardRecord> {
  const { newCard } = await import('../new-card.ts');
  const fresh = newCard();
  const record = {
    serial: options.serial === undefined ? fresh.serial : await readSerial(options.serial),
    suite: options.suite ?? fresh.suite,
    key: (await readKey(options, around)) ?? fresh.key,
  };
  // Only the card itself knows which suites and keys it can work with.
  const { createCard } = await import('../../firmware/card.ts');
  const { VirtualClock } = await import('../script/virtual-clock.ts');
  try {
    createCard({ ...record, clock: new VirtualClock() });
  } catch (error) {
    throw wrongUse({ suite: '--suite' }, error);
  }
  return record;
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
