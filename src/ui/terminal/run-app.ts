// Puts the app on the terminal and brings it to an end, whichever way it ends.
import { constants } from 'node:os';
import { render, type RenderOptions } from 'ink';
import { createElement, type ReactNode } from 'react';
import type { Texts } from '../text/texts.ts';
import type { Demo } from './demo.ts';
import { openInput } from './input/tty-input.ts';
import type { InputEvent } from './input/input-parser.ts';
import { createJobControl } from './job-control.ts';
import type { LoginHost } from './login/login-host.ts';
import { App } from './screen/app.tsx';
import { CrashBoundary } from './screen/crash-boundary.tsx';
import { paletteFor } from './screen/palette.ts';
import type { Session, SessionParts } from './session.ts';
import { createTargets } from './targets.ts';
import { createModes } from './terminal-modes.ts';

/** What a session gets from the terminal it is at. */
export type TerminalParts = Pick<
  SessionParts,
  'host' | 'targets' | 'tellsReleases' | 'useMouse' | 'leave' | 'suspend'
>;

/** What an app is made of. */
export interface AppParts {
  readonly demo: Demo;
  readonly text: Texts;
  /** Opens a session; called once the first frame stands, since nobody should wait for the card to be read. */
  readonly open: (terminal: TerminalParts) => Promise<Opened>;
}

/** A session and what makes its host, which takes a while more: it hashes the demo's password. */
export interface Opened {
  readonly session: Session;
  readonly makeHost: () => Promise<LoginHost>;
  /** Called when the app is left. */
  readonly close?: () => void;
}

/** The signals that ask a process to end. */
const ENDINGS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/** Windows has no job control, and no signals for it. */
const ignore = (): void => {};

/** Asks a terminal which enhancements of its keyboard are on. */
const ASK_KEYBOARD = '\u{1B}[?u';

/** Moves to the upper left corner and clears all that follows, without touching what was scrolled away. */
const CLEAR = '\u{1B}[H\u{1B}[J';

/**
 * Runs the app in the process's terminal until it is left.
 *
 * @returns The exit status: 0 when left, 128 and the signal's number when ended by one.
 * @throws What went wrong, after the terminal was restored.
 */
export async function runApp({ demo, text, open }: AppParts): Promise<number> {
  const { stdin, stdout } = process;
  const end = Promise.withResolvers<number>();
  const host = Promise.withResolvers<LoginHost>();
  // Nobody may be waiting for either when it fails.
  end.promise.catch(() => {});
  host.promise.catch(() => {});

  const write = (codes: string): void => void stdout.write(codes);
  const modes = createModes(write);
  const jobControl = createJobControl(modes, process);
  const targets = createTargets();
  // Ink's own sign that a screen reader reads.
  const isSpoken = process.env['INK_SCREEN_READER'] === 'true';
  const palette = paletteFor(stdout.getColorDepth(), isSpoken);
  // What happens before there is a session waits for it.
  const early: InputEvent[] = [];
  let session: Session | undefined;
  let close: (() => void) | undefined;
  const input = openInput(
    stdin,
    (event) => (session ? session.controller.handle(event) : void early.push(event)),
    () => {
      modes.useKeyboard();
      write(ASK_KEYBOARD);
    },
  );
  const stopListening = listenForEnds(end);

  const app = (): ReactNode =>
    createElement(
      CrashBoundary,
      { onCrash: end.reject },
      createElement(App, { session, demo, text, palette, targets, modes, jobControl }),
    );
  /**
   * A terminal that gets another size moves what stands on it about, each in its own way, while Ink goes on from where
   * it believes its lines to be. Heard before Ink hears of the size, this leaves it nothing to go on from.
   */
  const drawAnew = (): void => {
    if (isSpoken || !modes.areEntered()) return;
    ink.clear();
    write(CLEAR);
    ink.rerender(app());
  };
  stdout.on('resize', drawAnew);
  const ink = render(app(), inkOptions(input.stream, isSpoken));
  ink.waitUntilExit().catch(end.reject);
  try {
    await ink.waitUntilRenderFlush();
    write(ASK_KEYBOARD);
    const opened = await open({
      host: host.promise,
      targets,
      tellsReleases: input.tellsReleases,
      useMouse: modes.useMouse,
      leave: () => end.resolve(0),
      suspend: process.platform === 'win32' ? ignore : jobControl.stop,
    });
    ({ session, close } = opened);
    ink.rerender(app());
    early.forEach(session.controller.handle);
    opened.makeHost().then(host.resolve, host.reject);
    return await end.promise;
  } finally {
    stdout.off('resize', drawAnew);
    session?.finger.letGo();
    ink.unmount();
    await ink.waitUntilExit().catch(() => {});
    input.close();
    stopListening();
    close?.();
  }
}

function inkOptions(stdin: NodeJS.ReadableStream, isSpoken: boolean): RenderOptions {
  return {
    stdin,
    interactive: true,
    // A screen reader reads what is written line by line, and later what it has read.
    alternateScreen: !isSpoken,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
  };
}

/** Listens for whatever ends the app from outside. @returns A function that ends the listening. */
function listenForEnds(end: PromiseWithResolvers<number>): () => void {
  const { stdin, stdout } = process;
  const hangUp = (): void => end.resolve(128 + constants.signals.SIGHUP);
  const endings = ENDINGS.map(
    (signal) => [signal, (): void => end.resolve(128 + constants.signals[signal])] as const,
  );
  for (const [signal, listener] of endings) process.on(signal, listener);
  process.on('uncaughtException', end.reject);
  // A terminal that is gone can be neither read nor written.
  stdin.on('end', hangUp).on('error', hangUp);
  stdout.on('error', hangUp);
  return () => {
    for (const [signal, listener] of endings) process.off(signal, listener);
    process.off('uncaughtException', end.reject);
    stdin.off('end', hangUp).off('error', hangUp);
    stdout.off('error', hangUp);
  };
}
