import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { freshDatabase } from '../postgres.ts';
import { killRounds } from './kill-rounds.ts';

/** As often as fits, in milliseconds, and at least so often, however slow the machine. */
const FOR = 8000;
const LEAST = 5;

describe.each([
  ['SQLite', async () => join(temporaryFolder(), 'host.db')],
  ['PostgreSQL', freshDatabase],
] as const)('a host on %s that is killed at random moments', (_, make) => {
  test(
    'forgets no accepted answer, loses no count, and leaves a trail without a fault',
    { timeout: 60_000 },
    async () => {
      const { round, verify, tally } = await killRounds(await make());
      const end = performance.now() + FOR;
      while (tally.kills < LEAST || performance.now() < end) await round();
      await verify();
      expect(tally.accepted).toBeGreaterThan(0);
      expect(tally.wrong).toBeGreaterThan(0);
    },
  );
});
