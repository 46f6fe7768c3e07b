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

/** Makes one line of what the parser says of a command's arguments, and tells where to read on. */
export function usageError(command: Command, text: string): string {
  const path: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) path.unshift(at.name());
  const message = text
    .trim()
    .replace(/(?<=^error: unknown option) '([^]*)'/, (_, option: string) => quotedName(option))
    .replace(/(?<=argument|value) '[^]*'(?= is invalid)/, '')
    .replaceAll('\n', ' ');
  return `${message}; see "${path.join(' ')} --help"\n`;
}

function quotedName(argument: string): string {
  const [name] = NAME.exec(argument) ?? [];
  return name === undefined ? '' : ` '${name}'`;
}
