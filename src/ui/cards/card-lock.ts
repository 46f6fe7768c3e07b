// One process at a time for each card.
import { join } from 'node:path';
import type { CardName } from './card-name.ts';
import { CommandError } from '../command-error.ts';
import { lock, type LockOptions } from '../process-lock.ts';

/**
 * Keeps a card from all others, in this process and in any other of this machine, until it is released or this process
 * ends, in whatever way.
 *
 * @param home - the data folder; it and `locks` in it are made if need be, for this user alone.
 * @returns A function that releases the card; to call it again does nothing.
 * @throws {CommandError} `card-in-use` when patience has ended, `folder-trouble`.
 */
export async function lockCard(home: string, name: CardName, options: LockOptions = {}): Promise<() => void> {
  return lock(join(home, 'locks', name), (pid) => inUse(name, pid), options);
}

function inUse(name: CardName, pid: number | undefined): CommandError {
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return new CommandError(
    'card-in-use',
    `card ${name} is in use by ${who}; end that program, then try again`,
  );
}
