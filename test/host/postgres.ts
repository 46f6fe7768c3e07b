// A new, empty PostgreSQL database for a test, in the one server of the run.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { inject } from 'vitest';

/**
 * Creates a database that no other test knows. It goes with the server, at the end of the run.
 * @returns Its address, `postgres://…`, with a name and a password that may do anything there.
 * @throws Error with the server's log when there is no PostgreSQL to be had.
 */
export async function freshDatabase(): Promise<string> {
  server ??= serverOfTheRun();
  const url = new URL(await server);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  url.pathname = `/${name}`;
  return url.href;
}

let server: Promise<string> | undefined;

async function serverOfTheRun(): Promise<string> {
  const answer: { url?: string; trouble?: string } = JSON.parse(
    await text(connect(inject('postgresDesk'), '127.0.0.1')),
  );
  if (answer.url === undefined) throw new Error(answer.trouble ?? 'The desk for databases gave no answer.');
  return answer.url;
}
