// A recording on the disk: a line of JSON for each thing that happened to a card.
import { closeSync, openSync, writeSync } from 'node:fs';
import { printEntry, type Recorder } from '../../firmware/recording.ts';
import { fileTrouble } from '../cards/given-file.ts';

/** What the options of a command say of recording. */
export interface RecordOptions {
  readonly record?: string;
  readonly recordSecrets?: true;
}

/** A recording that is being written. */
export interface RecordingFile extends Recorder {
  /**
   * Ends the recording.
   *
   * @throws {CommandError} `file-trouble` if not all of it could be written.
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
  return {
    secrets,
    write(entry) {
      if (trouble !== undefined) return;
      try {
        writeSync(file, `${printEntry(entry)}\n`);
      } catch (error) {
        trouble = error;
      }
    },
    end() {
      closeSync(file);
      if (trouble !== undefined) throw fileTrouble('write all of', path, trouble);
    },
  };
}

/** The recording that a command's options ask for, if they do. */
export function recordingOf({ record, recordSecrets }: RecordOptions): RecordingFile | undefined {
  return record === undefined ? undefined : createRecordingFile(record, recordSecrets === true);
}
