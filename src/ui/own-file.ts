// Files with secrets, read only where nobody else can have written or read them.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { CommandError } from './command-error.ts';
import { hasCode } from './system-error.ts';

/** Permissions of anybody but the file's user. Windows has none of these, and gives every file the bits for all. */
const OTHERS = process.platform === 'win32' ? 0 : 0o077;

/** What is asked of the file, and what is thrown where it is otherwise. */
interface OwnFile {
  /** In bytes. */
  readonly longest: number;
  /** Whether it may be reached by a link, which may lead anywhere. */
  readonly followLinks: boolean;
  /** For a file that others may open. */
  readonly exposed: (path: string) => CommandError;
  /** For what is no file, or a longer one. */
  readonly damaged: (path: string) => CommandError;
}

/**
 * Reads the text of a file that is its user's alone. Never waits for what only looks like a file, such as a named pipe.
 *
 * @returns The text, or undefined where there is no file.
 * @throws What `exposed` and `damaged` make, and the system's error.
 */
export async function readOwnFile(
  path: string,
  { longest, followLinks, exposed, damaged }: OwnFile,
): Promise<string | undefined> {
  const noLink = followLinks ? 0 : (constants.O_NOFOLLOW ?? 0);
  let file;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | noLink);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    // What O_NOFOLLOW says of a link.
    if (hasCode(error, 'ELOOP')) throw damaged(path);
    throw error;
  }
  try {
    const status = await file.stat();
    if (!status.isFile() || status.size > longest) throw damaged(path);
    if ((status.mode & OTHERS) !== 0) throw exposed(path);
    return await file.readFile('latin1');
  } finally {
    await file.close();
  }
}
