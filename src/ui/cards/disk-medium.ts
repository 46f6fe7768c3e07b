// A card's memory in a file on the disk: written in place and synced, as a device does it.
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import type { Medium } from '../../firmware/medium.ts';
import { CommandError } from '../command-error.ts';
import { hasCode } from '../system-error.ts';

/** A medium that is a file. */
export interface DiskMedium extends Medium {
  /** Lets go of the file; to close it again does nothing. */
  close(): void;
}

/**
 * Opens a card's file, which must be there. The medium does not keep anybody else from it: the card's lock does.
 *
 * A write that throws is not done: after a failed sync the system may have dropped what was written, and call the next
 * sync a success. So read what is there, or write it all again.
 *
 * @param options - `readOnly`: to show the card; then `write` throws.
 * @throws {CommandError} `damaged-card` for what is no regular file; never waits for what only looks like one.
 * @throws The system's error.
 */
export function openDiskMedium(path: string, options: { readonly readOnly?: boolean } = {}): DiskMedium {
  const { readOnly = false } = options;
  const file = openFile(path, readOnly);
  let open = true;

  const check = (offset: number): void => {
    if (!open) throw new Error(`the card file ${path} is closed; open it again`);
    // The system would take a negative position as the end of what was read before.
    if (!Number.isSafeInteger(offset) || offset < 0)
      throw new RangeError(`offset: ${offset} is no place in a file`);
  };

  return {
    read(offset, length) {
      check(offset);
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const count = readSync(file, bytes, done, length - done, offset + done);
        if (count === 0) break;
        done += count;
      }
      return bytes.slice(0, done);
    },
    write(offset, bytes) {
      check(offset);
      if (readOnly) throw new Error(`the card file ${path} was opened to read only; open it to write`);
      if (!isStillThere(path, file, offset + bytes.length))
        throw new Error(`the card file ${path} is another one now`);
      let done = 0;
      while (done < bytes.length) {
        const count = writeSync(file, bytes, done, bytes.length - done, offset + done);
        if (count === 0)
          throw new Error(`the card file ${path} took none of the bytes; see whether the disk is full`);
        done += count;
      }
      fsyncSync(file);
    },
    close() {
      if (!open) return;
      open = false;
      closeSync(file);
    },
  };
}

/** Whether the path still leads to the file, whole: what is written to a file that nobody finds again is lost. */
function isStillThere(path: string, file: number, end: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  const { ino, dev, size } = fstatSync(file);
  return there?.ino === ino && there.dev === dev && size >= end;
}

function openFile(path: string, readOnly: boolean): number {
  let file: number;
  try {
    // Without O_NONBLOCK to open a named pipe would wait for its other end.
    file = openSync(path, (readOnly ? constants.O_RDONLY : constants.O_RDWR) | constants.O_NONBLOCK);
  } catch (error) {
    throw hasCode(error, 'EISDIR') ? noFile(path) : error;
  }
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw noFile(path);
}

function noFile(path: string): CommandError {
  return new CommandError('damaged-card', `the card file ${path} is no file; put back a copy of it`);
}
