// How soon the app stands on the screen, beside the least an Ink program can be, bundled the same way.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { build } from 'tsdown';
import config from '../tsdown.config.ts';
import { median } from './median.ts';
import { atMost, type Row } from './row.ts';

const DSC = join(import.meta.dirname, '../dist/dsc.js');
const HELLO = join(import.meta.dirname, 'hello.ts');

/** Starts of each that count, after two that fill the caches. */
const ROUNDS = 15;
const WARM_UP = 2;

/** Start to first frame, both in a pseudo-terminal, by turns. */
export async function firstFrameRow(): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'dsc-bench-'));
  try {
    const hello = await bundle(folder);
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, DSC_HOME: folder, LANG: 'en_US.UTF-8' };
    const times: Record<'app' | 'hello', number[]> = { app: [], hello: [] };
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const app = await firstFrame(DSC, 'demo-pass', env);
      const peer = await firstFrame(hello, 'Hello', env);
      if (round < 0) continue;
      times.app.push(app);
      times.hello.push(peer);
    }
    const [app, peer] = [median(times.app), median(times.hello)];
    return {
      what: 'app, start to first frame, median',
      value: `${Math.round(app)} ms`,
      peer: 'Ink "hello", bundled the same way',
      peerValue: `${Math.round(peer)} ms`,
      ratio: app / peer,
      goal: atMost(1.5, app / peer),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Milliseconds from starting a program until this text is on its terminal. */
function firstFrame(program: string, text: string, env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    let written = '';
    const start = performance.now();
    const child = spawn(process.execPath, [program], { cols: 100, rows: 30, env });
    let time = 0;
    child.onData((data) => {
      written += data;
      if (time > 0 || !written.includes(text)) return;
      time = performance.now() - start;
      // Left as a person leaves it: a killed process keeps no compiled code for the next start.
      child.write('q');
    });
    child.onExit(() => {
      if (time > 0) resolve(time);
      else reject(new Error(`${program} ended before its first frame: ${written}`));
    });
  });
}

/** Bundles the peer with the very configuration of the command. */
async function bundle(outDir: string): Promise<string> {
  const [command] = config;
  await build({ ...command, config: false, name: 'hello', entry: { hello: HELLO }, outDir });
  return join(outDir, 'hello.js');
}
