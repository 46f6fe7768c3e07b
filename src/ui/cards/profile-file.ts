// The device that somebody names: one of the built-in ones, or one of their own from a file.
import { isDeepStrictEqual } from 'node:util';
import { profileFault } from '../../firmware/profile-check.ts';
import { PROFILES, type Profile } from '../../firmware/profiles.ts';
import { CommandError } from '../command-error.ts';
import { oneLine, quoted } from '../one-line.ts';
import { hasCode, reasonOf } from '../system-error.ts';
import { readShortFile } from '../whole-file.ts';
import { parseProfile } from './profile-shape.ts';

/** A profile is about a thousand bytes. */
const LONGEST_FILE = 64 * 1024;

/** What a person may name without a file. */
const IDS = PROFILES.map(({ id }) => id).join(', ');

/**
 * Reads a profile: what docs/profiles.md describes.
 *
 * @param idOrFile - the id of a built-in profile, or else the path of a JSON file. A file of such a name is `./dsc`.
 * @returns A profile that a card can be made with; the built-in one itself where the file says the same.
 * @throws {CommandError} `bad-profile`; the message names the file and the field.
 */
export async function readProfile(idOrFile: string): Promise<Profile> {
  const builtIn = PROFILES.find(({ id }) => id === idOrFile);
  if (builtIn) return builtIn;
  const profile = parseProfile(await readJson(idOrFile));
  if (typeof profile === 'string') throw bad(idOrFile, profile);
  const fault = profileFault(profile);
  if (fault) throw bad(idOrFile, `${fault.field}: ${fault.message}`);
  const namesake = PROFILES.find(({ id }) => id === profile.id);
  if (namesake && !isDeepStrictEqual(profile, namesake)) {
    throw bad(
      idOrFile,
      `id: must not be ${profile.id}, which is the built-in ${namesake.name}; give the changed device an id of its own`,
    );
  }
  return namesake ?? profile;
}

async function readJson(path: string): Promise<unknown> {
  let text: string | undefined;
  try {
    text = await readShortFile(path, LONGEST_FILE);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw noProfile(path, error);
    throw new CommandError('bad-profile', `cannot read the profile ${oneLine(path)}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  if (text === undefined) throw bad(path, `it is no file of at most ${LONGEST_FILE} bytes`);
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says would repeat the file's text.
    throw bad(path, 'it is no JSON');
  }
}

function bad(path: string, reason: string): CommandError {
  return new CommandError('bad-profile', `the profile ${oneLine(path)} is wrong: ${reason}`);
}

function noProfile(path: string, cause: unknown): CommandError {
  return new CommandError(
    'bad-profile',
    `there is no profile ${quoted(path)}; name a file that is there, or one of the built-in devices: ${IDS}`,
    { cause },
  );
}
