import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { freshDatabase } from './postgres.ts';

async function ask(url: string, statement: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(statement);
    return rows.map(({ answer }) => answer);
  } finally {
    await client.end();
  }
}

const TABLES = `SELECT table_name AS answer FROM information_schema.tables WHERE table_schema = 'public'`;

test('each database is a new one, in a PostgreSQL of version 16 or newer', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
  await ask(one, 'CREATE TABLE mark (id BIGINT PRIMARY KEY)');
  expect(await ask(one, TABLES)).toEqual(['mark']);
  expect(await ask(other, TABLES)).toEqual([]);
  const [version] = await ask(one, `SELECT current_setting('server_version_num')::int AS answer`);
  expect(version).toBeGreaterThanOrEqual(160_000);
});

test('a database for tests goes with the tests, also when they are killed', { timeout: 30_000 }, async () => {
  const starter = `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'start-postgres.ts'))};
    console.log((await startPostgres()).url);`;
  const tests = spawn(process.execPath, ['--input-type=module', '--eval', starter], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void tests.kill('SIGKILL'));
  const [url] = (await once(createInterface(tests.stdout), 'line')) as [string];
  const [folder] = (await ask(url, `SELECT current_setting('data_directory') AS answer`)) as [string];
  expect(existsSync(folder)).toBe(true);
  tests.kill('SIGKILL');
  await expect.poll(() => existsSync(folder), { timeout: 20_000 }).toBe(false);
  await expect(ask(url, 'SELECT 1 AS answer')).rejects.toThrow('ECONNREFUSED');
});
