import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LoginId } from '../../../src/host/login-id.ts';
import { openSqlite } from '../../../src/host/store/node-sqlite.ts';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { freshDatabase } from '../postgres.ts';
import { people, right, SILENT, VAULT } from './stores.ts';

/** As often as fits, in milliseconds, and at least so often, however slow the machine. */
const FOR = 8000;
const LEAST = 5;
const NAMES = Array.from({ length: 16 }, (_, index) => `user-${index}`);

/** Lets a host answer until it is killed, at a random moment; gives the lines it wrote. */
async function killed(database: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'endless-host.ts'), database, ...NAMES], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  let trouble = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (trouble += text));
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on('line', (line) => lines.push(line));
  await Promise.race([once(reader, 'line'), ended]);
  await setTimeout(Math.random() * 300);
  child.kill('SIGKILL');
  await ended;
  expect(trouble).toBe('');
  return lines;
}

describe.each([
  ['SQLite', async () => join(temporaryFolder(), 'host.db')],
  ['PostgreSQL', freshDatabase],
] as const)('a host on %s that is killed at random moments', (kind, make) => {
  test('forgets no accepted answer, and loses no count', { timeout: 60_000 }, async () => {
    const database = await make();
    const open = (migrate: boolean) => openSqlStore({ database, vault: VAULT, migrate });
    const first = await open(true);
    await people(first, ...NAMES);
    await first.close();

    let kills = 0;
    let accepted = 0;
    const wrong = new Map<string, number>();
    const end = performance.now() + FOR;
    while (kills < LEAST || performance.now() < end) {
      const lines = (await killed(database)).map((line) => line.split(' '));
      kills += 1;
      const store = await open(false);
      for (const [what, one = '', other = ''] of lines) {
        if (what === 'right') {
          accepted += 1;
          const id = one as LoginId;
          expect(await store.login(id)).toMatchObject({ finished: true });
          const again = right({ at: Date.now() });
          expect(await store.finish(id, again, SILENT)).toEqual({ outcome: 'login-ended' });
          expect(await store.session(other)).toBeDefined();
        } else {
          wrong.set(one, Number(other));
        }
      }
      for (const [serial, count] of wrong) {
        const { wrongInARow } = (await store.device(serial))!;
        // One more of each may have been counted, and not said.
        expect([count, count + 1]).toContain(wrongInARow);
      }
      await store.close();
      if (kind === 'SQLite') {
        const opened = openSqlite(database);
        const { rows } = await sql`PRAGMA integrity_check`.execute(opened.reads);
        expect(rows).toEqual([{ integrity_check: 'ok' }]);
        await opened.close();
      }
    }
    expect(accepted).toBeGreaterThan(0);
    expect(wrong.size).toBeGreaterThan(0);
  });
});
