// Ctrl-Z and back: gives the terminal to the shell, stops, and takes it again when the shell calls.
import type { SuspendTerminal, TerminalSuspension } from 'ink';
import type { TerminalModes } from './terminal-modes.ts';

/** The signals a process stops by and continues with; `process` has them. */
export interface Signals {
  on(signal: 'SIGTSTP' | 'SIGCONT', listener: () => void): unknown;
  off(signal: 'SIGTSTP' | 'SIGCONT', listener: () => void): unknown;
  kill(process: number, signal: 'SIGTSTP'): unknown;
}

/** Job control. */
export interface JobControl {
  /**
   * Takes over Ink's way to hand over the terminal.
   *
   * @returns A function that ends job control.
   */
  readonly attach: (suspendTerminal: SuspendTerminal) => () => void;
  /** Stops, as Ctrl-Z does; on a system without job control it only draws anew. */
  readonly stop: () => void;
}

/** How long to wait for the stop, in milliseconds. Where nobody could call the app back, the system does not stop it. */
const STOP_WAIT = 200;

/** Our own process group: what the shell runs as one job, such as this app within `npm start`. */
const OWN_GROUP = 0;

/** Makes job control. */
export function createJobControl(modes: TerminalModes, signals: Signals): JobControl {
  let suspend: SuspendTerminal | undefined;
  let suspension: TerminalSuspension | undefined;
  let busy = false;
  let fallback: NodeJS.Timeout | undefined;

  async function giveUp(): Promise<void> {
    modes.leave();
    suspension = await suspend?.();
  }

  async function takeBack(): Promise<void> {
    clearTimeout(fallback);
    const ended = suspension;
    suspension = undefined;
    await ended?.resume();
    if (suspend) modes.enter();
  }

  async function stop(): Promise<void> {
    if (busy || !suspend) return;
    busy = true;
    await giveUp();
    // With a listener the signal would only be heard; without one it stops the process.
    signals.off('SIGTSTP', onStop);
    fallback = setTimeout(() => void carryOn(), STOP_WAIT);
    signals.kill(OWN_GROUP, 'SIGTSTP');
  }

  async function carryOn(): Promise<void> {
    if (!busy) {
      // Continued without having stopped by our own doing: the shell may have changed the terminal meanwhile.
      busy = true;
      await giveUp();
    }
    signals.off('SIGTSTP', onStop);
    signals.on('SIGTSTP', onStop);
    await takeBack();
    busy = false;
  }

  const onStop = (): void => void stop();
  const onContinue = (): void => void carryOn();

  return {
    attach(suspendTerminal) {
      suspend = suspendTerminal;
      signals.on('SIGTSTP', onStop);
      signals.on('SIGCONT', onContinue);
      return () => {
        suspend = undefined;
        clearTimeout(fallback);
        signals.off('SIGTSTP', onStop);
        signals.off('SIGCONT', onContinue);
      };
    },
    stop: onStop,
  };
}
