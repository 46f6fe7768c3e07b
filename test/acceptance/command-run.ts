// The built `dsc` as a process of its own, in an environment of its own.
import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

export { temporaryFolder };

/** The built command. */
export const DSC = join(import.meta.dirname, '../../dist/dsc.js');

if (!existsSync(DSC)) throw new Error(`${DSC} is missing; build it with "npm run build"`);

/** How a process ended. */
export interface Ending {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a user who has nothing yet: home, cache and cards are in the folder. */
export function environment(home: string): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: home, DSC_HOME: join(home, 'data') };
}

/** Runs the command to its end. */
export function dsc(
  args: readonly string[],
  options: { home?: string; input?: string | Uint8Array; env?: Record<string, string>; node?: string[] } = {},
): Ending {
  const { home = temporaryFolder(), input = '', env = {}, node = [] } = options;
  return spawnSync(process.execPath, [...node, DSC, ...args], {
    env: { ...environment(home), ...env },
    input,
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 1e9,
  });
}

/** Starts the command; the promise resolves when it has ended. */
export function start(args: readonly string[], options: SpawnOptions & { node?: string[] } = {}) {
  const { node = [], ...others } = options;
  const child = spawn(process.execPath, [...node, DSC, ...args], others);
  onTestFinished(() => void child.kill('SIGKILL'));
  const left = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (left.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (left.stderr += text));
  const ended = new Promise<Ending & { signal: NodeJS.Signals | null }>((resolve) => {
    child.on('close', (status, signal) => resolve({ status, signal, ...left }));
  });
  return { child, ended };
}
