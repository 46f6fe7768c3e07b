// The benchmark: one table, all rows from one run, on one core where the system can pin a process to one. A
// host under load has the other core, or all of them where its two threads are to show.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { batchRows } from './batch.ts';
import { ceremonyRows } from './ceremonies.ts';
import { firstFrameRow } from './first-frame.ts';
import { answersRow } from './host/answers.ts';
import { millionRows } from './host/million.ts';
import { replyTimeRows } from './host/reply-times.ts';
import { serveStartRow } from './host/serve-start.ts';
import { twoHostsRow } from './host/two-hosts.ts';
import { whileHashingRow } from './host/while-hashing.ts';
import { idleRow } from './idle.ts';
import { memoryRows } from './memory.ts';
import { responseRows } from './responses.ts';
import { startRow } from './start.ts';
import { table, type Row } from './row.ts';

const pinned = spawnSync('taskset', ['-acp', '0', String(process.pid)]).status === 0;

const rows: Row[] = [];
const measures = [
  responseRows,
  ceremonyRows,
  memoryRows,
  startRow,
  batchRows,
  firstFrameRow,
  idleRow,
  answersRow,
  twoHostsRow,
  millionRows,
  serveStartRow,
  whileHashingRow,
  replyTimeRows,
];
for (const measure of measures) {
  console.error(`${measure.name} …`);
  rows.push(...[await measure()].flat());
}

const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
console.log(`Node ${process.versions.node}, ${processor}, ${pinned ? 'one core' : 'not pinned to a core'}\n`);
console.log(table(rows));
