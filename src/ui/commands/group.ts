// Commands that only group others.
import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import type { CommandDefinition } from './definition.ts';

/** Defines a group of commands, which does nothing by itself. */
export function defineGroup(
  group: Command,
  definitions: readonly CommandDefinition[],
  around: Surroundings,
): void {
  for (const { name, summary, define } of definitions) {
    define(group.command(name).description(summary), around);
  }
  group.action(() => {
    group.error(`error: say what to do: ${definitions.map(({ name }) => name).join(', ')}`);
  });
}
