// `dsc host rekey`: all sealed secrets under the active master key, while hosts run.
import type { RekeyProgress } from '../../../host/sealing/rekey.ts';
import { CommandError } from '../../command-error.ts';
import type { HostPlace } from '../../host/open-host.ts';
import { systemHostClock } from '../../system-clock.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';

/** Secrets that an error names. */
const MOST_NAMED = 5;

export const rekey: CommandDefinition = {
  name: 'rekey',
  summary: 'seal all secrets anew under the active master key, while hosts run',
  define(command, around) {
    hostOptions(command)
      .addHelpText(
        'after',
        `
Safe beside hosts that run, and to be broken off and run again. Every host must have the
active key in its ring by then.

Example:
  $ dsc host key new && dsc host rekey`,
      )
      .action(async (options: HostPlace) => {
        await atHost(around, options, async ({ store, vault, by }) => {
          const { rekey: resealAll } = await import('../../../host/sealing/rekey.ts');
          let told = Promise.resolve();
          const report = ({ resealed }: RekeyProgress): void => {
            if (around.isTerminal('stderr')) told = told.then(() => around.complain(`${resealed} …\r`));
          };
          const parts = { store, vault, clock: systemHostClock };
          const { resealed, unopened } = await resealAll(parts, { by, report });
          await told;
          const id = vault.activeKey('seal').id;
          const counted = resealed === 1 ? '1 secret was' : `${resealed} secrets were`;
          await around.print(`${counted} sealed anew, under master key ${id}\n`);
          if (unopened.length === 0) return;
          const named = unopened.slice(0, MOST_NAMED).map(({ user, serial }) => `${serial} of ${user}`);
          const others = unopened.length > MOST_NAMED ? `, and ${unopened.length - MOST_NAMED} more` : '';
          throw new CommandError(
            'unopened-secrets',
            `${unopened.length} secrets do not open and stay as they are: ${named.join(', ')}${others}; add the key they are under, or enrol the devices anew`,
          );
        });
      });
  },
};
