// One PostgreSQL for a whole run of the tests, started when the first test asks for it.
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startPostgres, type Postgres } from './start-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A port of this machine that tells each who connects the address of the run's PostgreSQL. */
    readonly postgresDesk: number;
  }
}

/** Opens the desk where tests ask for the database. @returns What stops it all after the run. */
export default async function postgresOfTheRun(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<Postgres> | undefined;
  // No test waits for a disk: that files outlast a power cut is PostgreSQL's promise, not this project's.
  const start = () => startPostgres('fsync=off', 'max_connections=300');
  const desk = createServer((asking) => {
    asking.on('error', () => asking.destroy());
    postgres ??= start();
    postgres.then(
      ({ url }) => asking.end(JSON.stringify({ url })),
      (error: unknown) => asking.end(JSON.stringify({ trouble: String(error) })),
    );
  });
  desk.listen(0, '127.0.0.1');
  await once(desk, 'listening');
  const address = desk.address();
  if (typeof address !== 'object' || address === null) throw new Error('The desk for databases has no port.');
  project.provide('postgresDesk', address.port);
  return async () => {
    desk.close();
    // One that did not start has been reported to who asked.
    await postgres?.then(
      (started) => started.stop(),
      () => undefined,
    );
  };
}
