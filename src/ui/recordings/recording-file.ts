// A recording on the disk: a line of JSON for each thing that happened to a card.
import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { printEntry, type Recorder } from '../../firmware/recording.ts';
import { checkNewFile, fileTrouble } from '../cards/given-file.ts';
import { CommandError } from '../command-error.ts';

/** What the options of a command say of recording. */
export interface RecordOptions {
  readonly record?: string;
  readonly recordSecrets?: true;
}

/** A recording that is being written. */
export interface RecordingFile extends Recorder {
  /**
   * Ends the recording, once.
   *
   * @throws {CommandError} `file-trouble` if not all of it could be written; what there is ends with a whole line.
   */
  readonly end: () => void;
}

/**
 * Begins a recording in a new file, for this user alone. What cannot be written is told at its end: the card must not
 * fail because somebody watches.
 *
 * @throws {CommandError} `file-exists`, `file-trouble`.
 */
export function createRecordingFile(path: string, secrets: boolean): RecordingFile {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    throw fileTrouble('write', path, error);
  }
  let trouble: unknown;
  /** Bytes of the lines that are whole. */
  let length = 0;
  return {
    secrets,
    write(entry) {
      if (trouble !== undefined) return;
      const line = Buffer.from(`${printEntry(entry)}\n`);
      try {
        // All of it or an error: what a nearly full disk takes of a line would pass for a success.
        writeFileSync(file, line);
        length += line.length;
      } catch (error) {
        trouble = error;
        keepWholeLines(file, length);
      }
    },
    end() {
      closeSync(file);
      if (trouble !== undefined) throw fileTrouble('write all of', path, trouble);
    },
  };
}

function keepWholeLines(file: number, length: number): void {
  try {
    ftruncateSync(file, length);
  } catch {
    // The half line stays; that not all was written will be told in any case.
  }
}

/**
 * Checks the options before anything is asked for or done.
 *
 * @throws {CommandError} `wrong-use` for secrets to record where nothing is recorded, or an option in the place of the
 *   file; `file-exists`.
 */
export function checkRecordOptions({ record, recordSecrets }: RecordOptions): void {
  if (record === '' || record?.startsWith('--')) {
    throw new CommandError(
      'wrong-use',
      '--record takes the name of a file; write "./--name" for one like that',
    );
  }
  if (record !== undefined) return checkNewFile(record);
  if (!recordSecrets) return;
  throw new CommandError('wrong-use', '--record-secrets goes with --record; say which file to record to');
}

/** The recording that a command's options ask for, if they do. */
export function recordingOf({ record, recordSecrets }: RecordOptions): RecordingFile | undefined {
  return record === undefined ? undefined : createRecordingFile(record, recordSecrets === true);
}
