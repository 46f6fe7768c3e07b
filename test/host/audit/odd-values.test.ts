// A trail in which somebody wrote what no host writes is told of, and still read.
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verifyTrail } from '../../../src/host/audit/verify.ts';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { NOW, people, SILENT, user, VAULT } from '../store/stores.ts';

test.each([
  ['a place beyond all numbers', 'SET place = 9223372036854775807 WHERE place = 3', 'missing', 3],
  ['a place just too large', 'SET place = 9007199254740993 WHERE place = 3', 'missing', 3],
  ['a text for a place', "SET place = 'third' WHERE place = 3", 'missing', 3],
  ['a text for a time', "SET at = 'soon' WHERE place = 3", 'changed', 3],
  ['a time beyond all numbers', 'SET at = 9223372036854775807 WHERE place = 3', 'changed', 3],
  ['a time after the last one', 'SET at = 8640000000000001 WHERE place = 3', 'changed', 3],
  ['a text for a code', "SET code = 'none' WHERE place = 3", 'changed', 3],
  ['bytes for an event', "SET event = x'00ff' WHERE place = 3", 'changed', 3],
  ['an unknown key', "SET key_id = 'none' WHERE place = 3", 'unknown-master-key', 3],
])('%s', async (_what, change, fault, place) => {
  const database = join(temporaryFolder(), 'host.db');
  const store = await openSqlStore({ database, vault: VAULT, migrate: true });
  onTestFinished(() => store.close());
  await people(store, 'ann');
  const events = ['a', 'b', 'c', 'd'].map(
    (detail) => ({ at: NOW, event: 'user-changed', user: 'ann', detail }) as const,
  );
  await store.tell(events);
  const raw = new DatabaseSync(database);
  raw.exec(`UPDATE audit ${change}`);
  raw.close();

  const { faults } = await verifyTrail(store, VAULT);
  expect(faults).toEqual([expect.objectContaining({ fault, place })]);
  const details = (await store.trail({ limit: 100 })).map(({ at, detail }) => [
    new Date(at).toISOString(),
    detail,
  ]);
  expect(details).toContainEqual([new Date(NOW).toISOString(), 'd']);
  // Another host goes on writing.
  const other = await openSqlStore({ database, vault: VAULT });
  onTestFinished(() => other.close());
  const told = () => [{ at: NOW + 1, event: 'user-added', user: 'bob' } as const];
  await other.addUser(user('bob'), told);
  expect(await other.addUser(user('cat'), SILENT)).toBe(true);
  expect(await store.trail({ limit: 1, user: 'bob' })).toHaveLength(1);
});
