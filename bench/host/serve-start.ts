// How soon a new host answers: `dsc host serve` with nothing there yet, database and keys included.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../median.ts';
import type { Row } from '../row.ts';
import { nodeOn } from './cores.ts';

const DSC = join(import.meta.dirname, '../../dist/dsc.js');
const ROUNDS = 21;
const WARM_UP = 2;

/** Milliseconds that making a database and a server may take beyond three times an empty program. */
const ALLOWED = 200;

/**
 * From the start to the line with the address, printed when it answers; by turns with a process that does nothing. On all
 * cores: the host's two threads load beside each other.
 */
export async function serveStartRow(): Promise<Row> {
  const times = { serve: new Array<number>(), node: new Array<number>() };
  const home = mkdtempSync(join(tmpdir(), 'dsc-bench-'));
  try {
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const node = timeNode();
      const serve = await timeServe(join(home, String(round)));
      if (round < 0) continue;
      times.node.push(node);
      times.serve.push(serve);
    }
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  }
  const [serve, node] = [median(times.serve), median(times.node)];
  return {
    what: '`dsc host serve`, start to ready, empty database, median',
    value: `${Math.round(serve)} ms`,
    peer: '`node -e 0`',
    peerValue: `${Math.round(node)} ms`,
    ratio: serve / node,
    goal: { asked: `≤ 3 × + ${ALLOWED} ms`, reached: serve <= 3 * node + ALLOWED },
  };
}

async function timeServe(home: string): Promise<number> {
  const [command, ...args] = nodeOn('all', [DSC, 'host', 'serve', '--port', '0']);
  const start = performance.now();
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'], HOME: home, DSC_HOME: home, LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  const said = await Promise.race([once(child.stdout, 'data'), ended]);
  const time = performance.now() - start;
  // Ended as an operator ends it: a killed process keeps no compiled code for the next start.
  child.kill('SIGTERM');
  await ended;
  if (!String(said[0]).startsWith('http')) throw new Error('dsc host serve ended before it listened');
  return time;
}

function timeNode(): number {
  const [command, ...args] = nodeOn('all', ['-e', '0']);
  const start = performance.now();
  spawnSync(command, args);
  return performance.now() - start;
}
