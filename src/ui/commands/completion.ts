// `dsc completion`: lets a shell complete commands, options and card names.
import { Argument } from 'commander';
import type { CommandDefinition } from './definition.ts';

export const completion: CommandDefinition = {
  name: 'completion',
  summary: 'print a script that lets the shell complete what you type',
  define(command, around) {
    command
      .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
      .addHelpText(
        'after',
        `
Example, for the start-up file of each shell:
  source <(dsc completion bash)
  source <(dsc completion zsh)
  dsc completion fish | source`,
      )
      .action(async (shell: 'bash' | 'zsh' | 'fish') => {
        const { SCRIPTS } = await import('../completion/scripts.ts');
        await around.print(SCRIPTS[shell]);
      });
  },
};
