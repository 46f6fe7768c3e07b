// A new, empty database on a PostgreSQL server.
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Creates it, under a name that nothing else has, and gives its address as `postgres://…`. */
export async function newDatabase(server: string): Promise<string> {
  const url = new URL(server);
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
