// `dsc demo`: the demo that the app opens with.
import { dataFolder } from '../data-folder.ts';
import type { CommandDefinition } from './definition.ts';
import { defineGroup } from './group.ts';

const demoReset: CommandDefinition = {
  name: 'reset',
  summary: 'bring the demo back to its first state',
  define(command, around) {
    command
      .addHelpText(
        'after',
        `
Removes the demo's card and the demo's database: users, devices and audit trail. The next start of the app makes them
anew. Other cards, and the database of "dsc host", stay as they are.

Example:
  $ dsc demo reset`,
      )
      .action(async () => {
        const { resetDemo } = await import('../terminal/demo-reset.ts');
        await resetDemo(await dataFolder(around.env));
        await around.print('the demo is as it was at first\n');
      });
  },
};

export const demo: CommandDefinition = {
  name: 'demo',
  summary: 'the demo that the app opens with',
  define(command, around) {
    command.addHelpText('after', '\nExample:\n  $ dsc demo reset');
    defineGroup(command, [demoReset], around);
  },
};
