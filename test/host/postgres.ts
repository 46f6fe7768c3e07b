// A new, empty PostgreSQL database for a test, in the one server of the run.
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import { newDatabase } from './new-database.ts';

/**
 * Creates a database that no other test knows. It goes with the server, at the end of the run.
 * @returns Its address, `postgres://…`, with a name and a password that may do anything there.
 * @throws Error with the server's log when there is no PostgreSQL to be had.
 */
export async function freshDatabase(): Promise<string> {
  server ??= serverOfTheRun();
  return newDatabase(await server);
}

let server: Promise<string> | undefined;

async function serverOfTheRun(): Promise<string> {
  const answer: { url?: string; trouble?: string } = JSON.parse(
    await text(connect(inject('postgresDesk'), '127.0.0.1')),
  );
  if (answer.url === undefined) throw new Error(answer.trouble ?? 'The desk for databases gave no answer.');
  return answer.url;
}
