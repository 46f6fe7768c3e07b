// Files that a person names: exported cards, recordings. Never written over.
import { existsSync } from 'node:fs';
import { CommandError } from '../command-error.ts';
import { quoted } from '../one-line.ts';
import { hasCode, reasonOf } from '../system-error.ts';

/** What to throw where the system refused a file that the person named. @param doing - such as "write". */
export function fileTrouble(doing: string, path: string, cause: unknown): CommandError {
  if (hasCode(cause, 'EEXIST')) return fileExists(path, cause);
  return new CommandError(
    'file-trouble',
    `cannot ${doing} ${quoted(path)}: ${reasonOf(cause)}; put that right, or name another file`,
    { cause },
  );
}

/**
 * Refuses, before anything is asked for or done, a file that is there.
 *
 * @throws {CommandError} `file-exists`.
 */
export function checkNewFile(path: string): void {
  if (existsSync(path)) throw fileExists(path);
}

function fileExists(path: string, cause?: unknown): CommandError {
  const message = `there is a file ${quoted(path)} already; choose another name, or remove it first`;
  return new CommandError('file-exists', message, { cause });
}
