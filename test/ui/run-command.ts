// Runs `dsc` inside the test: nothing of the real process is read or written but the folder given in DSC_HOME.
import { runCli } from '../../src/ui/cli.ts';
import type { Recording } from '../../src/ui/recordings/read-recording.ts';
import type { AppOptions, StandardStream, Surroundings } from '../../src/ui/surroundings.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** What a run of the command left behind. */
export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the app was opened with, each time. */
  readonly opened: AppOptions[];
  /** What was replayed on the terminal, each time. */
  readonly replayed: Replayed[];
  /** The prompts that were shown. */
  readonly asked: string[];
}

interface Replayed {
  readonly recording: Recording;
  readonly speed: number;
  readonly lang: string | undefined;
}

/** What surrounds a run; nobody at a terminal, no input, and no folder for cards unless told. */
export interface Setting {
  readonly env?: Record<string, string>;
  readonly input?: string | Uint8Array;
  /** The ends a person is at. */
  readonly terminals?: readonly StandardStream[];
  /** What that person types at the hidden prompts: always the same, or one after the other. */
  readonly typed?: string | readonly string[];
  /** What the app exits with. */
  readonly appStatus?: number;
  /** Asks the command to end, with the text that stands on standard output by then; by default never. */
  readonly endWhen?: (stdout: string) => Promise<unknown>;
  /** Fails every write to standard output with this error. */
  readonly outputError?: Error;
}

/** Runs the command once. */
export async function run(args: readonly string[], setting: Setting = {}): Promise<Run> {
  const { input = '', terminals = [], typed, appStatus = 0, outputError, endWhen } = setting;
  let askToEnd: ((signal: string) => void) | undefined;
  const env = { DSC_HOME: '/nonexistent/dsc', ...setting.env };
  const left = {
    stdout: '',
    stderr: '',
    opened: [] as AppOptions[],
    replayed: [] as Replayed[],
    asked: [] as string[],
  };
  const around: Surroundings = {
    env,
    async *input() {
      yield Buffer.from(input);
    },
    isTerminal: (end) => terminals.includes(end),
    async print(text) {
      if (outputError) throw outputError;
      left.stdout += text;
      // Not awaited: what is done meanwhile may need the command to go on.
      if (endWhen) void endWhen(left.stdout).finally(() => askToEnd?.('SIGTERM'));
    },
    async complain(text) {
      left.stderr += text;
    },
    async askHidden(prompt) {
      const answer = typeof typed === 'string' ? typed : typed?.[left.asked.length];
      left.asked.push(prompt);
      if (answer === undefined) throw new Error('nobody is there to type');
      return answer;
    },
    whenAskedToEnd(asked) {
      askToEnd = asked;
      return () => undefined;
    },
    async openReplay(recording, { speed, lang }) {
      left.replayed.push({ recording, speed, lang });
    },
    async openApp(options) {
      left.opened.push(options);
      return appStatus;
    },
  };
  return { status: await runCli(args, around), ...left };
}

/** Runs commands on one empty folder of cards. */
export function withCards(): { home: string; dsc: (args: string[], setting?: Setting) => Promise<Run> } {
  const home = temporaryFolder();
  return {
    home,
    dsc: (args, setting) => run(args, { ...setting, env: { DSC_HOME: home, ...setting?.env } }),
  };
}
