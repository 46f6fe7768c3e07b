// How long one `dsc ocra …` takes as a whole process.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from './median.ts';
import { atMost, type Row } from './row.ts';

const DSC = join(import.meta.dirname, '../dist/dsc.js');
const ONE =
  'ocra --suite OCRA-1:HOTP-SHA1-8:QN06-PSHA1 --key 3132333435363738393031323334353637383930 --question 482915 --pin 1234'.split(
    ' ',
  );

/** Runs of each process that count. */
const ROUNDS = 61;

/** By turns with a process that does nothing, so that whatever else the machine does falls on both. */
export function startRow(): Row {
  const dsc: number[] = [];
  const node: number[] = [];
  // The first run fills the cache of compiled code.
  timeProcess([DSC, ...ONE]);
  for (let round = 0; round < ROUNDS; round++) {
    node.push(timeProcess(['-e', '0']));
    dsc.push(timeProcess([DSC, ...ONE]));
  }
  const ratio = median(dsc) / median(node);
  return {
    what: '`dsc ocra …`, whole process, median',
    value: milliseconds(median(dsc)),
    peer: '`node -e 0`',
    peerValue: milliseconds(median(node)),
    ratio,
    goal: atMost(1.5, ratio),
  };
}

function timeProcess(args: readonly string[]): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const time = performance.now() - begin;
  if (status !== 0) throw new Error(`${args.join(' ')} failed: ${stderr}`);
  return time;
}

const milliseconds = (time: number): string => `${time.toFixed(1)} ms`;
