// Files that are there whole or not at all, even when the process or the power is cut at the worst moment.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAlive } from './living-process.ts';
import { hasCode } from './system-error.ts';

/** The end of the name of a file that is still being written: the process that writes it, and what tells it apart. */
const UNFINISHED = /^(\d+)\.[0-9a-f]+\.new$/;

/** What the system says where a file can have one name only, as on exFAT. */
const ONE_NAME_ONLY = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/** Names of unfinished files that this process is writing. */
const ownUnfinished = new Set<string>();

/** Makes a folder for this user alone, and if need be those `above` it. */
export async function makeFolder(folder: string, above = true): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (hasCode(error, 'EEXIST') && (await stat(folder)).isDirectory()) return;
    if (!hasCode(error, 'ENOENT') || !above) throw error;
    // Not `recursive`, which never ends where a folder is there and nothing can be made in it, as in /proc.
    await makeFolder(dirname(folder));
    await makeFolder(folder, false);
    return;
  }
  await syncFolder(dirname(folder));
}

/**
 * Writes a new file that only its user may read. It is written and synced under another name, then linked to its own:
 * killed at any moment this leaves the whole file or none, and of two that write the same file at once one fails.
 *
 * Where the file system has no second names it is written under its own at once: a kill may leave it incomplete.
 *
 * @throws The system's error: `EEXIST` if the path is taken.
 */
export async function createWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeAside(path, content, (unfinished) =>
    link(unfinished, path).catch(async (error: unknown) => {
      if (!ONE_NAME_ONLY.some((code) => hasCode(error, code))) throw error;
      await writeSynced(path, content);
    }),
  );
}

/**
 * Gives a file new content, and a file that only its user may read, whatever it was before. It is written and synced
 * under another name, then renamed: killed at any moment this leaves the old content whole or the new. A path that is a
 * link becomes a file; what it led to stays as it is. Where there is no file it is made.
 *
 * @throws The system's error.
 */
export async function replaceWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeAside(path, content, (unfinished) => rename(unfinished, path));
}

/** Writes a file under a name of its own beside the path, then lets it be given its place, for good. */
async function writeAside(
  path: string,
  content: string | Uint8Array,
  giveItsPlace: (unfinished: string) => Promise<void>,
): Promise<void> {
  await removeUnfinished(path);
  const name = `.${basename(path)}.${process.pid}.${randomBytes(8).toString('hex')}.new`;
  const unfinished = join(dirname(path), name);
  ownUnfinished.add(name);
  try {
    await writeSynced(unfinished, content);
    await giveItsPlace(unfinished);
  } finally {
    await rm(unfinished, { force: true });
    ownUnfinished.delete(name);
  }
  await syncFolder(dirname(path));
}

/**
 * Reads the text of a file that is known to be short, as {@link readShortBytes} does.
 *
 * @param longest - in bytes.
 * @returns The text, or undefined for what is longer or no file at all.
 * @throws The system's error.
 */
export async function readShortFile(path: string, longest: number): Promise<string | undefined> {
  const bytes = await readShortBytes(path, longest);
  return bytes && Buffer.from(bytes).toString('utf8');
}

/**
 * Reads a file that is known to be short. Never waits for what only looks like a file, such as a named pipe.
 *
 * @param longest - in bytes.
 * @returns The bytes, or undefined for what is longer or no file at all.
 * @throws The system's error.
 */
export async function readShortBytes(path: string, longest: number): Promise<Uint8Array | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) return undefined;
    // Not by what the system says of its size: files in /proc say nothing.
    const bytes = new Uint8Array(longest + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length <= longest; length += count) {
      count = (await file.read(bytes, length, bytes.length - length)).bytesRead;
    }
    return length <= longest ? bytes.subarray(0, length) : undefined;
  } finally {
    await file.close();
  }
}

/**
 * Removes a file, and what writers of it left behind when they were killed: the text would live on under that name.
 *
 * @throws The system's error: `ENOENT` if there is no such file.
 */
export async function removeWholeFile(path: string): Promise<void> {
  await removeUnfinished(path);
  await unlink(path);
  await syncFolder(dirname(path));
}

/** Removes the unfinished files of writers that are gone. The file itself stays. */
export async function removeUnfinished(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  for (const name of await readdir(folder)) {
    const [, writer] = (name.startsWith(start) && UNFINISHED.exec(name.slice(start.length))) || [];
    if (writer === undefined || isWriting(Number(writer), name)) continue;
    await rm(join(folder, name), { force: true });
  }
}

/** Whether a process may still be writing this file. Its number may be another process's by now: then the file stays. */
function isWriting(writer: number, name: string): boolean {
  return writer === process.pid ? ownUnfinished.has(name) : isAlive(writer);
}

/** Writes a new file whole, or removes it. */
async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/**
 * Makes a change of the folder's entries outlast a power failure, where the system can: some cannot open or sync a
 * folder. The change itself is done by then, and nothing is to be refused any more.
 */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
