// What a database refuses, in one line for the person at the command.
import { CommandError } from '../command-error.ts';
import { hasCode, reasonOf } from '../system-error.ts';

/** Errors of pg have five characters of SQLSTATE as their code. */
const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * The `database-trouble` for what SQLite, PostgreSQL or the way to it refused.
 *
 * @param doing - what could not be done, such as "open".
 * @param name - of the database, as `nameOf` gives it.
 * @returns Any other error as it is.
 */
export function databaseTrouble(doing: string, name: string, cause: unknown): unknown {
  const reason = reasonIn(cause);
  if (reason === undefined) return cause;
  return new CommandError(
    'database-trouble',
    `cannot ${doing} the database ${name}: ${reason}; put that right, or name another with --database`,
    { cause },
  );
}

function reasonIn(error: unknown): string | undefined {
  // A name with several addresses: one refusal for each.
  if (error instanceof AggregateError) return reasonIn(error.errors[0]);
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  // First: EPERM and EROFS have five letters too.
  if ('errno' in error || 'syscall' in error) return reasonOf(error);
  return hasCode(error, 'ERR_SQLITE_ERROR') || SQLSTATE.test(error.code) ? error.message : undefined;
}
