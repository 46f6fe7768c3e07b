// The terminal app: `dsc` without a subcommand.
import { CommandError } from '../command-error.ts';
import { dataFolder } from '../data-folder.ts';
import type { Memory } from '../../firmware/memory.ts';
import type { RecordOptions } from '../recordings/recording-file.ts';
import type { AppOptions } from '../surroundings.ts';
import { systemClock, systemHostClock } from '../system-clock.ts';
import { languageOfLocale } from '../text/language.ts';
import { textsIn } from '../text/texts.ts';
import { DEMO } from './demo.ts';
import type { KnownCard } from './demo-host.ts';
import { createStore } from './store.ts';
import { runApp, type Opened, type TerminalParts } from './run-app.ts';

/**
 * Opens the app in the process's terminal and stays until it is left.
 *
 * @returns The exit status: 0 when left, 128 and the signal's number when ended by one.
 * @throws {CommandError} `wrong-use` without a terminal; and what reading the card throws. Whatever else went wrong is
 *   thrown once the terminal is as it was.
 */
export async function runTerminal({ card, lang, ...recording }: AppOptions): Promise<number> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new CommandError('wrong-use', 'this is no terminal; run dsc in one, or "dsc respond" in a script');
  }
  return runApp({
    demo: DEMO,
    text: textsIn(lang ?? languageOfLocale(process.env)),
    open: (terminal) => open(terminal, card, recording),
  });
}

/** What is loaded here is not needed for the first frame, and would hold it up. */
async function open(
  terminal: TerminalParts,
  name: string | undefined,
  recording: RecordOptions,
): Promise<Opened> {
  const [{ takeNamedCard }, { createSession }, { recordingOf }] = await Promise.all([
    import('./demo-card.ts'),
    import('./session.ts'),
    import('../recordings/recording-file.ts'),
  ]);
  const { memory, putBack } = await takeNamedCard(process.env, name);
  const record = recordingOf(recording);
  const webPage = createStore<string | undefined>(undefined);
  return {
    session: createSession({
      ...terminal,
      memory,
      record,
      clock: systemClock,
      timeOfDay: () => systemHostClock.now(),
      webPage,
    }),
    async makeHost() {
      const { openDemo } = await import('./demo-service.ts');
      const { login, serve } = await openDemo(await dataFolder(process.env), knownCard(memory));
      // The login in the terminal does not wait for the pages.
      serve().then(
        (address) => webPage.set(address),
        () => undefined,
      );
      return login;
    },
    close() {
      putBack();
      record?.end();
    },
  };
}

/** What the host must know of the card; undefined where the card itself does not. */
function knownCard(memory: Memory): KnownCard | undefined {
  try {
    return { ...memory.identity, key: memory.load().key };
  } catch {
    return undefined;
  }
}
