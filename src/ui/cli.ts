// The `dsc` command: dispatches to one of its commands, and turns every way to fail into one line and an exit status.
import { inspect } from 'node:util';
import { Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { CommandError } from './command-error.ts';
import { defineApp } from './commands/app.ts';
import { card } from './commands/card.ts';
import { complete } from './commands/complete.ts';
import { completion } from './commands/completion.ts';
import type { CommandDefinition, LateDefinition } from './commands/definition.ts';
import { demo } from './commands/demo.ts';
import { host } from './commands/host.ts';
import { ocra } from './commands/ocra.ts';
import { replay } from './commands/replay.ts';
import { respond } from './commands/respond.ts';
import { oneLine } from './one-line.ts';
import type { Surroundings } from './surroundings.ts';
import { hasCode } from './system-error.ts';
import { refuseExcess, refuseStray, usageError } from './usage-error.ts';

export { processSurroundings } from './surroundings.ts';

/** Errors whose message is written for the person at the command. All others are faults of the program. */
const REFUSALS = new Set(['CommandError', 'OcraError', 'CardError', 'HostError', 'ServerError']);

const COMMANDS: readonly (CommandDefinition | LateDefinition)[] = [
  card,
  respond,
  replay,
  ocra,
  host,
  demo,
  completion,
];

/** What the commands and their parser leave behind for the end. */
interface Outcome {
  status: number;
  debug: boolean;
  help: string;
  usageErrors: string;
}

/**
 * Runs the command once.
 *
 * @param args - the arguments after the program's name.
 * @returns The exit status: 0 done, 1 refused or failed, 2 wrong use.
 */
export async function runCli(args: readonly string[], around: Surroundings): Promise<number> {
  const outcome: Outcome = { status: 0, debug: false, help: '', usageErrors: '' };
  try {
    await parse(createProgram(around, outcome), args);
    if (outcome.help) await around.print(outcome.help);
    return outcome.status;
  } catch (error) {
    // Whoever read the output has seen enough, as `head` does: that is no failure.
    if (hasCode(error, 'EPIPE')) return outcome.status;
    const stack = outcome.debug ? `${inspect(error)}\n` : '';
    const isUsage = error instanceof CommanderError;
    // The parser's own message repeats arguments.
    const message = isUsage ? outcome.usageErrors : `error: ${explain(error)}\n${stack}`;
    // Where not even the message can be written, the exit status must do.
    await around.complain(message).catch(() => undefined);
    if (isUsage) return 2;
    return error instanceof CommandError ? error.exitStatus : 1;
  }
}

function createProgram(around: Surroundings, outcome: Outcome): Command {
  const program = new Command('dsc')
    .description('A Digital Security Card+ in software: answers login challenges as the card does.')
    .version(packageJson.version)
    .enablePositionalOptions()
    // Each command refuses them by itself: the parser's message would list them.
    .allowExcessArguments()
    .hook('preAction', (_, command) => {
      refuseExcess(command);
      refuseStray(program, command);
    })
    .exitOverride()
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => (outcome.help += text),
      writeErr: (text) => (outcome.usageErrors += text),
    });
  defineApp(program, around, (status) => (outcome.status = status));
  finish(program, outcome);

  const defined = new Map<Command, () => Promise<void>>();
  for (const { name, summary, define } of COMMANDS) {
    const command = program.command(name).description(summary);
    defined.set(command, async () => {
      await define(command, around);
      finish(command, outcome);
    });
  }
  complete(program, around, async () => {
    for (const define of defined.values()) await define();
  });
  program.hook('preSubcommand', (_, command) => defined.get(command)?.());
  return program;
}

/** Gives a command, and those it groups, what all have in common. */
function finish(command: Command, outcome: Outcome): void {
  command.configureOutput({
    ...command.configureOutput(),
    outputError: (text, write) => write(usageError(command, text)),
  });
  const debug = new Option('--debug', 'show where in the program an error comes from');
  command.addOption(debug.hideHelp(command.parent !== null));
  command.on('option:debug', () => (outcome.debug = true));
  for (const each of command.commands) finish(each, outcome);
}

/** Lets commander act on the arguments. It throws even for `--help`, which is no error. */
async function parse(program: Command, args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error));
  if (REFUSALS.has(error.name)) return oneLine(error.message);
  return `${oneLine(`${error.name}: ${error.message}`)}; this is a fault in dsc, please report it with what --debug adds`;
}
