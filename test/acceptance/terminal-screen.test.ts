// What a real terminal shows: in every size, in colour and without, in every language, as time passes.
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildFixture } from './build-fixture.ts';
import { dsc, environment, temporaryFolder } from './command-run.ts';
import { DEMO, displays, getChallenge, openApp } from './terminal-app.ts';
import { openWindow, type TerminalWindow } from './terminal-window.ts';

let fixture: string;
beforeAll(async () => {
  fixture = await buildFixture();
});

function openFixture(args: string[] = [], options: { kitty?: boolean } = {}): TerminalWindow {
  const env = { ...environment(temporaryFolder()), LANG: 'en_US.UTF-8', NO_COLOR: '1' };
  return openWindow({ args: [fixture, ...args], env, ...options });
}

/** Gives the window a new size, and resolves when the app has drawn for it, and then nothing more for a while. */
async function resized(window: TerminalWindow, columns: number, rows: number): Promise<void> {
  const before = window.written().length;
  window.resize(columns, rows);
  await window.until(
    // A frame that clears the screen is one too.
    () => window.written().slice(before).includes('[?2026l') && window.text() !== '',
    `a frame of ${columns}×${rows}`,
  );
  for (let length = 0; length !== window.written().length;) {
    length = window.written().length;
    await setTimeout(300);
  }
}

/** The screen as it has become, against the one that the app draws when it is continued after a stop. */
async function expectAsDrawnAnew(window: TerminalWindow): Promise<void> {
  // But for the seconds, and for blanks at a line's end, which may be written or only erased.
  const text = (): string =>
    window
      .text()
      .replace(/expires in \d:\d\d/, 'expires')
      .replaceAll(/ +$/gm, '');
  const became = text();
  const before = window.written().length;
  window.signal('SIGCONT');
  await window.until(() => window.written().slice(before).includes('[?1004h'), 'a new drawing');
  expect(became).toBe(text());
}

test('a challenge that expires sends one back to name and password', async () => {
  const window = openFixture(['1500']);
  await window.shows('Demo data');
  window.type('\t');
  await getChallenge(window);
  await window.shows('expires in 0:01');
  await window.shows('The Challenge Code has expired.');
  expect(window.text()).toContain('User name');
  expect(window.text()).not.toContain('expires in');
  await getChallenge(window);
});

describe('a new size', () => {
  test('is used at once, from the widest window to one that is too small, and back', async () => {
    const window = openApp({ columns: 120, rows: 40 });
    /** Resizes; the keys then stand at the lower edge, each of these parts on the screen, those missing not, and nothing twice. */
    const resize = async (
      columns: number,
      rows: number,
      parts: string[],
      missing: string[],
    ): Promise<void> => {
      await resized(window, columns, rows);
      await window.until(() => {
        const text = window.text();
        const isAtEdge = window
          .lines()
          .slice(-3)
          .some((line) => line.includes('q quit'));
        return (
          isAtEdge &&
          text.split('Demo data').length <= 2 &&
          parts.every((part) => text.includes(part)) &&
          !missing.some((part) => text.includes(part))
        );
      }, `a screen of ${columns}×${rows}`);
    };
    await window.shows('Demo data');
    await resize(100, 20, ['╭───╮', 'Demo data'], []);
    await resize(80, 24, ['╭───╮'], ['Demo data']);
    await resize(52, 22, ['╭───╮'], ['Demo data']);
    await resize(51, 22, ['press 1 2 3 4 5 ◄ 6 7 8 9 0 OK'], ['╭───╮']);
    await resize(30, 10, ['Display: off'], ['╭───╮']);
    await resized(window, 20, 6);
    await window.shows(/too\s+small/);
    await resize(100, 30, ['╭───╮', 'Demo data'], ['too small']);
    window.type('p');
    await displays(window, /^PIN>$/);
  });

  test.each([
    [80, 24, 60, 24],
    [100, 20, 70, 20],
    [60, 24, 110, 30],
    [100, 30, 100, 24],
  ])('leaves nothing of %i×%i in %i×%i', async (columns, rows, newColumns, newRows) => {
    const window = openApp({ columns, rows });
    await window.shows('press');
    window.type('\t');
    await getChallenge(window);
    await resized(window, newColumns, newRows);
    await expectAsDrawnAnew(window);
    await window.shows('Ctrl-C quit');
  });

  test('leaves clicks where the buttons are', async () => {
    const window = openApp({ columns: 100, rows: 24 });
    await window.shows('Demo data');
    await resized(window, 140, 45);
    await window.until(() => window.lines()[44]?.includes('q quit') === true, 'the keys below');
    window.mouse('press', window.find('press  '));
    await displays(window, /^PIN>$/);
    window.mouse('release', window.find('press  '));
    const five = window.find('│ 5 │');
    window.mouse('press', five);
    window.mouse('release', five);
    await displays(window, /^PIN>\*$/);
  });
});

describe('a kitty keyboard', () => {
  const down = (key: string): string => `\u{1B}[${key.codePointAt(0)};1:1;${key.codePointAt(0)}u`;
  const up = (key: string): string => `\u{1B}[${key.codePointAt(0)};1:3u`;

  test('holds keys for as long as they are held', async () => {
    const window = openFixture([], { kitty: true });
    await window.shows('Demo data');
    await window.until(() => window.modes().keyboard.length > 0, 'the keyboard’s enhancements');
    await window.until(() => window.written().split('\u{1B}[?u').length > 2, 'the second question');
    // Let go at once: nothing happens, not even after the two seconds.
    window.type(down('p') + up('p'));
    await setTimeout(2500);
    expect(window.display()).toBe('');
    window.type(down('p'));
    await displays(window, /^PIN>$/);
    expect(window.text()).toContain('▰▰▰▰▰▰▰▰');
    window.type(up('p'));
    for (const digit of DEMO.pin) window.type(down(digit) + up(digit));
    await displays(window, /^PIN>\*{4}$/);
  });
});

describe('the mouse', () => {
  test('can be switched off, to select text', async () => {
    const window = openApp();
    await window.shows('m turn mouse off');
    await window.until(() => window.modes().on.has(1000), 'the mouse');
    window.type('m');
    await window.shows('m turn mouse on');
    expect(window.modes().on.has(1000)).toBe(false);
    expect(window.modes().on.has(1006)).toBe(false);
    window.type('m');
    await window.shows('m turn mouse off');
    expect(window.modes().on.has(1000)).toBe(true);
  });
});

describe('colours', () => {
  const COLOUR = /\[[\d;]*\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]/;

  test('are there unless NO_COLOR is set', async () => {
    const coloured = openApp({ env: { NO_COLOR: '', COLORTERM: 'truecolor' } });
    await coloured.shows('Demo data');
    expect(coloured.written()).toMatch(COLOUR);
    // Segments that are not lit are there to be seen, darker.
    expect(coloured.text()).toContain('┣━╋━┫');

    const plain = openApp();
    await plain.shows('Demo data');
    expect(plain.written()).not.toMatch(COLOUR);
    expect(plain.text()).not.toContain('┣━╋━┫');
  });
});

describe('the language', () => {
  test.each([
    [{ LANG: 'ru_RU.UTF-8' }, [], 'Система безопасного входа'],
    [{ LANG: 'ru_RU.UTF-8', LC_ALL: 'zh_TW.UTF-8' }, [], '安全登錄系統'],
    [{ LANG: 'ru_RU.UTF-8' }, ['--lang', 'en'], 'Secure Login System'],
    [{ LANG: 'en_US.UTF-8' }, ['--lang', 'zh-Hant'], '安全登錄系統'],
  ])('of %j and %j', async (env, args, title) => {
    const window = openApp({ env, args });
    await window.shows(title);
  });
});

describe('what changes on the screen', () => {
  test.each(['en', 'ru', 'zh-Hant'])('leaves it as if it were drawn anew, in %s', async (language) => {
    const window = openApp({ args: ['--lang', language], rows: 22 });
    const compare = (): Promise<void> => expectAsDrawnAnew(window);
    await window.shows('demo-pass');
    await window.until(() => window.modes().on.has(1004), 'the app’s modes');
    await compare();
    window.type('?');
    await window.shows(/4\. /);
    await compare();
    window.type('?p');
    await displays(window, /^PIN>$/);
    window.type('12');
    await displays(window, /^PIN>\*\*$/);
    await window.shows('│ 2 │');
    await compare();
    window.type('\tнет登錄\r登錄');
    await window.shows('••');
    await compare();
    window.type('\r');
    await window.shows(/wrong|Неверное|錯誤/);
    await compare();
  });
});

describe('to a screen reader', () => {
  test('the app is lines of words, and leaves no screen of its own', async () => {
    const window = openApp({ env: { INK_SCREEN_READER: 'true' } });
    await window.shows('Display: off');
    expect(window.modes().on.has(1049)).toBe(false);
    expect(window.text()).not.toMatch(/[│╭┏]/);
    window.type('p');
    await window.shows('Display: PIN>');
    window.type('12');
    await window.shows('Display: PIN>, 2 digits entered');
    window.type('q');
    expect(await window.ended).toMatchObject({ status: 0 });
  });
});

test('without a terminal the app says so and exits 2', () => {
  const { status, stdout, stderr } = dsc([], { home: temporaryFolder() });
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error: [^\n]*terminal[^\n]*\n$/);
});

test('a named card that is not there is named, and the terminal left alone', async () => {
  const window = openApp({ args: ['--card', 'mine'] });
  expect(await window.ended).toMatchObject({ status: 1 });
  expect(window.text()).toMatch(/^error: there is no card mine/);
  expect(window.modes().on).toEqual(new Set([25]));
});
