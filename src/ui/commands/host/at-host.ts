// What the commands that work on a host's database have in common.
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { Actor } from '../../../host/audit/event.ts';
import { HostError } from '../../../host/error.ts';
import { CommandError } from '../../command-error.ts';
import { isNamed } from '../../host/database.ts';
import { databaseTrouble } from '../../host/database-trouble.ts';
import type { HostPlace, OpenHost } from '../../host/open-host.ts';
import type { Surroundings } from '../../surroundings.ts';

/** Gives a command the options that say which host is meant. */
export function hostOptions(command: Command): Command {
  return command
    .option('--database <database>', 'a file, or postgres://USER@HOST/NAME (default: the usual one)')
    .option('--keys <file>', 'the key ring of that database (default: the usual one)');
}

/** A host, and who works on it here. */
export interface HostAtHand extends OpenHost {
  readonly by: Actor;
}

/**
 * Opens the host, does something with it, and closes it again.
 *
 * @param make - whether a database that is not there is made.
 */
export async function atHost(
  around: Surroundings,
  place: HostPlace,
  act: (at: HostAtHand) => Promise<void>,
  { make = false }: { readonly make?: boolean } = {},
): Promise<void> {
  const { openHost } = await import('../../host/open-host.ts');
  const opened = await openHost(place, around.env, { make });
  try {
    // The usual one is made by the first who needs it. A name may be mistyped.
    if (opened.isMade && isNamed(place.database, around.env)) {
      await around.complain(`there was no database ${opened.name}: a new one is made\n`);
    }
    await act({ ...opened, by: thisPerson() });
  } catch (error) {
    throw databaseTrouble('use', opened.name, inCommands(error));
  } finally {
    await opened.close();
  }
}

/** The person at this machine, for the audit trail. */
function thisPerson(): Actor {
  try {
    return `machine:${userInfo().username}`;
  } catch {
    // Users without an entry in the system's list of users, as in some containers.
    return `machine:${process.getuid?.() ?? 'unknown'}`;
  }
}

/** What the host says of names that it does not know, with the command that helps. */
function inCommands(error: unknown): unknown {
  if (!(error instanceof HostError)) return error;
  switch (error.code) {
    case 'unknown-user':
      return new CommandError(
        'no-user',
        'there is no user of that name; "dsc host user list" names those there are, "dsc host user add" adds one',
        { cause: error },
      );
    case 'unknown-device':
      return new CommandError(
        'no-device',
        'there is no such device; "dsc host device list" names those there are, "dsc host device enrol" adds one',
        { cause: error },
      );
    default:
      return error;
  }
}
