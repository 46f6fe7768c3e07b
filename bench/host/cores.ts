// Where a program of the benchmark runs, beside the load on core 0.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

export type Cores = 'the other' | 'all';

const NUMBERS: Readonly<Record<Cores, string>> = { 'the other': '1', all: `0-${cpus().length - 1}` };

/** Whether this system can pin a process to a core, and has another one. */
const canPin = spawnSync('taskset', ['-c', NUMBERS['the other'], 'true']).status === 0;

/** The command that runs a program of Node there. taskset becomes the program, so it is the same process. */
export const nodeOn = (cores: Cores, args: readonly string[]): readonly [string, ...string[]] =>
  canPin ? ['taskset', '-c', NUMBERS[cores], process.execPath, ...args] : [process.execPath, ...args];
