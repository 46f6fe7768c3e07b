// Whichever way the app ends, the terminal is as it was: modes, screen, cursor, and the line discipline.
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import { DSC, environment, temporaryFolder } from './command-run.ts';
import { buildFixture } from './build-fixture.ts';
import { openApp } from './terminal-app.ts';
import { openWindow, type TerminalWindow } from './terminal-window.ts';

const UNTOUCHED = { on: new Set([25]), keyboard: [] };

/** Modes the app sets: alternate screen, mouse, focus, paste; the cursor is hidden. */
const INSIDE = [1049, 1000, 1004, 1006, 2004];

async function inside(window: TerminalWindow): Promise<void> {
  await window.until(
    () => INSIDE.every((mode) => window.modes().on.has(mode)) && !window.modes().on.has(25),
    'the app’s modes',
  );
  await window.shows('press');
}

async function outside(window: TerminalWindow): Promise<void> {
  await window.until(
    () => !window.modes().on.has(1049) && window.modes().on.has(25),
    'the terminal’s own modes',
  );
}

let fixture: string;
beforeAll(async () => {
  fixture = await buildFixture();
});

describe('the terminal is restored', () => {
  test.each([
    ['q', 'q'],
    ['Ctrl-C', '\u{3}'],
  ])('after %s', async (_, key) => {
    const window = openApp();
    await inside(window);
    window.type(key);
    expect(await window.ended).toEqual({ status: 0, signal: undefined });
    expect(window.modes()).toEqual(UNTOUCHED);
    expect(window.text().trim()).toBe('');
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const)('after %s', async (signal) => {
    const window = openApp();
    await inside(window);
    window.signal(signal);
    expect(await window.ended).toEqual({ status: 128 + constants.signals[signal], signal: undefined });
    expect(window.modes()).toEqual(UNTOUCHED);
  });

  test('after a signal that the app does not expect', async () => {
    const window = openApp();
    await inside(window);
    window.signal('SIGALRM');
    expect(await window.ended).toMatchObject({ signal: constants.signals.SIGALRM });
    expect(window.modes()).toEqual(UNTOUCHED);
  });

  test.each([
    ['outside of drawing', 'SIGUSR2', 'told to throw'],
    ['in drawing', 'SIGPWR', 'told to break while drawing'],
  ])('after a crash %s, of which one line remains', async (_, signal, message) => {
    const window = openWindow({
      args: [fixture],
      env: { ...environment(temporaryFolder()), LANG: 'en_US.UTF-8' },
    });
    await inside(window);
    window.signal(signal);
    window.resize(101, 25);
    expect(await window.ended).toEqual({ status: 1, signal: undefined });
    expect(window.modes()).toEqual(UNTOUCHED);
    expect(window.text()).toMatch(new RegExp(`fixture: [^\\n]*${message}\\s*$`));
    expect(window.text()).not.toMatch(/\n\s+at /);
  });

  test('with a kitty keyboard, its modes too', async () => {
    const window = openApp({ kitty: true });
    await inside(window);
    await window.until(() => window.modes().keyboard.length > 0, 'the keyboard’s enhancements');
    expect(window.modes().keyboard).toEqual([31]);
    window.type('\u{1B}[99;5u');
    expect(await window.ended).toMatchObject({ status: 0 });
    expect(window.modes()).toEqual(UNTOUCHED);
  });

  test('when the terminal itself goes away, and the app ends', async () => {
    const window = openApp();
    await inside(window);
    const { pid } = window;
    window.hangUp();
    await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
  });
});

describe('in a shell', () => {
  /** A shell with job control that edits no lines, so that it sets no modes of its own. */
  async function shell(options: { kitty?: boolean } = {}) {
    const home = temporaryFolder();
    const window = openWindow({
      program: 'bash',
      columns: 160,
      args: ['--norc', '--noprofile', '--noediting', '-i'],
      env: {
        ...environment(home),
        PS1: 'shell$ ',
        LANG: 'en_US.UTF-8',
        NO_COLOR: '1',
        NODE: process.execPath,
        DSC,
      },
      ...options,
    });
    await window.shows('shell$');
    return window;
  }

  /** The line discipline's settings, as stty writes them. */
  async function settings(window: TerminalWindow, name: string): Promise<string> {
    window.type(`echo ${name}'='$(stty -g)';'\r`);
    const text = await window.shows(new RegExp(`${name}=[0-9a-f:]+;`));
    return new RegExp(`${name}=([0-9a-f:]+);`).exec(text)?.[1] ?? '';
  }

  test.each([false, true])('Ctrl-Z and back, with a kitty keyboard: %s', async (kitty) => {
    const window = await shell({ kitty });
    const before = await settings(window, 'before');
    window.type('"$NODE" "$DSC"\r');
    await inside(window);
    window.type('\tde');
    await window.shows('│ de ');
    const keyboard = [...window.modes().keyboard];

    window.type(kitty && keyboard.length > 0 ? '\u{1B}[122;5u' : '\u{1A}');
    await outside(window);
    await window.shows(/Stopped[^]*shell\$$/);
    expect(window.modes()).toEqual(UNTOUCHED);
    expect(await settings(window, 'stopped')).toBe(before);

    window.type('fg\r');
    await inside(window);
    await window.shows('│ de ');
    expect(window.modes().keyboard).toEqual(keyboard);
    window.type('mo');
    await window.shows('│ demo ');

    window.type('\u{3}');
    await outside(window);
    await window.shows(/shell\$$/);
    expect(window.modes()).toEqual(UNTOUCHED);
    expect(await settings(window, 'after')).toBe(before);
  });

  test('stopped and continued from outside, twice', async () => {
    const window = await shell();
    window.type('(echo pid=$BASHPID. ; exec "$NODE" "$DSC")\r');
    const [, pid = ''] = /pid=(\d+)\./.exec(await window.shows(/pid=\d+\./)) ?? [];
    await inside(window);
    for (let times = 0; times < 2; times++) {
      process.kill(Number(pid), 'SIGTSTP');
      await outside(window);
      await window.shows(/shell\$$/);
      window.type('fg\r');
      await inside(window);
    }
    window.type('q');
    await outside(window);
    expect(window.modes()).toEqual(UNTOUCHED);
  });

  test('SIGTERM leaves the line discipline as it was', async () => {
    const window = await shell();
    const before = await settings(window, 'before');
    window.type('(echo pid=$BASHPID. ; exec "$NODE" "$DSC")\r');
    const [, pid = ''] = /pid=(\d+)\./.exec(await window.shows(/pid=\d+\./)) ?? [];
    await inside(window);
    process.kill(Number(pid), 'SIGTERM');
    await outside(window);
    expect(await settings(window, 'after')).toBe(before);
  });
});

function isRunning(pid: number): boolean {
  try {
    // A process that has ended is a zombie until its parent has asked for it.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
