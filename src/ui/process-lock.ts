// One process at a time for each thing that several may want. The lock is the operating system's, so that it goes when its
// process does.
import { accessSync, chmodSync, constants, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as Sqlite from 'node:sqlite';
import type { HostClock } from '../host/index.ts';
import { folderTrouble } from './cards/folder-trouble.ts';
import { CommandError } from './command-error.ts';
import { isAlive } from './living-process.ts';
import { systemHostClock } from './system-clock.ts';
import { hasCode } from './system-error.ts';
import { makeFolder, readShortFile } from './whole-file.ts';

/** How long to wait for what is in use, in milliseconds. */
const PATIENCE = 5000;

/** Between two attempts, in milliseconds. */
const PAUSE = 50;

/** SQLite's result code for a database that another connection has locked. */
const SQLITE_BUSY = 5;

/** How to wait for what is in use. */
export interface LockOptions {
  /** How long, in milliseconds; 5000 if not said. */
  readonly patience?: number;
  /** What to wait by; the system's clock if not said. */
  readonly clock?: Pick<HostClock, 'sleep'>;
}

/** The locks this process holds. A connection that nobody knew any more would be closed, and its lock with it. */
const held = new Set<Sqlite.DatabaseSync>();

/**
 * Keeps something from all others, in this process and in any other of this machine, until it is released or this process
 * ends, in whatever way.
 *
 * The lock is that of an SQLite database, `PATH.lock`, which stays empty and is never removed: who then made it anew would
 * hold a lock that nobody else sees. Nothing else may open it either: on POSIX systems to close a file gives up all locks
 * of the process on it. So the number of the process is in a file beside it, `PATH.pid`.
 *
 * @param path - the folder is made if need be, for this user alone.
 * @param inUse - what to throw when patience has ended; it is given the number of the process that has the lock, if known.
 * @returns A function that releases it; to call it again does nothing.
 * @throws {CommandError} what `inUse` makes, `folder-trouble`.
 */
export async function lock(
  path: string,
  inUse: (pid: number | undefined) => CommandError,
  options: LockOptions = {},
): Promise<() => void> {
  const { patience = PATIENCE, clock = systemHostClock } = options;
  const folder = dirname(path);
  const pidPath = `${path}.pid`;
  try {
    await makeFolder(folder);
  } catch (error) {
    throw folderTrouble('make the folder', folder, error);
  }
  const database = openDatabase(`${path}.lock`);
  try {
    for (let left = patience; !tryLock(database); left -= PAUSE) {
      if (left <= 0) throw inUse(await holder(pidPath));
      await clock.sleep(Math.min(PAUSE, left));
    }
  } catch (error) {
    database.close();
    throw error instanceof CommandError ? error : folderTrouble('lock', `${path}.lock`, error);
  }
  held.add(database);
  // The number is for a message alone: without it the lock is as good.
  unlessRefused(() => {
    // Whatever stands there may lead elsewhere, or keep a writer waiting.
    rmSync(pidPath, { force: true });
    writeFileSync(pidPath, `${process.pid}\n`, { mode: 0o600, flag: 'wx' });
  });
  return () => {
    if (!held.delete(database)) return;
    unlessRefused(() => rmSync(pidPath, { force: true }));
    database.close();
  };
}

/** @throws {CommandError} `folder-trouble`. */
function openDatabase(path: string): Sqlite.DatabaseSync {
  try {
    // SQLite would open what it may not write to read only, and then lock nobody out.
    accessSync(path, constants.W_OK);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw folderTrouble('lock', path, error);
  }
  let database: Sqlite.DatabaseSync | undefined;
  try {
    database = new (sqlite().DatabaseSync)(path, { timeout: 0 });
    chmodSync(path, 0o600);
    return database;
  } catch (error) {
    database?.close();
    throw folderTrouble('lock', path, error);
  }
}

/** Node's SQLite. Versions before 24.15 warn that it is an experiment, which is no matter of who uses this command. */
function sqlite(): typeof Sqlite {
  const emitWarning = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    if (emitWarning) Object.defineProperty(process, 'emitWarning', emitWarning);
  }
}

/**
 * Locks the database, or returns false if another has it locked.
 *
 * @throws SQLite's error.
 */
function tryLock(database: Sqlite.DatabaseSync): boolean {
  try {
    // Nothing is ever written, so no journal need be kept in a file.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    // Extended result codes have the plain one in their last byte.
    const code = error instanceof Error && 'errcode' in error && Number(error.errcode) & 0xff;
    if (code === SQLITE_BUSY) return false;
    throw error;
  }
}

/** The number of the process that holds the lock; undefined while it is not written yet, or is a dead process's. */
async function holder(pidPath: string): Promise<number | undefined> {
  const text = await readShortFile(pidPath, 20).catch(() => undefined);
  const [, digits] = /^(\d{1,10})\n$/.exec(text ?? '') ?? [];
  const pid = Number(digits);
  return digits !== undefined && isAlive(pid) ? pid : undefined;
}

function unlessRefused(act: () => void): void {
  try {
    act();
  } catch {
    // What the system refuses here is not needed.
  }
}
