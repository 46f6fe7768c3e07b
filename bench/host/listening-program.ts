// Programs of the benchmark that run on the other core, or on all: what is measured there, the load comes from here.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A program that said where it listens. */
export interface Listening {
  readonly port: number;
  readonly pid: number;
  /** Ends it as an operator would, with SIGTERM. */
  stop(): Promise<void>;
}

/** Where a program may run, beside the load on core 0. */
export type Cores = 'the other' | 'all';

const CORES: Readonly<Record<Cores, string>> = { 'the other': '1', all: `0-${cpus().length - 1}` };

/** Whether this system can pin a process to a core, and has another one. */
const canPin = spawnSync('taskset', ['-c', CORES['the other'], 'true']).status === 0;

/**
 * Starts a Node program that prints its address first, `http://127.0.0.1:8080`.
 *
 * @param log - the file that its standard error goes to.
 */
export async function listeningProgram(
  program: readonly string[],
  { log, env = {}, cores }: { readonly log: string; readonly env?: NodeJS.ProcessEnv; readonly cores: Cores },
): Promise<Listening> {
  const [command = '', ...args] = [
    ...(canPin ? ['taskset', '-c', CORES[cores]] : []),
    process.execPath,
    ...program,
  ];
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
    // taskset becomes the program, so it is the same process.
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
