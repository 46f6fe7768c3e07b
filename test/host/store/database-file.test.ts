// A database's file that is removed, moved or replaced while a host has it open.
import { copyFileSync, existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LostFileError, placeOfFile } from '../../../src/host/store/database-file.ts';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import { isUnavailable } from '../../../src/host/store/unavailable.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { SILENT, user, VAULT } from './stores.ts';

/** A file with a place, and a time that stands still. */
function placed() {
  const path = join(temporaryFolder(), 'host.db');
  writeFileSync(path, 'one');
  const time = { now: 0 };
  const heard: (string | undefined)[] = [];
  const place = placeOfFile(path, { now: () => time.now, heard: (lost) => heard.push(lost?.code) });
  return { path, time, heard, place };
}

test('a file that is gone is lost to a look at once, to a check within a second', () => {
  const { path, place } = placed();
  rmSync(path);
  place.check();
  expect(() => place.look()).toThrow(LostFileError);
  expect(() => place.check()).toThrow(/no longer there.*put that one back, or stop the host/);

  const other = placed();
  rmSync(other.path);
  other.time.now = 999;
  other.place.check();
  other.time.now = 1000;
  expect(() => other.place.check()).toThrow(LostFileError);
});

test('another file of the same content is not the one that is open', () => {
  const { path, place } = placed();
  copyFileSync(path, `${path}.copy`);
  renameSync(`${path}.copy`, path);
  expect(() => place.look()).toThrow(/is another file now/);
});

test('who listens hears once that it is lost, and once that it is back', () => {
  const { path, time, heard, place } = placed();
  renameSync(path, `${path}.away`);
  for (const now of [1000, 1500, 2000, 3000]) {
    time.now = now;
    expect(() => place.check()).toThrow(LostFileError);
  }
  expect(heard).toEqual(['lost-file']);
  renameSync(`${path}.away`, path);
  expect(() => place.check()).toThrow(LostFileError);
  time.now = 4000;
  place.check();
  place.look();
  expect(heard).toEqual(['lost-file', undefined]);
});

/** A store on a file of its own, and what its log would hear. */
async function opened(more: { mayVanish?: boolean } = {}) {
  const database = join(temporaryFolder(), 'host.db');
  const heard: (string | undefined)[] = [];
  const onLostFile = (lost?: Error) => void heard.push(lost?.message);
  const store = await openSqlStore({ database, vault: VAULT, migrate: true, onLostFile, ...more });
  onTestFinished(() => store.close());
  await store.addUser(user('ann'), SILENT);
  return { database, store, heard };
}

test('a store whose file was removed answers nothing: no ping, no read, no write, and makes no new file', async () => {
  const { database, store, heard } = await opened();
  rmSync(database);
  for (const asked of [
    () => store.ping(),
    () => store.user('ann'),
    () => store.addUser(user('bob'), SILENT),
  ]) {
    const error: unknown = await asked().catch((reason: unknown) => reason);
    expect([error, isUnavailable(error)]).toEqual([expect.any(LostFileError), true]);
  }
  expect(heard).toEqual([expect.stringContaining(database)]);
  expect(existsSync(database)).toBe(false);
});

test('a store whose file comes back answers again, and has what it had', async () => {
  const { database, store } = await opened();
  renameSync(database, `${database}.away`);
  await expect(store.ping()).rejects.toThrow(LostFileError);
  renameSync(`${database}.away`, database);
  await store.ping();
  expect(await store.user('ann')).toMatchObject({ name: 'ann' });
  await store.addUser(user('bob'), SILENT);
});

test('a store whose file was replaced leaves the new one alone, also when it is closed', async () => {
  const { database, store } = await opened();
  writeFileSync(`${database}.new`, 'a backup');
  renameSync(`${database}.new`, database);
  await expect(store.ping()).rejects.toThrow(/another file/);
  await store.close();
  expect(statSync(database).size).toBe('a backup'.length);
});

test('a store whose file may vanish keeps what it has', async () => {
  const { database, store, heard } = await opened({ mayVanish: true });
  await store.ping();
  rmSync(database);
  await store.ping();
  await store.addUser(user('bob'), SILENT);
  expect(await store.user('bob')).toMatchObject({ name: 'bob' });
  expect(heard).toEqual([]);
});
