// `dsc respond`: a card's answer to a challenge.
import type { Command } from 'commander';
import { DEMO_CARD, parseCardName, type CardName } from '../card-name.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import { canAsk, readSecret } from '../secret-input.ts';
import type { Surroundings } from '../surroundings.ts';
import type { CommandDefinition } from './definition.ts';

interface Options {
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
      .option('--card <name>', 'the card to operate (default: the only one there is, the demo card aside)')
      .option('--pin-stdin', 'read the PIN from standard input')
      .addHelpText(
        'after',
        `
The PIN is asked for, unseen, unless --pin-stdin is given or DSC_PIN is set. A wrong PIN gives a response like any
other: the card does not know its PIN, only the host does.

Example:
  $ dsc respond --card work 482915
  $ DSC_PIN=1234 dsc respond 482915`,
      )
      .action(async (challenge: string, options: Options, self: Command) => {
        const home = await dataFolder(around.env);
        // `dsc --card work respond …` names the card too.
        const { card: asked } = self.optsWithGlobals<Options>();
        const name = asked === undefined ? await onlyCard(home) : parseCardName(asked);
        const { card, clock } = await pickUp(home, name);
        checkDigits('challenge', challenge, card.challengeLength);
        const { pin, source } = await getPin(options, around);
        checkDigits(`PIN from ${source}`, pin, card.pinLength);
        const { operate } = await import('../script/operator.ts');
        await around.print(`${operate(card, clock).answer(pin, challenge)}\n`);
      });
  },
};

/**
 * The card that is meant when none is named. With several the wrong one would answer, and look right. The demo card,
 * which nobody asked for, is meant only where there is no other.
 */
async function onlyCard(home: string): Promise<CardName> {
  const { listCardFiles } = await import('../card-folder.ts');
  const names = await listCardFiles(home);
  const [name = names[0], ...others] = names.filter((each) => each !== DEMO_CARD);
  if (name === undefined) {
    throw new CommandError('no-card', `there is no card in ${home}; make one with "dsc card new NAME"`);
  }
  if (others.length === 0) return name;
  const listed = names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ', …' : '');
  throw new CommandError('wrong-use', `there are ${names.length} cards; say which with --card: ${listed}`);
}

async function pickUp(home: string, name: CardName) {
  const { cardPath, readCardFile } = await import('../card-folder.ts');
  const { createCard } = await import('../../firmware/card.ts');
  const { VirtualClock } = await import('../script/virtual-clock.ts');
  const { suite, key } = await readCardFile(home, name);
  const clock = new VirtualClock();
  try {
    return { card: createCard({ suite, key, clock }), clock };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(
      'damaged-card',
      `the card file ${cardPath(home, name)} is of no use: ${reason}; put back a copy of it, or remove it with "dsc card rm ${name}"`,
      { cause },
    );
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
