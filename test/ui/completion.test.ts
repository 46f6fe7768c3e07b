import { describe, expect, test } from 'vitest';
import { run, withCards } from './run-command.ts';

/** What the last of these words may be completed to, in a folder with the cards demo and work. */
async function completed(...words: string[]): Promise<string[]> {
  const { dsc } = withCards();
  for (const name of ['demo', 'work']) await dsc(['card', 'new', name]);
  const { status, stdout, stderr } = await dsc(['complete', '--', ...words]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace(/\t.*$/, ''));
}

describe('a word is completed to', () => {
  test.each([
    ['commands', [''], ['card', 'respond', 'replay', 'ocra', 'host', 'demo', 'completion']],
    ['commands that begin so', ['c'], ['card', 'completion']],
    [
      'commands of a group',
      ['card', ''],
      ['new', 'list', 'show', 'rm', 'export', 'import', 'upgrade', 'battery'],
    ],
    ['cards', ['card', 'show', ''], ['demo', 'work']],
    ['cards that begin so', ['card', 'rm', 'w'], ['work']],
    ['cards after options', ['card', 'show', '--json', ''], ['demo', 'work']],
    ['nothing for the name of a new card', ['card', 'new', ''], []],
    ['nothing for a second operand', ['card', 'rm', 'work', ''], []],
    ['nothing for a challenge', ['respond', ''], []],
    ['cards for an option', ['respond', '--card', ''], ['demo', 'work']],
    ['cards for an option that begin so', ['respond', '--card', 'd'], ['demo']],
    ['cards for an option with =', ['respond', '--card=w'], ['--card=work']],
    ['cards for an option with =, split as bash does', ['respond', '--card', '=', 'w'], ['work']],
    ['cards for an option with = and no more', ['respond', '--card', '='], ['demo', 'work']],
    ['the option for the app', ['--card', 'w'], ['work']],
    ['languages', ['--lang', ''], ['en', 'ru', 'zh-Hant']],
    ['devices', ['card', 'new', 'x', '--profile', ''], ['dsc-plus', 'dsc', 'ocra-card']],
    ['devices with =', ['card', 'new', '--profile=o'], ['--profile=ocra-card']],
    ['cards for a command that moves one', ['card', 'export', 'w'], ['work']],
    ['no names of cards for a file', ['card', 'import', ''], []],
    ['shells', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['commands after an option with its value', ['--lang', 'ru', 'r'], ['respond', 'replay']],
    ['options', ['card', 'list', '-'], ['--json', '--help']],
    ['options that begin so', ['respond', '--p'], ['--pin-stdin']],
    [
      'options of the program',
      ['--'],
      ['--version', '--lang', '--card', '--record', '--record-secrets', '--debug', '--help'],
    ],
    ['commands of the host', ['host', 'key', ''], ['new', 'use', 'list']],
    ['no options after --', ['card', 'show', '--', '-'], []],
    ['nothing after nonsense', ['nonsense', 'x', ''], []],
    ['nothing for what cannot be evaluated', ['card', 'show', '$(touch x)', '>', 'y', ''], []],
  ])('%s', async (_, words, expected) => {
    expect(await completed(...words)).toEqual(expected);
  });

  test('what it is told with a description', async () => {
    expect((await run(['complete', '--', 'card', 'l'])).stdout).toBe(
      'list\tlist the cards: name, serial number, device and suite\n',
    );
  });

  test('nothing but commands where the folder of cards cannot be read', async () => {
    const { status, stdout, stderr } = await run(['complete', '--', 'card', 'show', ''], {
      env: { DSC_HOME: '/dev/null' },
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('commands where no word is given', async () => {
    expect((await run(['complete'])).stdout).toMatch(/^card\t/);
  });
});

describe('dsc completion', () => {
  test.each(['bash', 'zsh', 'fish'])('prints a script for %s that evaluates nothing', async (shell) => {
    const { status, stdout } = await run(['completion', shell]);
    expect(stdout).toMatch(new RegExp(`^(?:#compdef dsc\n)?# ${shell} completion for dsc\n`));
    expect(stdout).toContain('dsc complete -- ');
    expect(stdout).not.toContain('eval ');
    expect(status).toBe(0);
  });
});
