// Starts a PostgreSQL that lives as long as this process, at most.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A running PostgreSQL. */
export interface Postgres {
  /** The address of its first database, with the name and password of its administrator. */
  readonly url: string;
  /** Stops it and removes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL on a free port of this machine, in a temporary folder.
 * @param settings - Settings of the server, such as `fsync=off`.
 * @throws Error with the server's log when it does not start.
 */
export async function startPostgres(...settings: readonly string[]): Promise<Postgres> {
  const flags = settings.flatMap((setting) => ['-c', setting]);
  // Not in this process's group, so that Ctrl-C does not stop it amid a test: it goes when the pipe closes.
  const server = spawn(process.execPath, [join(import.meta.dirname, 'postgres-server.ts'), ...flags], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(server, 'close');
  let trouble = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (trouble += text));
  const [url] = await Promise.race([
    once(createInterface(server.stdout), 'line') as Promise<[string]>,
    ended.then(() => {
      throw new Error(trouble || 'PostgreSQL ended before it was ready, without a word.');
    }),
  ]);
  return {
    url,
    async stop() {
      server.stdin.end();
      await ended;
    },
  };
}
