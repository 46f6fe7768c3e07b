import { EventEmitter } from 'node:events';
import type { SuspendTerminal, TerminalSuspension } from 'ink';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createJobControl, type Signals } from '../../../src/ui/terminal/job-control.ts';

/** A process that writes down what happens to it and its terminal. */
class FakeProcess extends EventEmitter implements Signals {
  readonly log: string[] = [];
  kill(target: number, signal: string): void {
    this.log.push(`${signal} to ${target}, heard by ${this.listenerCount(signal)}`);
  }
}

function set() {
  const process = new FakeProcess();
  const modes = {
    enter: () => process.log.push('modes on'),
    leave: () => process.log.push('modes off'),
    useMouse: () => {},
    useKeyboard: () => {},
    areEntered: () => true,
  };
  const suspension: TerminalSuspension = {
    resume: async () => void process.log.push('Ink resumed'),
    [Symbol.asyncDispose]: async () => {},
  };
  const suspendTerminal = (async () => {
    process.log.push('Ink suspended');
    return suspension;
  }) as SuspendTerminal;
  const jobControl = createJobControl(modes, process);
  const detach = jobControl.attach(suspendTerminal);
  return { process, jobControl, detach, log: process.log };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

it('gives the terminal back before it stops, and takes it again when continued', async () => {
  const { process, jobControl, log } = set();
  jobControl.stop();
  await settle();
  expect(log).toEqual(['modes off', 'Ink suspended', 'SIGTSTP to 0, heard by 0']);
  log.length = 0;
  process.emit('SIGCONT');
  await settle();
  expect(log).toEqual(['Ink resumed', 'modes on']);
});

it('stops in the same way when the signal comes from outside', async () => {
  const { process, log } = set();
  process.emit('SIGTSTP');
  await settle();
  expect(log).toEqual(['modes off', 'Ink suspended', 'SIGTSTP to 0, heard by 0']);
  process.emit('SIGCONT');
  await settle();
  expect(process.listenerCount('SIGTSTP')).toBe(1);
});

it('carries on by itself where the system does not stop it', async () => {
  const { jobControl, log } = set();
  jobControl.stop();
  await vi.advanceTimersByTimeAsync(300);
  expect(log.slice(3)).toEqual(['Ink resumed', 'modes on']);
});

it('takes the terminal anew when it was stopped without being asked', async () => {
  const { process, log } = set();
  process.emit('SIGCONT');
  await settle();
  expect(log).toEqual(['modes off', 'Ink suspended', 'Ink resumed', 'modes on']);
});

it('leaves no listener behind', () => {
  const { process, detach } = set();
  detach();
  expect(process.eventNames()).toEqual([]);
});
