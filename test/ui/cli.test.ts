import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { run, withCards } from './run-command.ts';

const project = join(import.meta.dirname, '../..');

const COMMANDS = [
  'card',
  ...['new', 'list', 'show', 'rm', 'export', 'import', 'upgrade', 'battery'].map((name) => `card ${name}`),
  'respond',
  'replay',
  'ocra',
  'completion',
];

describe('dsc', () => {
  test('--version prints the version alone', async () => {
    expect(await run(['--version'])).toMatchObject({
      status: 0,
      stdout: `${packageJson.version}\n`,
      stderr: '',
    });
  });

  test('--help names every command, with an example', async () => {
    const { status, stdout, stderr } = await run(['--help']);
    for (const name of ['card', 'respond', 'replay', 'ocra', 'completion'])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    expect(stdout).toContain('Example:\n  $ dsc');
    expect(stdout).not.toMatch(/^ {2}complete /m);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('--help names every variable of its own that is read', async () => {
    const sources = globSync('src/ui/**/*.ts', { cwd: project }).map((file) =>
      readFileSync(join(project, file), 'utf8'),
    );
    const read = new Set(sources.flatMap((source) => source.match(/\bDSC_(?!PLUS\b)[A-Z_]+\b/g) ?? []));
    expect(read.size).toBeGreaterThan(3);
    const [all, hosts] = [(await run(['--help'])).stdout, (await run(['host', '--help'])).stdout];
    for (const name of read) {
      expect(all).toMatch(new RegExp(`^ {2}${name} `, 'm'));
      expect(hosts).toContain(name);
    }
  });

  test.each(COMMANDS)('%s --help has an example', async (name) => {
    const { status, stdout, stderr } = await run([...name.split(' '), '--help']);
    expect(stdout).toContain(`Usage: dsc ${name} `);
    expect(stdout).toMatch(/^Example/m);
    expect(stdout.split('\n').at(-2)).toMatch(/dsc /);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

test('the help of ocra warns once that everybody can see arguments', async () => {
  const { stdout } = await run(['ocra', '--help']);
  expect(stdout.match(/can see arguments/g)).toHaveLength(1);
  expect(stdout).toMatch(/can see arguments: --key, --pin, --pin-hash and --session are for published/);
});

test('the help tells which card is operated where none is named', async () => {
  expect((await run(['--help'])).stdout.replace(/\s+/g, ' ')).toContain('default: the demo card, made at');
  expect((await run(['respond', '--help'])).stdout.replace(/\s+/g, ' ')).toContain(
    'the demo card counts if there is no other',
  );
});

describe('wrong use is one line and exit status 2', () => {
  test.each([
    [['nonsense'], `error: unknown command 'nonsense'; see "dsc --help"`],
    [['help'], `error: unknown command 'help'; see "dsc --help"`],
    [['--nonsense'], `error: unknown option '--nonsense'; see "dsc --help"`],
    [['--lang'], `error: option '--lang <language>' argument missing; see "dsc --help"`],
    [
      ['--lang', 'de'],
      `error: option '--lang <language>' argument is invalid. Use en, ru, zh-Hant; see "dsc --help"`,
    ],
    [
      ['card'],
      `error: say what to do: new, list, show, rm, export, import, upgrade, battery; see "dsc card --help"`,
    ],
    [['card', 'make'], `error: unknown command 'make'; see "dsc card --help"`],
    [['card', 'new'], `error: missing required argument 'name'; see "dsc card new --help"`],
    [['card', 'new', 'a', 'b'], `error: too many arguments (expected 1, got 2); see "dsc card new --help"`],
    [['card', 'rm'], `error: missing required argument 'card'; see "dsc card rm --help"`],
    [
      ['card', 'list', '--jsno'],
      `error: unknown option '--jsno' (Did you mean --json?); see "dsc card list --help"`,
    ],
    [['card', 'export', 'work'], `error: missing required argument 'file'; see "dsc card export --help"`],
    [['card', 'import'], `error: missing required argument 'file'; see "dsc card import --help"`],
    [['card', 'upgrade'], `error: missing required argument 'card'; see "dsc card upgrade --help"`],
    [
      ['card', 'battery', 'work'],
      `error: required option '--full' not specified; see "dsc card battery --help"`,
    ],
    [['respond'], `error: missing required argument 'challenge'; see "dsc respond --help"`],
    [['respond', '123456', '123456'], /^error: too many arguments/],
    [['respond', '--pin', '1234', '123456'], /^error: unknown option '--pin'/],
    [['respond', '--pni=1234', '123456'], /^error: unknown option '--pni'; see/],
    [['respond', '-p1234', '123456'], `error: unknown option; see "dsc respond --help"`],
    [
      ['respond', '123456', '--record-secrets'],
      'error: --record-secrets goes with --record; say which file to record to',
    ],
    [['respond', '123456', '--record', '--record-secrets'], /^error: --record takes the name of a file; /],
    [['--record', '', 'respond', '123456'], /^error: --record takes the name of a file; /],
    [['--record-secrets'], /^error: --record-secrets goes with --record/],
    [['--record-secrets', 'respond', '123456'], /^error: --record-secrets goes with --record/],
    [
      ['--record', 'x', 'card', 'list'],
      `error: option '--record' does not go with this command; see "dsc card list --help"`,
    ],
    [['--record-secrets', 'completion', 'bash'], /^error: option '--record-secrets' does not go with this/],
    [['--card', 'work', 'card', 'show', 'work'], /^error: option '--card' does not go with this command/],
    [['completion'], `error: missing required argument 'shell'; see "dsc completion --help"`],
    [['completion', 'tcsh'], /^error: command-argument value is invalid.*bash, zsh, fish; see/],
    [['evil\u001b[2Jcommand'], `error: unknown command; see "dsc --help"`],
    [['two\nlines'], `error: unknown command; see "dsc --help"`],
    [['x'.repeat(100_000)], `error: unknown command; see "dsc --help"`],
    [['--lang=\u202e'], /^error: option '--lang <language>' argument is invalid/],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await run(args, { terminals: ['stdin', 'stdout', 'stderr'] });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    if (typeof message === 'string') expect(stderr).toBe(`${message}\n`);
    else expect(stderr.trimEnd()).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('the exit status', () => {
  const KEY = '00'.repeat(20);

  test.each([
    [['respond', '00001']],
    [['respond', '000001', '--card', 'A']],
    [['card', 'show', 'A']],
    [['card', 'rm', '']],
    [['card', 'new', 'A']],
    [['card', 'new', 'a', '--serial', 'a b']],
    [['card', 'new', 'a', '--suite', 'HOTP']],
    [['card', 'new', 'a', '--suite', 'OCRA-1:HOTP-SHA1-8:QN06']],
    [['card', 'new', 'a', '--key', '']],
    [['card', 'new', 'a', '--key', '0']],
    [['card', 'new', 'a', '--key', '00']],
    [['card', 'new', 'a', '--key-stdin']],
    [['ocra', '--suite', 'BAD', '--key', KEY, '--question', '1']],
    [['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:QN08', '--key', '', '--question', '1']],
    [['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:QN08', '--key', '0', '--question', '1']],
    [['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:QN08', '--key', KEY, '--question', '']],
    [['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:QN08', '--key', KEY, '--question', '1', '--pin', '1234']],
    [['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:C-QN08', '--key', KEY, '--question', '1']],
  ])('of a malformed argument, as in %j, is 2', async (args) => {
    const { dsc } = withCards();
    await dsc(['card', 'new', 'work']);
    const { status, stdout, stderr } = await dsc(args, { env: { DSC_PIN: '1234' } });
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  test.each([
    [['card', 'new', 'work']],
    [['card', 'show', 'other']],
    [['card', 'rm', 'other']],
    [['card', 'show', 'damaged']],
    [['card', 'show', 'newer']],
    [['respond', '000001', '--card', 'other']],
    [['respond', '000001', '--card', 'unsuitable']],
    [['card', 'upgrade', 'unsuitable']],
    [['card', 'battery', 'work', '--full']],
    [['ocra', '--batch']],
  ])('of what is refused or fails, as in %j, is 1', async (args) => {
    const { home, dsc } = withCards();
    await dsc(['card', 'new', 'work']);
    const unsuitable = { format: 1, serial: 'S', suite: 'HOTP', keyHex: KEY };
    for (const [name, text] of [
      ['damaged', ''],
      ['newer', readFileSync(join(home, 'cards', 'work.card')).fill(3, 8, 9)],
      ['unsuitable', JSON.stringify(unsuitable)],
    ] as const) {
      writeFileSync(join(home, 'cards', `${name}.card`), text);
    }
    const { status, stderr } = await dsc(args, { env: { DSC_PIN: '1234' }, input: 'nonsense' });
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(status).toBe(1);
  });
});

describe('a failure', () => {
  test('is one line without a stack trace', async () => {
    const { dsc } = withCards();
    const { status, stderr } = await dsc(['card', 'show', 'nobody']);
    expect(stderr).toMatch(/^error: there is no card nobody, [^\n]+\n$/);
    expect(status).toBe(1);
  });

  test.each([
    [['--debug', 'card', 'show', 'nobody']],
    [['card', '--debug', 'show', 'nobody']],
    [['card', 'show', '--debug', 'nobody']],
    [['card', 'show', 'nobody', '--debug']],
  ])('shows where it comes from after %j', async (args) => {
    const { dsc } = withCards();
    const { status, stdout, stderr } = await dsc(args);
    expect(stderr).toMatch(/^error: there is no card nobody, [^\n]+\n(?:CommandError: .*\n)(?: +at .*\n)+/);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  test('that is a fault of the program says so, in one line', async () => {
    const { dsc } = withCards();
    const { status, stderr } = await dsc(['respond', '123456', '--card', 'demo'], {
      env: { DSC_HOME: '/dev/null\0' },
    });
    expect(stderr).toMatch(/^error: cannot read [^\n]+\\u\{0\}[^\n]+\n$/);
    expect(status).toBe(1);
    const fault = await run(['card', 'list'], {
      env: { DSC_HOME: '/nonexistent' },
      outputError: new RangeError('line one\nline two'),
    });
    expect(fault.stderr).toBe(
      'error: RangeError: line one\\u{a}line two; this is a fault in dsc, please report it with what --debug adds\n',
    );
    expect(fault.status).toBe(1);
  });

  test('to print because the reader has gone is none', async () => {
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    for (const args of [['--help'], ['--version'], ['card', 'list'], ['completion', 'bash']]) {
      const { status, stderr } = await run(args, { env: { DSC_HOME: '/nonexistent' }, outputError: gone });
      expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: '' });
    }
  });
});

describe('dsc without a command', () => {
  const terminals = ['stdin', 'stdout', 'stderr'] as const;

  test('opens the app and exits as it does', async () => {
    expect(await run([], { terminals, appStatus: 1 })).toMatchObject({ status: 1, opened: [{}], stderr: '' });
  });

  test('passes language and card on', async () => {
    const { opened, status } = await run(['--lang', 'zh-Hant', '--card', 'work'], { terminals });
    expect({ opened, status }).toEqual({ opened: [{ lang: 'zh-Hant', card: 'work' }], status: 0 });
  });

  test.each([
    ['RU', 'ru'],
    ['zh-hant', 'zh-Hant'],
    ['zh_TW.UTF-8', 'zh-Hant'],
  ])('takes a language as tags and locales are written: %s', async (lang, language) => {
    const { opened, stderr } = await run(['--lang', lang], { terminals });
    expect({ opened, stderr }).toEqual({ opened: [{ lang: language }], stderr: '' });
  });

  test('does not draw on a terminal that is dumb', async () => {
    expect(await run([], { terminals, env: { TERM: 'dumb' } })).toMatchObject({
      status: 2,
      opened: [],
      stderr:
        'error: the app cannot draw on this terminal (TERM is dumb); run it in another one, or use "dsc respond"\n',
    });
  });

  test.each([[['stdin', 'stderr']], [['stdout', 'stderr']], [['stderr']]] as const)(
    'says that it needs a terminal where there is one at %j only',
    async (ends) => {
      expect(await run([], { terminals: ends })).toMatchObject({
        status: 2,
        stdout: '',
        stderr:
          'error: the app needs a terminal for its input and output; run it in one, or use a command, see "dsc --help"\n',
        opened: [],
      });
    },
  );
});
