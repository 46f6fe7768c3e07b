// The key that the cards of this data folder are sealed with: `device.key`, beside the folder of cards and not in it.
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../command-error.ts';
import { hexToBytes } from '../../host/hex.ts';
import { readOwnFile } from '../own-file.ts';
import { raise } from '../raise.ts';
import { hasCode } from '../system-error.ts';
import { createWholeFile, makeFolder, readShortBytes, removeUnfinished } from '../whole-file.ts';
import { headerOf } from './card-image.ts';
import { folderTrouble } from './folder-trouble.ts';

const KEY_BYTES = 32;
/** A card file is 12 kB. */
const LONGEST_CARD = 64 * 1024;
const KEY_LINE = /^([0-9a-f]{64})\r?\n?$/i;
/** The digits and a line end of two bytes. */
const LONGEST_FILE = 2 * KEY_BYTES + 2;

/**
 * The device key, made if there is none yet. Of several that make it at once one wins, and all get that one's key.
 *
 * @param home - the data folder; made if need be, for this user alone.
 * @returns 32 bytes.
 * @throws {CommandError} `exposed-device-key`, `damaged-device-key`, `folder-trouble`.
 */
export async function deviceKey(home: string): Promise<Uint8Array> {
  const found = await existingDeviceKey(home);
  const path = keyPath(home);
  if (found) {
    // Who was killed right after making it left it under a second name. It is as safe there as here.
    await removeUnfinished(path).catch(() => undefined);
    return found;
  }
  try {
    await makeFolder(home);
  } catch (error) {
    throw folderTrouble('make the folder', home, error);
  }
  if (await hasSealedCards(home)) {
    // Made with its first card by another process, perhaps.
    return (await existingDeviceKey(home)) ?? raise(missing(path));
  }
  try {
    await createWholeFile(path, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw folderTrouble('write', path, error);
  }
  // Read back in any case: where files cannot be kept from others, no card is to be sealed with the key.
  const made = await existingDeviceKey(home);
  if (made) return made;
  throw folderTrouble('keep', path, new Error('it was removed at once'));
}

/**
 * The device key, if there is one.
 *
 * @returns 32 bytes, or undefined where there is no key file.
 * @throws {CommandError} `exposed-device-key`, `damaged-device-key`, `folder-trouble`.
 */
export async function existingDeviceKey(home: string): Promise<Uint8Array | undefined> {
  const path = keyPath(home);
  let text: string | undefined;
  try {
    text = await readOwnFile(path, { longest: LONGEST_FILE, followLinks: false, exposed, damaged });
  } catch (error) {
    throw error instanceof CommandError ? error : folderTrouble('read', path, error);
  }
  if (text === undefined) return undefined;
  const [, digits] = KEY_LINE.exec(text) ?? [];
  if (digits === undefined) throw damaged(path);
  return hexToBytes(digits);
}

function keyPath(home: string): string {
  return join(home, 'device.key');
}

/** Whether there are cards that an earlier device key has sealed. */
async function hasSealedCards(home: string): Promise<boolean> {
  const folder = join(home, 'cards');
  const files = await readdir(folder).catch(() => []);
  for (const file of files.filter((each) => each.endsWith('.card'))) {
    const bytes = await readShortBytes(join(folder, file), LONGEST_CARD).catch(() => undefined);
    if (bytes && headerOf(bytes)) return true;
  }
  return false;
}

function missing(path: string): CommandError {
  return new CommandError(
    'damaged-device-key',
    `the device key ${path} is missing, and there are cards sealed with it; put back a copy of it, or move those cards away`,
  );
}

function exposed(path: string): CommandError {
  return new CommandError(
    'exposed-device-key',
    `other users may open the device key ${path}; run "chmod 600 ${path}", or set DSC_HOME to a folder where that works`,
  );
}

function damaged(path: string): CommandError {
  return new CommandError(
    'damaged-device-key',
    `the device key ${path} is no file with 64 hexadecimal digits; put back a copy of it, since the cards sealed with it open with no other`,
  );
}
