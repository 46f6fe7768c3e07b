// A bank served by the command itself, as it is built.
import { join } from 'node:path';
import type { Bank } from './bank.ts';
import type { Cores } from './cores.ts';
import { listeningProgram, type Listening } from './listening-program.ts';

const DSC = join(import.meta.dirname, '../../dist/dsc.js');

/** `dsc host serve`; it logs to a file, a line for each request, as by default. */
export function serveBank(
  { database, keys }: Pick<Bank, 'database' | 'keys'>,
  folder: string,
  { cores = 'the other', more = [] }: { readonly cores?: Cores; readonly more?: readonly string[] } = {},
): Promise<Listening> {
  return listeningProgram([DSC, 'host', 'serve', '--port', '0', '--keys', keys, ...more], {
    cores,
    log: join(folder, 'host.log'),
    // A database's address has a password in it, which is not given as an argument.
    env: { DSC_HOME: folder, DSC_DATABASE: database },
  });
}
