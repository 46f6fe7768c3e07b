// The shape of a command.
import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';

/** One command of `dsc`, or of a group such as `dsc card`. */
export interface CommandDefinition {
  readonly name: string;
  /** What it does, for lists of commands. */
  readonly summary: string;
  /** Gives it its arguments, options, help and action. Called only when it is used: the start is that much shorter. */
  readonly define: (command: Command, around: Surroundings) => void;
}

/** A command, or a group of them, whose definition is loaded only when it is used. */
export interface LateDefinition extends Omit<CommandDefinition, 'define'> {
  readonly define: (command: Command, around: Surroundings) => Promise<void>;
}
