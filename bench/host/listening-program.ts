// Programs of the benchmark that are measured at work: the load comes from here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { nodeOn, type Cores } from './cores.ts';

/** A program that said where it listens. */
export interface Listening {
  readonly port: number;
  readonly pid: number;
  /** Ends it as an operator would, with SIGTERM. */
  stop(): Promise<void>;
}

/**
 * Starts a Node program that prints its address first, `http://127.0.0.1:8080`.
 *
 * @param log - the file that its standard error goes to.
 */
export async function listeningProgram(
  program: readonly string[],
  { log, env = {}, cores }: { readonly log: string; readonly env?: NodeJS.ProcessEnv; readonly cores: Cores },
): Promise<Listening> {
  const [command, ...args] = nodeOn(cores, program);
  const errors = openSync(log, 'a');
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', errors] });
  closeSync(errors);
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout as Readable });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    ended.then(() => {
      throw new Error(`${program.join(' ')} ended before it listened; see ${log}`);
    }),
  ])) as [string];
  return {
    port: Number(new URL(line).port),
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
