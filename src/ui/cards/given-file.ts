// Files that a person names: exported cards, recordings. Never written over.
import { CommandError } from '../command-error.ts';
import { quoted } from '../one-line.ts';
import { hasCode, reasonOf } from '../system-error.ts';

/** What to throw where the system refused a file that the person named. @param doing - such as "write". */
export function fileTrouble(doing: string, path: string, cause: unknown): CommandError {
  if (hasCode(cause, 'EEXIST')) {
    return new CommandError(
      'file-exists',
      `there is a file ${quoted(path)} already; choose another name, or remove it first`,
      { cause },
    );
  }
  return new CommandError('file-trouble', `cannot ${doing} ${quoted(path)}: ${reasonOf(cause)}`, { cause });
}
