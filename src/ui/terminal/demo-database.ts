// The demo's database: a file of its own, which every start of the app makes anew.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { folderTrouble } from '../cards/folder-trouble.ts';

/** What SQLite keeps beside the file of a database. */
const PARTS = ['', '-wal', '-shm', '-journal'];

/** The file. @param home - the data folder. */
export const demoDatabase = (home: string): string => join(home, 'demo.sqlite');

/** Removes it, if it is there. An app that has it open keeps what it has. @throws {CommandError} `folder-trouble`. */
export async function removeDemoDatabase(home: string): Promise<void> {
  const path = demoDatabase(home);
  for (const part of PARTS) {
    await rm(`${path}${part}`, { force: true }).catch((error: unknown) => {
      throw folderTrouble('remove', `${path}${part}`, error);
    });
  }
}
