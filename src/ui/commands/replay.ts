// `dsc replay`: what happened to a card, once more.
import { Option } from 'commander';
import { CommandError } from '../command-error.ts';
import type { AppOptions } from '../surroundings.ts';
import type { CommandDefinition } from './definition.ts';

interface Options {
  readonly check?: true;
  readonly speed?: string;
}

export const replay: CommandDefinition = {
  name: 'replay',
  summary: 'replay a recording of a card, or check it against the card of today',
  define(command, around) {
    command
      .argument('<file>', 'a recording that --record made')
      .option('--check', 'compare every display and memory write with what the card does today')
      .addOption(
        new Option(
          '--speed <factor>',
          'how many times faster than it was, 0.1 to 1000 (default: 1)',
        ).conflicts('check'),
      )
      .addHelpText(
        'after',
        `
At a terminal it shows the card; elsewhere it prints when the display showed what. --check exits with 1 and the first
difference if there is one. What a recording hides, PIN digits, key and responses, is not compared.

Example:
  $ dsc respond 482915 --record work.jsonl
  $ dsc replay work.jsonl --check`,
      )
      .action(async (file: string, options: Options) => {
        const speed = parseSpeed(options.speed);
        const { readRecording } = await import('../recordings/read-recording.ts');
        const recording = await readRecording(file);
        if (options.check) {
          const { checkRecording } = await import('../recordings/check-recording.ts');
          return around.print(checkRecording(recording, file));
        }
        if (around.isTerminal('stdin') && around.isTerminal('stdout'))
          return around.openReplay(recording, { speed, lang: command.optsWithGlobals<AppOptions>().lang });
        const { printRecording } = await import('../recordings/print-recording.ts');
        await around.print(printRecording(recording));
      });
  },
};

function parseSpeed(text = '1'): number {
  const speed = /^\d{1,4}(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (speed >= 0.1 && speed <= 1000) return speed;
  throw new CommandError('wrong-use', '--speed must be a number from 0.1 to 1000');
}
