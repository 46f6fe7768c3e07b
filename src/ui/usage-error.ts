// What is said of arguments that make no sense. A PIN or a key may be among them, so nothing that could be one is repeated.
import type { Command } from 'commander';

/** What may be a slip in the name of a command or an option; a value may be joined to it. */
const NAME = /^-{0,2}[a-z][a-z-]{0,19}(?=$|=)/;

/** Refuses operands that are more than the command takes. */
export function refuseExcess(command: Command): void {
  const { args, commands, registeredArguments } = command;
  const most = registeredArguments.length;
  if (registeredArguments.at(-1)?.variadic) return;
  const [excess] = args.slice(most);
  if (excess === undefined) return;
  command.error(
    commands.length > 0
      ? `error: unknown command${quotedName(excess)}`
      : `error: too many arguments (expected ${most}, got ${args.length})`,
  );
}

/** Options before a command that would be without effect, and be missed: `--lang` speaks to the app whenever it is opened. */
const MISSED = new Set(['card', 'record', 'recordSecrets']);

/** Refuses options of the program that the command does not have. */
export function refuseStray(program: Command, command: Command): void {
  if (command === program) return;
  const isGiven = (name: string): boolean => program.getOptionValue(name) !== undefined;
  const takes = (name: string): boolean => command.options.some((each) => each.attributeName() === name);
  const stray = program.options.find((each) => {
    const name = each.attributeName();
    return MISSED.has(name) && isGiven(name) && !takes(name);
  });
  if (stray) command.error(`error: option '${stray.long}' does not go with this command`);
}

/** Makes one line of what the parser says of a command's arguments, and tells where to read on. */
export function usageError(command: Command, text: string): string {
  const path: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) path.unshift(at.name());
  const message = text
    .trim()
    .replace(/\.$/, '')
    .replace(/(?<=^error: unknown option) '([^]*)'/, (_, option: string) => quotedName(option))
    .replace(/(?<=argument|value) '[^]*'(?= is invalid)/, '')
    .replaceAll('\n', ' ');
  return `${message}; see "${path.join(' ')} --help"\n`;
}

function quotedName(argument: string): string {
  const [name] = NAME.exec(argument) ?? [];
  return name === undefined ? '' : ` '${name}'`;
}
