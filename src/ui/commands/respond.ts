// `dsc respond`: a card's answer to a challenge.
import type { Command } from 'commander';
import { DEMO_CARD, parseCardName, type CardName } from '../cards/card-name.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import { canAsk, readSecret } from '../secret-input.ts';
import type { Memory } from '../../firmware/memory.ts';
import type { Entry } from '../../firmware/profiles.ts';
import type { RecordingFile, RecordOptions } from '../recordings/recording-file.ts';
import type { Surroundings } from '../surroundings.ts';
import type { CommandDefinition } from './definition.ts';

interface Options extends RecordOptions {
  readonly card?: string;
  readonly pinStdin?: true;
}

/** Names that an error lists; beyond these, `dsc card list` must do. */
const MOST_NAMES = 10;

export const respond: CommandDefinition = {
  name: 'respond',
  summary: "type PIN and challenge into a card and print the card's response",
  define(command, around) {
    command
      .argument('<challenge>', 'the digits the login shows')
      .option(
        '--card <name>',
        'the card to operate (default: the only one there is; the demo card counts if there is no other)',
      )
      .option('--pin-stdin', 'read the PIN from standard input')
      .option('--record <file>', 'record what the card does, for "dsc replay"')
      .option('--record-secrets', 'with PIN, key and response in the recording')
      .addHelpText(
        'after',
        `
The PIN is asked for, unseen, unless --pin-stdin is given or DSC_PIN is set. A wrong PIN gives a response like any
other: the card does not know its PIN, only the host does.

Example:
  $ dsc respond --card work 482915
  $ DSC_PIN=1234 dsc respond 482915`,
      )
      .action(async (challenge: string, own: Options, self: Command) => {
        // `dsc --card work respond …` names the card too, and --record before the command records.
        const options = { ...self.optsWithGlobals<Options>(), ...own };
        const { checkRecordOptions } = await import('../recordings/recording-file.ts');
        checkRecordOptions(options);
        const home = await dataFolder(around.env);
        const name = options.card === undefined ? await onlyCard(home) : parseCardName(options.card);
        const lengths = await lengthsOf(home, name);
        checkDigits('challenge', challenge, lengths.challenge);
        const { pin, source } = await getPin(options, around);
        checkDigits(`PIN from ${source}`, pin, lengths.pin);
        const { response, record } = await operateCard(home, name, { pin, challenge }, options);
        try {
          await around.print(`${response}\n`);
        } finally {
          // The response counts, whatever became of the recording.
          record?.end();
        }
      });
  },
};

/**
 * The card that is meant when none is named. With several the wrong one would answer, and look right. The demo card,
 * which nobody asked for, is meant only where there is no other.
 */
async function onlyCard(home: string): Promise<CardName> {
  const { listCardFiles } = await import('../cards/card-folder.ts');
  const names = await listCardFiles(home);
  const [name = names[0], ...others] = names.filter((each) => each !== DEMO_CARD);
  if (name === undefined) {
    throw new CommandError('no-card', `there is no card in ${home}; make one with "dsc card new NAME"`);
  }
  if (others.length === 0) return name;
  const listed = names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ', …' : '');
  throw new CommandError('wrong-use', `there are ${names.length} cards; say which with --card: ${listed}`);
}

/** Digits of a PIN and of a challenge. The card is not taken while a person types. */
async function lengthsOf(home: string, name: CardName): Promise<Record<Entry, number>> {
  const { readCardFile } = await import('../cards/card-folder.ts');
  const { entryLengths, readCardSuite } = await import('../../firmware/card-suite.ts');
  const { profile, suite } = (await readCardFile(home, name)).identity;
  return entryLengths(profile, readCardSuite(profile, suite));
}

/** What operating a card brings. */
interface Answer {
  readonly response: string;
  /** Not ended yet. */
  readonly record: RecordingFile | undefined;
}

/**
 * Types PIN and challenge into the card, which nobody else can have meanwhile, and reads the response off.
 *
 * @throws {CommandError} `no-response`, and what taking the card and recording are refused for.
 */
async function operateCard(
  home: string,
  name: CardName,
  { pin, challenge }: { readonly pin: string; readonly challenge: string },
  recording: RecordOptions,
): Promise<Answer> {
  const { takeCard } = await import('../cards/card-folder.ts');
  const { createCard } = await import('../../firmware/card.ts');
  const { VirtualClock } = await import('../script/virtual-clock.ts');
  const { operate } = await import('../script/operator.ts');
  const { recordingOf } = await import('../recordings/recording-file.ts');
  const { noResponse, watchDisplay } = await import('../cards/no-response.ts');
  const { memory, putBack } = await takeCard(home, name);
  try {
    const record = recordingOf(recording);
    const clock = new VirtualClock(0, Date.now());
    const card = createCard({ memory, clock, record });
    const lastSeen = watchDisplay(card);
    try {
      return { response: operate(card, clock).answer(pin, challenge), record };
    } catch (error) {
      record?.end();
      throw noResponse(home, name, { ...lastSeen(), drains: hasBattery(memory) }, error);
    }
  } finally {
    putBack();
  }
}

function hasBattery(memory: Memory): boolean {
  try {
    return memory.load().battery !== undefined;
  } catch {
    return false;
  }
}

async function getPin({ pinStdin }: Options, around: Surroundings): Promise<{ pin: string; source: string }> {
  if (pinStdin) return { pin: await readSecret(around, 'PIN:'), source: 'standard input' };
  if (around.env['DSC_PIN']) return { pin: around.env['DSC_PIN'], source: 'DSC_PIN' };
  if (canAsk(around)) return { pin: await around.askHidden('PIN:'), source: 'the prompt' };
  throw new CommandError(
    'wrong-use',
    'there is no PIN, and no terminal to ask for it; set DSC_PIN or pipe it in with --pin-stdin',
  );
}

function checkDigits(what: string, text: string, length: number): void {
  if (/^[0-9]+$/.test(text) && text.length === length) return;
  throw new CommandError('wrong-use', `the ${what} must be ${length} digits 0-9, no more and no fewer`);
}
