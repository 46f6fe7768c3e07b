// What the app costs while nobody touches it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';
import { secondsOfProcessor } from './processor-time.ts';
import type { Row } from './row.ts';

const DSC = join(import.meta.dirname, '../dist/dsc.js');

/** Time for the app to settle, and time it is watched, in milliseconds. */
const SETTLE = 3000;
const WATCH = 30_000;

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
    const before = secondsOfProcessor(child.pid);
    await setTimeout(WATCH);
    const share = (secondsOfProcessor(child.pid) - before) / (WATCH / 1000);
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
