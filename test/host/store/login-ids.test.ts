import { DatabaseSync } from 'node:sqlite';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { login, people, right, SILENT, UNLIMITED, VAULT } from './stores.ts';

test('who reads the database finds no id to answer a login under way with', async () => {
  const database = join(temporaryFolder(), 'host.db');
  const store = await openSqlStore({ database, vault: VAULT, migrate: true });
  onTestFinished(() => store.close());
  await people(store, 'ann');
  const open = login('ann', 'ANN');
  await store.openLogin(open, UNLIMITED, SILENT);
  expect(await store.login(open.id)).toEqual(open);

  const read = new DatabaseSync(database, { readOnly: true });
  onTestFinished(() => read.close());
  const rows = read.prepare('SELECT * FROM logins').all();
  expect(rows).toMatchObject([{ challenge: open.challenge }]);
  const bytes = Buffer.from(open.id, 'base64url');
  for (const file of [database, `${database}-wal`]) {
    const kept = readFileSync(file);
    expect([kept.includes(bytes), kept.includes(open.id), kept.includes(bytes.toString('hex'))]).toEqual([
      false,
      false,
      false,
    ]);
  }
  // What stands there opens nothing either.
  const stored = Buffer.from(rows[0]?.['id'] as Uint8Array).toString('base64url');
  expect(await store.login(stored as typeof open.id)).toBeUndefined();
  expect(await store.finish(open.id, right(), SILENT)).toMatchObject({ outcome: 'finished' });
});
