// The host's master keys on disk: a key ring in a file that is its user's alone.
import { randomBytes } from 'node:crypto';
import { realpathSync, unwatchFile, watchFile } from 'node:fs';
import { dirname, join } from 'node:path';
import { HostError } from '../../host/error.ts';
import {
  newMasterKey,
  parseKeyRing,
  printKeyRing,
  type KeyRing,
  type KeySource,
  type MasterKey,
} from '../../host/sealing/key-ring.ts';
import { folderTrouble } from '../cards/folder-trouble.ts';
import { CommandError } from '../command-error.ts';
import { readOwnFile } from '../own-file.ts';
import { lock } from '../process-lock.ts';
import { raise } from '../raise.ts';
import { hasCode, reasonOf } from '../system-error.ts';
import { createWholeFile, makeFolder, replaceWholeFile } from '../whole-file.ts';

/** More than thousands of keys take, in bytes. */
const LONGEST_FILE = 1024 * 1024;
/** How often a running host looks whether the file has changed, in milliseconds. */
const LOOK_EVERY = 1000;
/** Bytes of a key's random id: a ring of another host has other ids. */
const ID_BYTES = 4;

/** The key ring that is meant if none is named. */
export const usualKeyFile = (home: string): string => join(home, 'host-keys.json');

/** A key ring that may be watched. */
export interface KeyFile extends KeySource {
  /**
   * Reads the file again whenever it has changed; a change that cannot be read leaves the ring as it was.
   *
   * @param heard - is told of each change: with the error, if it could not be read.
   * @returns A function that ends the watching.
   */
  watch(heard: (error?: unknown) => void): () => void;
}

/**
 * Opens the key ring in a file.
 *
 * @returns The ring, or undefined where there is no file.
 * @throws {CommandError} `exposed-host-keys`, `bad-host-keys`, `file-trouble`.
 */
export async function openKeyFile(path: string): Promise<KeyFile | undefined> {
  let ring = await readKeyFile(path);
  if (!ring) return undefined;
  const reload = async (): Promise<void> => {
    ring = (await readKeyFile(path)) ?? raise(missing(path));
  };
  return {
    ring: () => ring ?? raise(missing(path)),
    reload,
    watch(heard) {
      // Looked at from time to time: the file is replaced as a whole, and may be on a network, where nobody tells.
      const look = (): void => void reload().then(() => heard(), heard);
      watchFile(path, { persistent: false, interval: LOOK_EVERY }, look);
      return () => unwatchFile(path, look);
    },
  };
}

/**
 * Makes a key ring of one new key, unless there is a file by now.
 *
 * @throws {CommandError} `folder-trouble`.
 */
export async function makeKeyFile(path: string): Promise<void> {
  try {
    await makeFolder(dirname(path));
    const key = newKey();
    await createWholeFile(path, printKeyRing(key.id, [key]));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw folderTrouble('write', path, error);
  }
}

/**
 * Adds a new key to the ring, and makes it the one that seals; where there is no file it makes one.
 *
 * @param standby - whether the key that sealed until now goes on sealing; only where there is a ring.
 * @returns The new key's id.
 * @throws {CommandError} what {@link changeRing} is refused for, `folder-trouble`.
 */
export async function addKey(path: string, { standby = false } = {}): Promise<string> {
  if (!standby && !(await readKeyFile(path))) {
    await makeKeyFile(path);
    return (await readKeyFile(path))?.active.id ?? raise(missing(path));
  }
  const key = newKey();
  await changeRing(path, ({ active, keys }) => printKeyRing(standby ? active.id : key.id, [...keys, key]));
  return key.id;
}

/**
 * Makes a key of the ring the one that seals.
 *
 * @throws {CommandError} `no-host-key`, and what {@link changeRing} is refused for.
 */
export async function activateKey(path: string, id: string): Promise<void> {
  await changeRing(path, (ring) => {
    if (!ring.find(id)) throw noKey(path);
    return printKeyRing(id, ring.keys);
  });
}

/**
 * Changes the ring in a file. A kill at any moment leaves the ring before or after, and of two that do it at once one
 * waits: no key is lost that a host may have sealed with.
 *
 * @param change - gives the text of the new ring.
 * @throws {CommandError} `missing-host-keys`, `exposed-host-keys`, `bad-host-keys`, `keys-in-use`, `file-trouble`.
 */
async function changeRing(given: string, change: (ring: KeyRing) => string): Promise<void> {
  if (!(await readKeyFile(given))) throw missing(given);
  // A link stays one, and leads to the new ring.
  const path = realpathSync(given);
  const release = await lock(path, () => inUse(path));
  try {
    const ring = (await readKeyFile(path)) ?? raise(missing(path));
    await replaceWholeFile(path, change(ring));
  } catch (error) {
    throw error instanceof CommandError ? error : fileTrouble('write', path, error);
  } finally {
    release();
  }
}

/** A ring from the environment, which stays as it is as long as the process. @throws {CommandError} `bad-host-keys`. */
export function keysFrom(variable: string, text: string): KeySource {
  const ring = parsed(text, variable);
  return { ring: () => ring, reload: () => Promise.resolve() };
}

/** The refusal where there is no key ring but a database made with one. */
export function missing(path: string): CommandError {
  return new CommandError(
    'missing-host-keys',
    `the key ring ${path} is missing; put back a copy of it, name it with --keys, or set DSC_HOST_KEYS`,
  );
}

async function readKeyFile(path: string): Promise<KeyRing | undefined> {
  let text: string | undefined;
  try {
    // Where secrets are mounted into a machine, they are links.
    text = await readOwnFile(path, { longest: LONGEST_FILE, followLinks: true, exposed, damaged });
  } catch (error) {
    throw error instanceof CommandError ? error : fileTrouble('read', path, error);
  }
  return text === undefined ? undefined : parsed(text, path);
}

function parsed(text: string, from: string): KeyRing {
  try {
    return parseKeyRing(text);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new CommandError('bad-host-keys', `${from}: ${error.message}`, { cause: error });
  }
}

const newKey = (): MasterKey => newMasterKey(randomBytes(ID_BYTES).toString('hex'));

function fileTrouble(doing: string, path: string, cause: unknown): CommandError {
  return new CommandError(
    'file-trouble',
    `cannot ${doing} the key ring ${path}: ${reasonOf(cause)}; put that right, or name another with --keys`,
    { cause },
  );
}

function exposed(path: string): CommandError {
  return new CommandError(
    'exposed-host-keys',
    `other users may open the key ring ${path}; run "chmod 600 ${path}", and think about "dsc host key new"`,
  );
}

function damaged(path: string): CommandError {
  return new CommandError(
    'bad-host-keys',
    `the key ring ${path} is no file of keys; put back a copy of it, or name another with --keys`,
  );
}

function noKey(path: string): CommandError {
  return new CommandError(
    'no-host-key',
    `the key ring ${path} has no master key of this id; "dsc host key list" names those it has, "dsc host key new" adds one`,
  );
}

function inUse(path: string): CommandError {
  return new CommandError('keys-in-use', `another process is changing the key ring ${path}; try again`);
}
