// What people do at a terminal: type a PIN that nobody sees, and press Tab.
import { mkdirSync, symlinkSync, writeFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DSC, dsc, environment, temporaryFolder } from './command-run.ts';
import { openWindow } from './terminal-window.ts';

const KEY_HEX = '3132333435363738393031323334353637383930';

/** The command in a terminal of its own, through a shell if its streams are to go elsewhere. */
function atTerminal(home: string, args: readonly string[], redirection = '') {
  return openWindow({
    program: 'sh',
    args: ['-c', `exec "$NODE" "$DSC" "$@" ${redirection}`, 'sh', ...args],
    env: { ...environment(home), NODE: process.execPath, DSC },
  });
}

describe('at a terminal', () => {
  test('the PIN is asked for and not shown, and the response stands on a line of its own', async () => {
    const home = temporaryFolder();
    dsc(['card', 'new', 'work', '--key', KEY_HEX], { home });
    const window = atTerminal(home, ['respond', '000001']);
    await window.shows('PIN:');
    window.type('12');
    window.type('34\r');
    await window.shows(/^PIN: ?\n82666722$/);
    expect((await window.ended).status).toBe(0);
    expect(window.written()).not.toContain('1234');
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s at the prompt ends the command with one line', async (_, key) => {
    const home = temporaryFolder();
    dsc(['card', 'new', 'work'], { home });
    const window = atTerminal(home, ['respond', '000001']);
    await window.shows('PIN:');
    window.type(`12${key === '\u0004' ? '\u007f\u007f' : ''}${key}`);
    await window.shows(/^PIN: ?\nerror: nothing was typed for "PIN:"; run it again and type it$/);
    expect((await window.ended).status).toBe(2);
  });

  test('a prompt that is hung up on gives the terminal its echo back', async () => {
    const home = temporaryFolder();
    dsc(['card', 'new', 'work'], { home });
    const window = openWindow({
      program: 'sh',
      args: ['-c', 'sh -c \'echo pid=$$.; exec "$NODE" "$DSC" respond 000001\'; stty -a'],
      env: { ...environment(home), NODE: process.execPath, DSC },
    });
    const [, pid = ''] = /pid=(\d+)\./.exec(await window.shows(/PIN:/)) ?? [];
    process.kill(Number(pid), 'SIGHUP');
    const settings = await window.shows(/\becho\b/);
    expect(settings).toMatch(/(?<!-)\bicanon\b/);
    expect(settings).toMatch(/(?<!-)\becho\b/);
  });

  test('a key is asked for and not shown', async () => {
    const home = temporaryFolder();
    const window = atTerminal(home, ['card', 'new', 'work', '--key-stdin']);
    await window.shows('Key:');
    window.type(`${KEY_HEX}\r`);
    expect((await window.ended).status).toBe(0);
    expect(window.written()).not.toContain(KEY_HEX.slice(0, 8));
    expect(dsc(['respond', '000001', '--pin-stdin'], { home, input: '1234' }).stdout).toBe('82666722\n');
  });

  test('a passphrase is asked for twice to seal and once to open, and not shown', async () => {
    const [home, other] = [temporaryFolder(), temporaryFolder()];
    dsc(['card', 'new', 'work', '--key', KEY_HEX], { home });
    const file = join(home, 'work.card');
    const sealing = atTerminal(home, ['card', 'export', 'work', file]);
    for (const prompt of ['Passphrase:', 'Once more:']) {
      await sealing.shows(prompt);
      sealing.type('correct horse\r');
    }
    expect((await sealing.ended).status).toBe(0);
    const opening = atTerminal(other, ['card', 'import', file]);
    await opening.shows('Passphrase:');
    opening.type('correct horse\r');
    expect((await opening.ended).status).toBe(0);
    for (const window of [sealing, opening]) expect(window.written()).not.toContain('horse');
    expect(dsc(['respond', '000001', '--pin-stdin'], { home: other, input: '1234' }).stdout).toBe(
      '82666722\n',
    );
  });

  test('Ctrl-C at the second prompt leaves no file', async () => {
    const home = temporaryFolder();
    dsc(['card', 'new', 'work'], { home });
    const window = atTerminal(home, ['card', 'export', 'work', join(home, 'work.card')]);
    await window.shows('Passphrase:');
    window.type('correct horse\r');
    await window.shows('Once more:');
    window.type('\u0003');
    await window.shows(/error: nothing was typed for "Once more:"; run it again and type it$/);
    expect((await window.ended).status).toBe(2);
    expect(existsSync(join(home, 'work.card'))).toBe(false);
  });

  test.each([[['respond', '000001', '--pin-stdin']], [['card', 'new', 'other', '--key-stdin']]])(
    '%j whose prompt would not be seen does not let a secret be typed openly',
    async (args) => {
      const home = temporaryFolder();
      dsc(['card', 'new', 'work'], { home });
      const log = join(home, 'log');
      const window = atTerminal(home, args, `2>'${log}'`);
      expect((await window.ended).status).toBe(2);
      expect(window.text()).toBe('');
      expect(readFileSync(log, 'utf8')).toMatch(/^error: standard input is a terminal, but [^\n]+\n$/);
    },
  );
});

describe('in bash', () => {
  /** An interactive bash that knows `dsc` and has read its completion script, twice as people do. */
  async function bash() {
    const home = temporaryFolder();
    const bin = join(home, 'bin');
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, 'node'));
    writeFileSync(join(bin, 'dsc'), `#!/bin/sh\nexec '${process.execPath}' '${DSC}' "$@"\n`);
    chmodSync(join(bin, 'dsc'), 0o755);
    for (const name of ['demo', 'work-1', 'work-2']) dsc(['card', 'new', name], { home });
    const env = { ...environment(home), PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    const args = ['-c', 'cd && PS1="% " exec bash --norc --noprofile -i'];
    const window = openWindow({ program: 'bash', args, env, columns: 120 });
    await window.shows(/^%$/);
    let count = 0;
    /** Types a line that prints, last, its number and what stands after it; resolves with that. */
    const print = async (line: (number: number) => string): Promise<string> => {
      const number = ++count;
      window.type(`${line(number)}\r`);
      const printed = new RegExp(`^<${number}>(.*)%`, 'm');
      return printed.exec(await window.shows(printed))?.[1] ?? '';
    };
    const run = (line: string) => print((number) => `${line}; printf '<%s>' ${number}`);
    await run('source <(dsc completion bash); source <(dsc completion bash)');
    expect(window.text()).not.toMatch(/readonly|not found/);
    // The completed line is not run but printed: Ctrl-A goes to its beginning.
    const completed = (line: string) => print((number) => `${line}\t\u0001printf '<%s>' ${number} `);
    return { home, run, completed, window };
  }

  test('Tab completes commands, options and the names of cards', async () => {
    const { completed } = await bash();
    expect(await completed('dsc resp')).toBe('<dsc><respond>');
    expect(await completed('dsc card sh')).toBe('<dsc><card><show>');
    expect(await completed('dsc card show d')).toBe('<dsc><card><show><demo>');
    expect(await completed('dsc respond --card wo')).toBe('<dsc><respond><--card><work->');
    expect(await completed('dsc respond --card=de')).toBe('<dsc><respond><--card=demo>');
    expect(await completed('dsc respond --pi')).toBe('<dsc><respond><--pin-stdin>');
    expect(await completed('dsc --lang zh')).toBe('<dsc><--lang><zh-Hant>');
    expect(await completed('dsc card new wo')).toBe('<dsc><card><new><wo>');
  });

  test('Tab runs nothing and overwrites nothing that stands on the line', async () => {
    const { home, run, window } = await bash();
    writeFileSync(join(home, 'kept'), 'kept');
    window.type('dsc card list > kept \t\u0015');
    await run('true');
    window.type('dsc card show $(touch made) `touch made` \t\u0015');
    await run('true');
    expect(readFileSync(join(home, 'kept'), 'utf8')).toBe('kept');
    expect(existsSync(join(home, 'made'))).toBe(false);
  });
});
