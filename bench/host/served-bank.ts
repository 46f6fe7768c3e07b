// A bank served by the command itself, as it is built.
import { join } from 'node:path';
import type { Bank } from './bank.ts';
import { listeningOnOtherCore, type Listening } from './other-core.ts';

const DSC = join(import.meta.dirname, '../../dist/dsc.js');

/** `dsc host serve` on the other core; it logs to a file, a line for each request, as by default. @param more - further options. */
export function serveBank(
  { database, keys }: Pick<Bank, 'database' | 'keys'>,
  folder: string,
  more: readonly string[] = [],
): Promise<Listening> {
  return listeningOnOtherCore([DSC, 'host', 'serve', '--port', '0', '--keys', keys, ...more], {
    log: join(folder, 'host.log'),
    // A database's address has a password in it, which is not given as an argument.
    env: { DSC_HOME: folder, DSC_DATABASE: database },
  });
}
