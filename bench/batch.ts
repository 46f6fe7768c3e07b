// A million lines through `dsc ocra --batch`, for one key.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { perSecond } from './rate.ts';
import type { Row } from './row.ts';

const DSC = join(import.meta.dirname, '../dist/dsc.js');
const PEER = join(import.meta.dirname, 'batch-peer.ts');

const LINES = 1_000_000;
const LINES_PER_SECOND_ASKED = 100_000;
/** In bytes. */
const MEMORY_ASKED = 150e6;

/** Bytes written to a file at once. */
const PIECE = 1 << 20;

/** Speed and memory of the batch, beside a script with Node's own means that must give the same responses. */
export function batchRows(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'dsc-bench-'));
  try {
    const input = join(folder, 'questions');
    writeQuestions(input);
    const ours = run([DSC, 'ocra', '--batch'], input, join(folder, 'ours'));
    const peer = run([PEER], input, join(folder, 'peer'));
    if (!ours.responses.equals(peer.responses)) throw new Error('the batch and its peer do not agree');
    const beside = { peer: 'readline, JSON.parse, createHmac' };
    return [
      {
        what: '`dsc ocra --batch`, a million lines, one key',
        value: perSecond(ours.linesPerSecond),
        ...beside,
        peerValue: perSecond(peer.linesPerSecond),
        ratio: ours.linesPerSecond / peer.linesPerSecond,
        goal: {
          asked: `≥ ${perSecond(LINES_PER_SECOND_ASKED)}`,
          reached: ours.linesPerSecond >= LINES_PER_SECOND_ASKED,
        },
      },
      {
        what: 'its resident memory at the most',
        value: megabytes(ours.peakMemory),
        ...beside,
        peerValue: megabytes(peer.peakMemory),
        ratio: ours.peakMemory / peer.peakMemory,
        goal: { asked: `< ${megabytes(MEMORY_ASKED)}`, reached: ours.peakMemory < MEMORY_ASKED },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a run from file to file took, its start included. */
interface Cost {
  readonly linesPerSecond: number;
  /** In bytes, as the process itself sees it at its end. */
  readonly peakMemory: number;
  readonly responses: Buffer;
}

function run(program: readonly string[], input: string, output: string): Cost {
  const [from, to] = [openSync(input, 'r'), openSync(output, 'w')];
  const sayPeak = `process.on('exit', () => process._rawDebug(process.resourceUsage().maxRSS))`;
  const begin = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${sayPeak}`, ...program],
    { stdio: [from, to, 'pipe'], encoding: 'utf8' },
  );
  const seconds = (performance.now() - begin) / 1000;
  closeSync(from);
  closeSync(to);
  if (status !== 0) throw new Error(`${program.join(' ')} failed: ${stderr}`);
  return {
    linesPerSecond: LINES / seconds,
    peakMemory: Number(stderr) * 1024,
    responses: readFileSync(output),
  };
}

function writeQuestions(path: string): void {
  const suite = 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1';
  const keyHex = '3132333435363738393031323334353637383930';
  const file = openSync(path, 'w');
  let piece = '';
  for (let i = 0; i < LINES; i++) {
    const question = String(i % 1_000_000).padStart(6, '0');
    piece += `${JSON.stringify({ suite, keyHex, question, pin: '1234' })}\n`;
    if (piece.length < PIECE && i < LINES - 1) continue;
    writeSync(file, piece);
    piece = '';
  }
  closeSync(file);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
