// The refusal for a data folder in which the system does not do what is needed.
import { CommandError } from '../command-error.ts';
import { reasonOf } from '../system-error.ts';

/**
 * The `folder-trouble` for what the system refused.
 *
 * @param doing - what could not be done to the path, such as "read".
 */
export function folderTrouble(doing: string, path: string, cause: unknown): CommandError {
  return new CommandError(
    'folder-trouble',
    `cannot ${doing} ${path}: ${reasonOf(cause)}; put that right, or set DSC_HOME to another folder`,
    { cause },
  );
}
