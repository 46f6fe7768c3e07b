import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { run } from '../run-command.ts';

const kept = join(import.meta.dirname, '../../fixtures/recordings');
const PLUS = readFileSync(join(kept, 'dsc-plus.jsonl'), 'utf8');
const [CARD = '', FIRST = ''] = PLUS.split('\n');

/** A file with this text. */
function file(text: string): string {
  const path = join(temporaryFolder(), 'some.jsonl');
  writeFileSync(path, text);
  return path;
}

/** The card's entry, changed. */
function cardWith(changes: Record<string, unknown>): string {
  return JSON.stringify({ ...(JSON.parse(CARD) as object), ...changes });
}

describe('dsc replay --check', () => {
  test('says how much is the same, and what could not be compared', async () => {
    const checked = await run(['replay', join(kept, 'dsc.jsonl'), '--check']);
    expect(checked).toMatchObject({
      status: 0,
      stdout:
        'the same: displays 56, memory writes 6, in 175.430 s; PIN, key and responses are hidden and were not compared\n',
      stderr: '',
    });
    expect((await run(['replay', join(kept, 'dsc-secrets.jsonl'), '--check'])).stdout).not.toContain(
      'hidden',
    );
  });

  test('names the first difference, and exits with 1', async () => {
    const path = file(PLUS.replace('"text":"CHALLNG>"', '"text":"CHALLENG"'));
    const checked = await run(['replay', path, '--check']);
    expect(checked).toMatchObject({ status: 1, stdout: '' });
    expect(checked.stderr).toMatch(
      /^error: ".*some\.jsonl": at 2\.8\d\d s the recording has "CHALLENG" on the display at (2\.8\d\d) s, the card of today "CHALLNG>" on the display at \1 s\n$/,
    );
  });

  test('of a recording that was cut short compares what is there', async () => {
    const lines = PLUS.trimEnd().split('\n');
    for (let length = 1; length <= lines.length; length++) {
      const checked = await run(['replay', file(`${lines.slice(0, length).join('\n')}\n`), '--check']);
      expect(checked).toMatchObject({ status: 0, stderr: '' });
    }
  });
});

describe('dsc replay', () => {
  test('prints when the display showed what, where there is no terminal', async () => {
    const { stdout, status, replayed } = await run(['replay', join(kept, 'ocra-card.jsonl')]);
    expect(status).toBe(0);
    expect(replayed).toEqual([]);
    expect(stdout).toMatch(/^OCRA OTP card, DSC-9\n {5}2\.000 {2}████████\n {5}2\.500 {2}CH\n/);
    expect(stdout).toContain('  ######\n');
    expect(stdout).toContain('  (off)\n');
  });

  test('shows the card at a terminal, as fast as it is told', async () => {
    const terminals = ['stdin', 'stdout'] as const;
    for (const [options, speed] of [
      [[], 1],
      [['--speed', '2.5'], 2.5],
    ] as const) {
      const shown = await run(['replay', join(kept, 'dsc.jsonl'), ...options], { terminals });
      expect(shown).toMatchObject({ status: 0, stdout: '', stderr: '' });
      expect(shown.replayed).toMatchObject([{ speed, recording: { card: { serial: 'DSC-3' } } }]);
    }
  });

  test('speaks the language it is told, and that of the locale otherwise', async () => {
    const terminals = ['stdin', 'stdout'] as const;
    const recording = join(kept, 'dsc.jsonl');
    expect((await run(['--lang', 'ru', 'replay', recording], { terminals })).replayed).toMatchObject([
      { lang: 'ru' },
    ]);
    expect((await run(['replay', recording], { terminals })).replayed[0]?.lang).toBeUndefined();
    expect(await run(['--lang', 'xx', 'replay', recording], { terminals })).toMatchObject({
      status: 2,
      replayed: [],
    });
  });

  test('is not faster where nothing is shown: --check takes no --speed', async () => {
    const refused = await run(['replay', join(kept, 'dsc.jsonl'), '--check', '--speed', '2']);
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^error: [^\n]*--speed[^\n]*cannot be used with[^\n]*--check[^\n]*\n$/);
  });

  test.each(['0', '-1', '1001', 'fast', '', '1e3'])('is not %j times as fast', async (speed) => {
    const shown = await run(['replay', join(kept, 'dsc.jsonl'), `--speed=${speed}`]);
    expect(shown).toMatchObject({ status: 2, stdout: '' });
    expect(shown.stderr).toMatch(/^error: --speed must be a number from 0\.1 to 1000/);
  });
});

describe('what is no recording', () => {
  test.each([
    ['nothing', '', 1, /is missing/],
    ['no JSON', 'PIN>', 1, /does not begin a recording/],
    ['an event without a card', FIRST, 1, /does not begin a recording/],
    ['another version', cardWith({ version: 2 }), 1, /does not begin a recording/],
    ['a serial with an escape sequence', cardWith({ serial: '\u001b[2J' }), 1, /does not begin/],
    ['a device that cannot be', cardWith({ profile: { id: 'dsc' } }), 1, /does not begin/],
    ['a short key', cardWith({ key: '00' }), 1, /does not begin/],
    ['a line that is no entry', `${CARD}\n{"type":"display"}\n`, 2, /is no entry of a recording/],
    ['a button that is not there', `${CARD}\n{"type":"press","t":0,"key":"x"}\n`, 2, /is no entry/],
    ['a line twice as many', `${CARD}\n${CARD}\n`, 2, /is no entry/],
    ['a time that goes back', `${CARD}\n${FIRST.replace('"t":0', '"t":5')}\n${FIRST}\n`, 3, /is earlier/],
    ['a time that is none', `${CARD}\n${FIRST.replace('"t":0', '"t":-1')}\n`, 2, /is no entry/],
  ])('is refused, and the line is named: %s', async (_, text, line, reason) => {
    const path = file(text);
    for (const options of [[], ['--check']]) {
      const refused = await run(['replay', path, ...options]);
      expect(refused).toMatchObject({ status: 1, stdout: '' });
      expect(refused.stderr).toMatch(new RegExp(`^error: line ${line} of "[^"]*some\\.jsonl" [^\\n]*\\n$`));
      expect(refused.stderr).toMatch(reason);
      expect(refused.stderr).not.toContain('\u001b');
    }
  });

  test('a suite that no card operates is told so', async () => {
    const refused = await run(['replay', file(cardWith({ suite: 'OCRA-1:HOTP-SHA1-8:QN06' })), '--check']);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^error: .* is of a card that cannot be: .*PIN.*\n$/);
  });

  test('a file that is not there, or a folder, is named', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    for (const name of ['missing', 'folder']) {
      const refused = await run(['replay', join(folder, name)]);
      expect(refused).toMatchObject({ status: 1, stdout: '' });
      expect(refused.stderr).toMatch(/^error: cannot read ".*": [^\n]*\n$/);
    }
  });

  test('a line that never ends, a pipe and a counter beyond all are refused', async () => {
    const long = file(`${CARD}\n${'['.repeat(20_000_000)}`);
    expect((await run(['replay', long])).stderr).toMatch(/^error: line 2 .* is no entry of a recording/);
    const memory = { sequence: 1, counter: '18446744073709551616', powerOns: 0, responses: 0 };
    expect((await run(['replay', file(cardWith({ memory }))])).stderr).toMatch(/^error: line 1 /);
    const pipe = join(temporaryFolder(), 'pipe');
    spawnSync('mkfifo', [pipe]);
    expect((await run(['replay', pipe])).stderr).toMatch(
      /^error: cannot read ".*": it is no file; [^\n]*\n$/,
    );
  });

  test('what a display is said to have shown reaches no terminal as it is', async () => {
    const display = JSON.stringify({ type: 'display', t: 0, text: '\u001b]0;x\u0007\u001b[2J\r' });
    const { stdout, status } = await run(['replay', file(`${CARD}\n${display}\n`)]);
    expect(status).toBe(0);
    expect(stdout).toContain('\\u{1b}]0;x\\u{7}\\u{1b}[2J\\u{d}\n');
  });

  test('a hostile one ends soon: far times, many fingers, clocks that jump about', async () => {
    const far = `{"type":"press","t":9007199254740991,"key":"press"}`;
    const fingers = Array.from({ length: 3000 }, () => '{"type":"press","t":1,"key":"*"}');
    const clocks = Array.from({ length: 1000 }, (_, i) => `{"type":"clock","t":2,"by":${(i % 2) * 1e15}}`);
    const path = file([CARD, ...fingers, ...clocks, far].join('\n'));
    expect(await run(['replay', path, '--check'])).toMatchObject({ status: 1, stdout: '' });
  });
});

test('a recording is only read', async () => {
  const path = join(temporaryFolder(), 'some.jsonl');
  copyFileSync(join(kept, 'dsc.jsonl'), path);
  await run(['replay', path, '--check']);
  expect(readFileSync(path)).toEqual(readFileSync(join(kept, 'dsc.jsonl')));
});
