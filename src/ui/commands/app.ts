// `dsc` alone: opens the terminal app.
import { InvalidArgumentError, Option, type Command } from 'commander';
import { CommandError } from '../command-error.ts';
import type { AppOptions, Surroundings } from '../surroundings.ts';
import { LANGUAGES, type Language } from '../../host/text/language.ts';
import { languageOf } from '../text/language.ts';

/** Defines what the program does without a command. `left` gets the app's exit status. */
export function defineApp(program: Command, around: Surroundings, left: (status: number) => void): void {
  program
    .addOption(
      new Option('--lang <language>', "language of the app's texts (default: that of the locale)")
        .choices(LANGUAGES)
        .argParser(namedLanguage),
    )
    .option('--card <name>', 'the card to operate (default: the demo card, made at the first start)')
    .option('--record <file>', 'record what happens to the card, for "dsc replay"')
    .option('--record-secrets', 'with PIN, key and responses in the recording')
    .addHelpText(
      'after',
      `
Without a command it opens the app: a card to operate and a login to answer.

Exit status: 0 done, 1 refused or failed, 2 wrong use.
Environment:
  DSC_HOME                   the data folder
  DSC_PIN                    the PIN, for "dsc respond" and "dsc host device"
  DSC_PASSWORD               a new password, for "dsc host user"
  DSC_DATABASE               the host's database, also as a URL with a password
  DSC_HOST_KEYS              the host's key ring itself
  LC_ALL, LC_MESSAGES, LANG  the language of the app
  INK_SCREEN_READER=true     lets the app speak to a screen reader

Example:
  $ dsc --lang en`,
    )
    .action(async (options: AppOptions) => {
      const { checkRecordOptions } = await import('../recordings/recording-file.ts');
      checkRecordOptions(options);
      if (!around.isTerminal('stdin') || !around.isTerminal('stdout')) {
        throw new CommandError(
          'wrong-use',
          'the app needs a terminal for its input and output; run it in one, or use a command, see "dsc --help"',
        );
      }
      if (around.env['TERM'] === 'dumb') {
        throw new CommandError(
          'wrong-use',
          'the app cannot draw on this terminal (TERM is dumb); run it in another one, or use "dsc respond"',
        );
      }
      left(await around.openApp(options));
    });
}

/** What is written as a tag or as a locale's name means the same language: zh-hant, zh_TW. */
function namedLanguage(tag: string): Language {
  const language = languageOf(tag);
  if (language) return language;
  throw new InvalidArgumentError(`Use ${LANGUAGES.join(', ')}`);
}
