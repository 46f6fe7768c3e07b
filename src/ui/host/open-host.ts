// The host of a command: its database and its master keys, opened and found to belong together.
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createHost, scryptHasher, type Host, type Store, type Vault } from '../../host/index.ts';
import { guessable, LEAST_PASSWORD } from '../../host/guessable.ts';
import { missingKey } from '../../host/sealing/key-check.ts';
import { passingKeys, type KeySource } from '../../host/sealing/key-ring.ts';
import { createVault } from '../../host/sealing/vault.ts';
import { openSqlStore, type SqlStoreOptions } from '../../host/store/open-store.ts';
import { folderTrouble } from '../cards/folder-trouble.ts';
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import { raise } from '../raise.ts';
import { systemHostClock } from '../system-clock.ts';
import { makeFolder } from '../whole-file.ts';
import { chosenDatabase, isNamed, nameOf, placeOf, type Database } from './database.ts';
import { databaseTrouble } from './database-trouble.ts';
import { keysFrom, makeKeyFile, missing, openKeyFile, usualKeyFile, type KeyFile } from './key-file.ts';

/** Where a host's data are, as a person says it. */
export interface HostPlace {
  /** A file, or the URL of a PostgreSQL database. */
  readonly database?: string;
  /** The file of the key ring. */
  readonly keys?: string;
}

/** A host whose database is open. */
export interface OpenHost {
  readonly host: Host;
  readonly store: Store;
  readonly vault: Vault;
  /** In a message: what is open. */
  readonly name: string;
  /** Watches the file of the key ring, if it comes from one; `heard` is told of changes, with the error if one failed. */
  readonly watchKeys: KeyFile['watch'];
  /** Whether this opening made the database's file. */
  readonly isMade: boolean;
  /** Whether there is no user yet. */
  readonly isNew: () => Promise<boolean>;
  /** Measures what the first login would otherwise wait for: how long the dearest password takes to check. */
  readonly warmUp: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How it is opened. */
interface Opening extends Pick<SqlStoreOptions, 'onBrokenConnection' | 'onLostFile'> {
  /** Whether a database that is not there is made, and with it a key ring. */
  readonly make?: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Opens the host's database with its key ring.
 *
 * @throws {CommandError} `no-database`, `database-trouble`, `missing-host-keys`, `other-host-keys`, and what reading the
 *   key ring is refused for.
 * @throws {HostError} `newer-schema`, `older-schema`.
 */
export async function openHost(
  place: HostPlace,
  env: Environment,
  { make = false, ...hearing }: Opening = {},
): Promise<OpenHost> {
  const home = await dataFolder(env);
  const database = chosenDatabase(place.database, env, home);
  const isMade = await prepare(database, { make, named: isNamed(place.database, env) });
  const keys = await keysOf(database, place.keys, env, home);
  const vault = createVault(keys);
  const store = await openStore(database, vault, hearing);
  try {
    const fault = await missingKey(store, vault);
    if (fault) throw otherKeys(fault.id, fault.fault, database);
  } catch (error) {
    await store.close();
    throw databaseTrouble('read', nameOf(database), error);
  }
  const hasher = scryptHasher();
  return {
    host: createHost({
      clock: systemHostClock,
      store,
      vault,
      hasher,
      guessable,
      policy: { leastPassword: LEAST_PASSWORD },
    }),
    store,
    vault,
    name: nameOf(database),
    watchKeys: (heard) => ('watch' in keys ? keys.watch(heard) : () => {}),
    isMade,
    isNew: async () => (await store.users({ limit: 1 })).length === 0,
    async warmUp() {
      await hasher.timeOf(Math.max(await store.dearestPassword(), hasher.costOf(hasher.decoy)));
    },
    close: () => store.close(),
  };
}

/** Makes room for a database that is not there. @returns Whether there is none. */
async function prepare(
  database: Database,
  { make, named }: { readonly make: boolean; readonly named: boolean },
): Promise<boolean> {
  if (database.kind === 'postgres') return false;
  const { file } = database;
  if (sizeOf(file) > 0) return false;
  if (!make) {
    throw new CommandError(
      'no-database',
      `there is no database ${file}; "dsc host serve" and "dsc host user add" make it, or name another with --database`,
    );
  }
  // Only the data folder is made by itself: another that is not there is more likely a slip of the pen.
  if (named && !existsSync(dirname(file))) {
    throw new CommandError(
      'no-database',
      `there is no folder for the database ${file}; make the folder first, or name another with --database`,
    );
  }
  try {
    await makeFolder(dirname(file));
  } catch (error) {
    throw folderTrouble('make the folder of', file, error);
  }
  return true;
}

/** The size of a file of SQLite. @returns -1 where there is none. */
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? -1;

/** One page of SQLite, which a file has before there is a table in it. */
const PAGE = 4096;

async function openStore(
  database: Database,
  vault: Vault,
  hearing: Omit<Opening, 'make'> = {},
): Promise<Store> {
  try {
    return await openSqlStore({
      database: placeOf(database),
      vault,
      // A new file gets its tables by itself; those of an older version are somebody's data, who has a backup made first.
      migrate: database.kind === 'sqlite' && sizeOf(database.file) <= PAGE,
      ...hearing,
    });
  } catch (error) {
    throw databaseTrouble('open', nameOf(database), error);
  }
}

/** The keys given, else the usual ones, which are made for a database in which there is nothing yet. */
async function keysOf(
  database: Database,
  given: string | undefined,
  env: Environment,
  home: string,
): Promise<KeySource | KeyFile> {
  const { DSC_HOST_KEYS: ring } = env;
  if (given === undefined && ring) return keysFrom('DSC_HOST_KEYS', ring);
  if (given === undefined && database.kind === 'postgres') {
    throw new CommandError(
      'wrong-use',
      'a PostgreSQL database needs the key ring that all its hosts have: name its file with --keys, or set DSC_HOST_KEYS; "dsc host key new" makes one',
    );
  }
  const path = given ?? usualKeyFile(home);
  const found = await openKeyFile(path);
  if (found) return found;
  if (database.kind === 'postgres' || !(await isEmpty(database))) throw missing(path);
  await makeKeyFile(path);
  return (await openKeyFile(path)) ?? raise(missing(path));
}

/** Whether nobody ever did anything in it: nothing there was made with a key. */
async function isEmpty(database: Database): Promise<boolean> {
  const store = await openStore(database, createVault(passingKeys()));
  try {
    return (await store.users({ limit: 1 })).length === 0 && (await store.trail({ limit: 1 })).length === 0;
  } finally {
    await store.close();
  }
}

function otherKeys(id: string, fault: 'unknown' | 'other', database: Database): CommandError {
  const what =
    fault === 'unknown'
      ? `the database ${nameOf(database)} needs master key ${id}, which is not in the key ring`
      : `master key ${id} of the key ring does not open what it sealed in the database ${nameOf(database)}: it is another key of the same name`;
  return new CommandError(
    'other-host-keys',
    `${what}; give the ring that belongs to it with --keys or DSC_HOST_KEYS`,
  );
}
