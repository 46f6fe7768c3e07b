// Where the user's cards live.
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { CommandError } from './command-error.ts';

/** The folder's name where others have theirs beside it. */
const NAME = 'dsc-plus';

/**
 * The folder that holds the user's data: `DSC_HOME`, or else `dsc-plus` in the platform's place for data, which on
 * Linux is `XDG_DATA_HOME` or `~/.local/share`.
 *
 * @returns An absolute path; the folder need not exist.
 * @throws {CommandError} `folder-trouble` if the user has no home folder where one is needed.
 */
export async function dataFolder(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  if (env['DSC_HOME']) return resolve(env['DSC_HOME']);
  if (process.platform === 'darwin' || process.platform === 'win32') {
    homeFolder();
    const { default: envPaths } = await import('env-paths');
    return envPaths(NAME, { suffix: '' }).data;
  }
  // "If an implementation encounters a relative path in any of these variables it should consider the path invalid and
  // ignore it" (XDG Base Directory Specification).
  const { XDG_DATA_HOME: given = '' } = env;
  return join(isAbsolute(given) ? given : join(homeFolder(), '.local', 'share'), NAME);
}

/** Users without an entry in the system's list of users, as in some containers, have none. */
function homeFolder(): string {
  const message = 'this user has no home folder; set DSC_HOME to a folder for cards';
  let home: string;
  try {
    home = homedir();
  } catch (cause) {
    throw new CommandError('folder-trouble', message, { cause });
  }
  // An empty or relative HOME would put keys wherever the command happens to run.
  if (!isAbsolute(home)) throw new CommandError('folder-trouble', message);
  return home;
}
