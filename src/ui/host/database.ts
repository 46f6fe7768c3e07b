// Which database is meant: a file, or a PostgreSQL server. A password never comes as an argument, which everybody can see.
import { join, resolve } from 'node:path';
import { CommandError } from '../command-error.ts';

/** A database of the host. */
export type Database =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

const POSTGRES = /^postgres(?:ql)?:\/\//i;
const SCHEME = /^[a-z][a-z0-9+.-]+:\/\//i;

/** The database file that is meant if none is named. */
const usualDatabase = (home: string): string => join(home, 'host.sqlite');

/**
 * The database named on the command line, else by `DSC_DATABASE`, else the usual file.
 *
 * @throws {CommandError} `wrong-use` for a URL of another kind, or one with a password on the command line. The message
 *   repeats nothing of it.
 */
export function chosenDatabase(
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): Database {
  const text = given ?? (env['DSC_DATABASE'] || usualDatabase(home));
  if (!POSTGRES.test(text)) {
    if (SCHEME.test(text)) throw wrongDatabase('is a URL of another kind than postgres://');
    if (text === '') throw wrongDatabase('is empty');
    return { kind: 'sqlite', file: resolve(text) };
  }
  const url = URL.parse(text);
  if (!url) throw wrongDatabase('is no URL');
  if (given !== undefined && (url.password !== '' || url.searchParams.has('password'))) {
    throw new CommandError(
      'wrong-use',
      'a password on the command line is seen by everybody on this computer: leave it out, and set PGPASSWORD, keep it in ~/.pgpass, or put the whole URL into DSC_DATABASE',
    );
  }
  return { kind: 'postgres', url: text };
}

/** Whether somebody named a database, on the command line or by `DSC_DATABASE`; else the usual one is meant. */
export const isNamed = (
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): boolean => Boolean(given ?? env['DSC_DATABASE']);

/** What the store opens. It may hold a password. */
export const placeOf = (database: Database): string =>
  database.kind === 'sqlite' ? database.file : database.url;

/** A database in a message: where it is, and nothing that lets one in. */
export function nameOf(database: Database): string {
  if (database.kind === 'sqlite') return database.file;
  const { host, pathname } = new URL(database.url);
  return `postgres://${host}${pathname}`;
}

function wrongDatabase(what: string): CommandError {
  return new CommandError(
    'wrong-use',
    `the name of the database ${what}; give a file, or postgres://USER@HOST:PORT/NAME`,
  );
}
