// What the app costs while nobody touches it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';
import type { Row } from './row.ts';

const DSC = join(import.meta.dirname, '../dist/dsc.js');

/** Time for the app to settle, and time it is watched, in milliseconds. */
const SETTLE = 3000;
const WATCH = 30_000;

/** Clock ticks a second in /proc: USER_HZ, 100 on every Linux. */
const TICKS_PER_SECOND = 100;

const ASKED = 0.005;

/** The share of one core that the app takes when left alone. Reads /proc, so it runs on Linux alone. */
export async function idleRow(): Promise<Row> {
  const home = mkdtempSync(join(tmpdir(), 'dsc-bench-'));
  const child = spawn(process.execPath, [DSC], {
    cols: 100,
    rows: 30,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, DSC_HOME: home, LANG: 'en_US.UTF-8' },
  });
  const ended = new Promise<void>((resolve) => void child.onExit(() => resolve()));
  try {
    await setTimeout(SETTLE);
    const before = secondsOfCpu(child.pid);
    await setTimeout(WATCH);
    const share = (secondsOfCpu(child.pid) - before) / (WATCH / 1000);
    return {
      what: 'app left alone for 30 s, share of a core',
      value: `${(share * 100).toFixed(2)} %`,
      peer: 'asked',
      peerValue: `${ASKED * 100} %`,
      ratio: share / ASKED,
      goal: { asked: `< ${ASKED * 100} %`, reached: share < ASKED },
    };
  } finally {
    child.kill('SIGKILL');
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** CPU time of a process in user and system mode so far: fields 14 and 15 of /proc/PID/stat (proc(5)). */
function secondsOfCpu(pid: number): number {
  // The second field is the program's name in parentheses, and may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
