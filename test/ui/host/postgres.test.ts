import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { blockable } from '../../host/blockable-way.ts';
import { freshDatabase } from '../../host/postgres.ts';
import { withCards } from '../run-command.ts';

// Real passwords are hashed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

describe('a PostgreSQL database', () => {
  test('gets its tables by "migrate", and then serves as a file does', async () => {
    const { home, dsc } = withCards();
    const keys = ['--keys', join(home, 'ring.json')];
    await dsc(['host', 'key', 'new', ...keys]);
    const DSC_DATABASE = await freshDatabase();
    const { password } = new URL(DSC_DATABASE);
    const env = { DSC_DATABASE, DSC_PASSWORD: 'correct horse', DSC_PIN: '4821' };
    const left: string[] = [];
    const host = async (...args: string[]) => {
      const run = await dsc(['host', ...args], { env, endWhen: () => Promise.resolve() });
      left.push(run.stdout, run.stderr);
      return run;
    };

    const early = await host('user', 'list', ...keys);
    expect(early.status).toBe(1);
    expect(early.stderr).toMatch(/^error: [^\n]*dsc host migrate[^\n]*\n$/);
    expect((await host('migrate')).stdout).toMatch(/is of version \d+ now, it was of 0\n$/);
    expect((await host('migrate')).stdout).toMatch(/is of version \d+ already\n$/);
    expect((await host('user', 'add', 'ann', ...keys)).stderr).toBe('');
    await dsc(['card', 'new', 'work', '--serial', 'W-1']);
    expect((await host('device', 'enrol', 'ann', '--card', 'work', ...keys)).stderr).toBe('');
    await host('key', 'new', ...keys);
    expect((await host('rekey', ...keys)).stdout).toMatch(/^1 secret was sealed anew/);
    expect((await host('device', 'list', ...keys)).stdout).toBe('W-1  active  ann\n');
    expect((await host('audit', 'verify', ...keys)).stdout).toMatch(/^6 entries in 3 chains are as they/);
    expect(await host('serve', '--port', '0', ...keys)).toMatchObject({ status: 0 });
    for (const text of left) expect(text).not.toContain(password);
  });

  test('that falls silent does not keep the host from its end', async () => {
    const { home, dsc } = withCards();
    const keys = ['--keys', join(home, 'ring.json')];
    await dsc(['host', 'key', 'new', ...keys]);
    const { url: DSC_DATABASE, block } = await blockable(await freshDatabase());
    await dsc(['host', 'migrate'], { env: { DSC_DATABASE } });
    let asked = Infinity;
    const run = await dsc(['host', 'serve', '--port', '0', ...keys], {
      env: { DSC_DATABASE },
      endWhen: async (url) => {
        const ready = () => fetch(new URL('/readyz', url.trim())).catch(() => undefined);
        await ready();
        await setTimeout(300);
        block(true);
        await Promise.race([ready(), setTimeout(300)]);
        asked = performance.now();
      },
    });
    expect(run.status).toBe(0);
    expect(performance.now() - asked).toBeLessThan(5000);
  });
});
