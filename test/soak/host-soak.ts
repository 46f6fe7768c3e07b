// Hosts that are killed under load, on both databases by turns, for as long as one likes: npm run soak -- --host --minutes N
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { newDatabase } from '../host/new-database.ts';
import { startPostgres } from '../host/start-postgres.ts';
import { killRounds } from '../host/store/kill-rounds.ts';

/** Kills on one database; then a new one, so that no device runs out of challenges. */
const KILLS = 20;

/** Kills hosts for so many minutes. @returns What happened, by database. @throws at the first violation. */
export async function soakHost(minutes: number): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'dsc-soak-'));
  // PostgreSQL itself is not killed: that its files outlast a power cut is its own promise.
  const postgres = await startPostgres('fsync=off');
  const makers = {
    SQLite: async () => join(folder, `${randomUUID()}.sqlite`),
    PostgreSQL: () => newDatabase(postgres.url),
  };
  const counts: Record<string, number> = {};
  const end = performance.now() + minutes * 60_000;
  try {
    while (performance.now() < end) {
      for (const [kind, make] of Object.entries(makers)) {
        const { round, verify, tally } = await killRounds(await make());
        while (tally.kills < KILLS && performance.now() < end) await round();
        await verify();
        for (const [what, count] of Object.entries(tally)) {
          const name = `${kind}, ${what}`;
          counts[name] = (counts[name] ?? 0) + count;
        }
      }
    }
    return counts;
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
