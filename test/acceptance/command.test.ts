// The command as scripts meet it: arguments in, exact output, exit status.
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dsc, environment, start, temporaryFolder } from './command-run.ts';

const KEY_HEX = '3132333435363738393031323334353637383930';
const OCRA = ['ocra', '--suite', 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1', '--key', KEY_HEX];

describe('the built command', () => {
  test('answers a challenge with a card made a moment ago, in exact output', () => {
    const home = temporaryFolder();
    expect(dsc(['card', 'new', 'work', '--key-stdin'], { home, input: KEY_HEX })).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(dsc(['respond', '000001', '--pin-stdin'], { home, input: '1234\n' })).toMatchObject({
      status: 0,
      stdout: '82666722\n',
      stderr: '',
    });
    expect(dsc([...OCRA, '--question', '000001', '--pin', '1234'], { home })).toMatchObject({
      status: 0,
      stdout: '82666722\n',
      stderr: '',
    });
  });

  test('exits 1 when it refuses and 2 when it is used wrongly, in one line', () => {
    expect(dsc(['card', 'rm', 'work'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: there is no card work, [^\n]+\n$/),
    });
    expect(dsc([...OCRA, '--question', 'x', '--pin', '1234'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error: --question: must be 1 to 6 decimal digits[^\n]*\n$/),
    });
    expect(dsc(['card', 'new', '../evil'])).toMatchObject({ status: 2, stdout: '' });
    expect(dsc(['nonsense'])).toMatchObject({ status: 2, stdout: '' });
  });

  test('exits 2 without a terminal, and waits for nothing', () => {
    expect(dsc([])).toMatchObject({
      status: 2,
      stdout: '',
      stderr:
        'error: the app needs a terminal for its input and output; run it in one, or use a command, see "dsc --help"\n',
    });
  });

  test('does not wait for a PIN that cannot come', async () => {
    const home = temporaryFolder();
    dsc(['card', 'new', 'work'], { home });
    // The pipe to its standard input stays open, as under a supervisor.
    const { ended } = start(['respond', '000001'], { env: environment(home) });
    expect(await ended).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error: there is no PIN/),
    });
  });

  test('shows where an error comes from with --debug only', () => {
    expect(dsc(['card', 'show', 'work', '--debug']).stderr).toMatch(
      /^error: [^\n]+\nCommandError: [^\n]+\n(?: +at .*\n)+/,
    );
    expect(dsc(['card', 'show', 'work']).stderr).toMatch(/^error: [^\n]+\n$/);
  });

  test.runIf(existsSync('/dev/full'))('says that its output does not fit', async () => {
    const full = openSync('/dev/full', 'w');
    const { ended } = start(['--help'], { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    expect(await ended).toMatchObject({
      status: 1,
      stderr:
        'error: cannot write the output: no space left on device; free some space or send it elsewhere\n',
    });
  });

  test('keeps compiled code in the cache folder of the user, and nothing elsewhere', () => {
    const home = temporaryFolder();
    dsc(['--version'], { home, env: { TMPDIR: join(home, 'tmp') } });
    expect(existsSync(join(home, '.cache', 'dsc-plus'))).toBe(true);
    expect(existsSync(join(home, 'tmp'))).toBe(false);
    const cache = join(home, 'elsewhere');
    dsc(['--version'], { home, env: { XDG_CACHE_HOME: cache } });
    expect(existsSync(join(cache, 'dsc-plus'))).toBe(true);
  });

  test('runs without any place to keep that', () => {
    for (const env of [
      { HOME: '/dev/null' },
      { HOME: '' },
      { XDG_CACHE_HOME: '/dev/null/cache' },
      { XDG_CACHE_HOME: 'here' },
    ]) {
      expect(dsc(['--version'], { env })).toMatchObject({ status: 0, stderr: '' });
    }
  });
});

test('no signal opens a debugger in a process that holds keys', async () => {
  const { child, ended } = start(['ocra', '--batch'], { env: environment(temporaryFolder()) });
  // An answer shows that the command is past its start.
  const answered = new Promise((resolve) => child.stdout?.once('data', resolve));
  child.stdin?.write('{}\n');
  await answered;
  child.kill('SIGUSR1');
  child.stdin?.end('{}\n');
  const { stdout, stderr } = await ended;
  expect(stdout.trim().split('\n')).toHaveLength(2);
  expect(stderr).not.toMatch(/debugger/i);
});

describe('on a Node that is too old', () => {
  /** Node that says it is of another version. */
  const pretend = (version: string) => [
    '--import',
    `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`,
  ];

  test.each(['18.20.4', '20.19.0', '23.11.1'])('%s it says so in one line and exits 2', (version) => {
    expect(dsc(['--version'], { node: pretend(version) })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `error: dsc needs Node 24 or newer, this is ${version}; install a newer one from https://nodejs.org\n`,
    });
  });

  test.each(['24.0.0', '26.1.0'])('but not on %s', (version) => {
    expect(dsc(['--version'], { node: pretend(version) })).toMatchObject({ status: 0, stderr: '' });
  });
});
