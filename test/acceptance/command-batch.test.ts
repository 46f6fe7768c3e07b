// `dsc ocra --batch` between real pipes and files.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DSC, dsc, start, temporaryFolder } from './command-run.ts';

const BATCH = ['ocra', '--batch'];

/** Milliseconds that the other end of a pipe lets the command wait: real ones, since the pipe is real. */
const SLOW = 300;

function question(number: number): string {
  return JSON.stringify({
    suite: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1',
    keyHex: '3132333435363738393031323334353637383930',
    question: String(number).padStart(6, '0'),
    pin: '1234',
  });
}

describe('a batch', () => {
  test('loses no line of a large file, and none of a pipe', () => {
    const count = 20_000;
    const lines = Array.from({ length: count }, (_, i) => (i % 1000 === 999 ? 'bad' : question(i)));
    const folder = temporaryFolder();
    const [input, output] = [join(folder, 'in'), join(folder, 'out')];
    writeFileSync(input, lines.join('\n'));
    const piped = dsc(BATCH, { input: lines.join('\n') });
    const answers = piped.stdout.split('\n');
    expect(answers).toHaveLength(count + 1);
    expect(answers[1]).toBe('82666722');
    answers.slice(0, count).forEach((answer, i) => {
      expect(answer).toMatch(i % 1000 === 999 ? /^error: the line is not JSON$/ : /^[0-9]{8}$/);
    });
    expect(piped).toMatchObject({
      status: 1,
      stderr: `error: 20 of ${count} lines were refused; the reasons stand in their place in the output\n`,
    });
    const [from, to] = [openSync(input, 'r'), openSync(output, 'w')];
    const { status } = spawnSync(process.execPath, [DSC, ...BATCH], { stdio: [from, to, 'ignore'] });
    closeSync(from);
    closeSync(to);
    expect(status).toBe(1);
    expect(readFileSync(output, 'utf8') === piped.stdout).toBe(true);
  });

  test('answers each line as soon as it comes', async () => {
    const { child, ended } = start(BATCH);
    const answers = child.stdout?.[Symbol.asyncIterator]();
    child.stdin?.write(`${question(1)}\n`);
    expect((await answers?.next())?.value).toBe('82666722\n');
    child.stdin?.write(question(0).slice(0, 30));
    child.stdin?.write(`${question(0).slice(30)}\n`);
    expect((await answers?.next())?.value).toBe('43656911\n');
    child.stdin?.end();
    expect(await ended).toMatchObject({ status: 0, stderr: '' });
  });

  test('ends quietly when its reader has seen enough', () => {
    const { stdout, stderr } = spawnSync(
      'bash',
      [
        '-c',
        `set -o pipefail; yes "$QUESTION" | "$NODE" "$DSC" ocra --batch | head -n 2; echo "\${PIPESTATUS[1]}"`,
      ],
      { env: { ...process.env, NODE: process.execPath, DSC, QUESTION: question(1) }, encoding: 'utf8' },
    );
    expect(stdout).toBe('82666722\n82666722\n0\n');
    expect(stderr).toBe('');
  });

  test('says in one line that its input cannot be read', async () => {
    const folder = openSync(temporaryFolder(), 'r');
    const { ended } = start(BATCH, { stdio: [folder, 'pipe', 'pipe'] });
    closeSync(folder);
    expect(await ended).toMatchObject({
      status: 1,
      stdout: '',
      stderr:
        'error: cannot read standard input: illegal operation on a directory; give it a file or a pipe\n',
    });
  });

  test('waits for a slow reader of a pipe that does not block', async () => {
    const pipe = namedPipe();
    // Opened for both, so that opening does not wait.
    const end = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const lines = Array.from({ length: 20_000 }, (_, i) => question(i)).join('\n');
    const { child, ended } = startWith('>&3', end);
    child.stdin?.end(lines);
    // 180,000 bytes do not fit the pipe, of 64 KiB: the command is told to try again, and has to wait for this reader.
    await setTimeout(SLOW);
    const reader = spawn('head', ['-n', '20000', pipe]);
    let answers = '';
    reader.stdout.setEncoding('utf8').on('data', (text: string) => (answers += text));
    const read = new Promise((resolve) => reader.on('close', resolve));
    expect(await ended).toEqual({ status: 0, output: '' });
    await read;
    // Compared as a whole: the difference would be thousands of lines.
    expect(answers === dsc(BATCH, { input: lines }).stdout).toBe(true);
  });

  test('waits for a slow writer to a pipe that does not block', async () => {
    const pipe = namedPipe();
    const end = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(pipe, 'w');
    const { child, ended } = startWith('<&3', end);
    writeSync(writer, `${question(1)}\n${question(0).slice(0, 9)}`);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    await setTimeout(SLOW);
    writeSync(writer, question(0).slice(9));
    closeSync(writer);
    expect(await ended).toEqual({ status: 0, output: '82666722\n43656911\n' });
  });
});

function namedPipe(): string {
  const pipe = join(temporaryFolder(), 'pipe');
  spawnSync('mkfifo', [pipe]);
  return pipe;
}

/** Starts a batch with a non-blocking end of a pipe. A shell must hand it on: Node makes standard streams blocking. */
function startWith(redirection: string, end: number) {
  const child = spawn('bash', ['-c', `exec "$NODE" "$DSC" ocra --batch ${redirection} 2>&1`], {
    stdio: ['pipe', 'pipe', 'inherit', end],
    env: { ...process.env, NODE: process.execPath, DSC },
  });
  closeSync(end);
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(([status]: unknown[]) => ({ status, output }));
  return { child, ended };
}
