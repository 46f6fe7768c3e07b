// What a shell may complete a word of the command line to.
import type { Command, Option } from 'commander';

/** One way to complete a word. */
export interface Candidate {
  readonly value: string;
  /** What it means, in one line; may be empty. */
  readonly description: string;
}

/** What an option or an argument can be completed to, by its name. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** Where in the grammar of the command the word to complete stands. */
interface Place {
  readonly command: Command;
  /** Operands of the command before it. */
  readonly operands: number;
  /** The option whose value it is. */
  readonly option: Option | undefined;
  readonly afterDoubleDash: boolean;
}

/**
 * Finds the candidates for the last word.
 *
 * @param words - the words after the program's name. The shell may split `--card=work` at the `=`, as bash does.
 * @param names - what is offered for an option and an argument of a name, such as `--card` and `<card>`.
 */
export function candidates(program: Command, words: readonly string[], names: Names): Candidate[] {
  const last = words.at(-1) ?? '';
  const word = last === '=' ? '' : last;
  const place = placeAfter(program, words.slice(0, -1));
  return offers(place, word, names).filter(({ value }) => value.startsWith(word));
}

function placeAfter(program: Command, words: readonly string[]): Place {
  let command = program;
  let operands = 0;
  let option: Option | undefined;
  let afterDoubleDash = false;
  for (const word of words.filter((each) => each !== '=')) {
    const subcommand = operands === 0 ? command.commands.find((each) => each.name() === word) : undefined;
    if (option) option = undefined;
    else if (word === '--') afterDoubleDash = true;
    else if (word.startsWith('-') && !afterDoubleDash) option = optionWithValue(command, word);
    else if (subcommand) command = subcommand;
    else operands++;
  }
  return { command, operands, option, afterDoubleDash };
}

function offers(place: Place, word: string, names: Names): Candidate[] {
  const { command, operands, option, afterDoubleDash } = place;
  if (option) return valuesOf(option, option.attributeName(), names);
  if (word.startsWith('-') && !afterDoubleDash) {
    const [flag = '', value] = word.split('=', 2);
    return value === undefined ? optionsOf(command) : valuesAfterFlag(command, flag, names);
  }
  const argument = command.registeredArguments[operands];
  const values = argument ? valuesOf(argument, argument.name(), names) : [];
  return operands === 0 ? [...subcommandsOf(command), ...values] : values;
}

/** The option a flag names, if a value of it follows as a word of its own. */
function optionWithValue(command: Command, flag: string): Option | undefined {
  return command.options.find((each) => each.long === flag && !each.isBoolean());
}

function valuesAfterFlag(command: Command, flag: string, names: Names): Candidate[] {
  const option = optionWithValue(command, flag);
  const values = option ? valuesOf(option, option.attributeName(), names) : [];
  return values.map(({ value, description }) => ({ value: `${flag}=${value}`, description }));
}

function valuesOf(
  { argChoices }: { readonly argChoices?: readonly string[] },
  name: string,
  names: Names,
): Candidate[] {
  const values = argChoices ?? names[name] ?? [];
  return values.map((value) => ({ value, description: '' }));
}

function optionsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, description }) => ({ value: long ?? '', description }));
}

function subcommandsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((each) => ({ value: each.name(), description: each.description() }));
}
