import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { NOW, people, session, SILENT, VAULT } from './stores.ts';

test('what could not be forgotten is, at the next try', async () => {
  const database = join(temporaryFolder(), 'host.db');
  const store = await openSqlStore({ database, vault: VAULT, migrate: true });
  onTestFinished(() => store.close());
  await people(store, 'ann');
  const old = session('ann', { openedAt: NOW - 2, expiresAt: NOW - 1 });
  await store.openSession(old, SILENT);
  const other = new DatabaseSync(database);
  onTestFinished(() => other.close());
  other.exec("CREATE TRIGGER stuck BEFORE DELETE ON sessions BEGIN SELECT RAISE(FAIL, 'planted'); END");
  await expect(store.forget(NOW)).rejects.toThrow('planted');
  other.exec('DROP TRIGGER stuck');
  await store.forget(NOW);
  expect(await store.session(old.tokenHash)).toBeUndefined();
});
