// `dsc host serve` for the commands in documents: on a free port, in the data folder of one test.
import { once } from 'node:events';
import { environment, start } from './command-run.ts';

/** Starts a host, which ends with the test. @returns Its address. */
export async function runningHost(home: string): Promise<string> {
  const { child, ended } = start(['host', 'serve', '--port', '0'], { env: environment(home) });
  const [address] = await Promise.race([
    once(child.stdout ?? child, 'data') as Promise<[string]>,
    ended.then(({ stderr }) => {
      throw new Error(`the host ended: ${stderr}`);
    }),
  ]);
  return address.trim();
}
