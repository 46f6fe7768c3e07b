// Everything the command takes from outside, so that a test can stand in for all of it.
import { printer } from './printer.ts';
import type { Recording } from './recordings/read-recording.ts';
import type { RecordOptions } from './recordings/recording-file.ts';
import { readPieces } from './standard-input.ts';
import type { Language } from '../host/text/language.ts';

/** What the terminal app is opened with. */
export interface AppOptions extends RecordOptions {
  /** The card to operate; the app chooses one if none is named. */
  readonly card?: string;
  /** The language of its texts; the app asks the locale if none is named. */
  readonly lang?: Language;
}

/** How a recording is shown. */
export interface ReplayOptions {
  /** How many times faster than it was. */
  readonly speed: number;
  /** The language of its texts, as in {@link AppOptions}. */
  readonly lang?: Language | undefined;
}

/** The process around the command. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads standard input to its end, in pieces of any length; each is valid until the next is asked for. */
  readonly input: () => AsyncIterable<Uint8Array>;
  /** Whether a person is at this end. */
  readonly isTerminal: (end: StandardStream) => boolean;
  /**
   * Writes results to standard output, and waits until they have left the process. Rejects with EPIPE when their reader
   * has gone, with a `stream-trouble` of its own otherwise.
   */
  readonly print: (text: string) => Promise<void>;
  /** Writes messages to standard error, in the same way. */
  readonly complain: (text: string) => Promise<void>;
  /** Asks on the terminal without showing what is typed. Rejects when the person cancels. */
  readonly askHidden: (prompt: string) => Promise<string>;
  /**
   * Listens for the signals that ask the process to end; a second one ends it at once.
   *
   * @returns A function that ends the listening.
   */
  readonly whenAskedToEnd: (asked: (signal: string) => void) => () => void;
  /** Shows a recording on the terminal until it is over or left. */
  readonly openReplay: (recording: Recording, options: ReplayOptions) => Promise<void>;
  /** Opens the terminal app; resolves with an exit status once it was left. */
  readonly openApp: (options: AppOptions) => Promise<number>;
}

/** The standard streams, in the order of their file descriptors. */
const STANDARD_STREAMS = ['stdin', 'stdout', 'stderr'] as const;
export type StandardStream = (typeof STANDARD_STREAMS)[number];

/** The signals that ask a process to end. */
const ENDINGS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** The real process. Streams, and what asks about them, load only when they are used: each takes milliseconds. */
export function processSurroundings(): Surroundings {
  return {
    env: process.env,
    input: () => readPieces(0, () => process.stdin),
    isTerminal: (end) => process.getBuiltinModule('node:tty').isatty(STANDARD_STREAMS.indexOf(end)),
    print: printer(1, () => process.stdout),
    complain: printer(2, () => process.stderr),
    async askHidden(prompt) {
      const { askHidden } = await import('./hidden-prompt.ts');
      process.once('SIGHUP', hangUp);
      try {
        return await askHidden(prompt, process.stdin, process.stderr);
      } finally {
        process.off('SIGHUP', hangUp);
      }
    },
    whenAskedToEnd(asked) {
      let count = 0;
      const listener = (signal: NodeJS.Signals, number: number): void => {
        if (count++ > 0) process.exit(128 + number);
        asked(signal);
      };
      for (const signal of ENDINGS) process.on(signal, listener);
      return () => {
        for (const signal of ENDINGS) process.off(signal, listener);
      };
    },
    async openReplay(recording, options) {
      const { runReplay } = await import('./terminal/run-replay.ts');
      await runReplay(recording, options);
    },
    async openApp(options) {
      const { runTerminal } = await import('./terminal/run.ts');
      return runTerminal(options);
    },
  };
}

/** Ends with the status of a hang-up; by itself Node gives a terminal its echo back on SIGINT and SIGTERM only. */
function hangUp(): never {
  process.exit(129);
}
