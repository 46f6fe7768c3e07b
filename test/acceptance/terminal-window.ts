// A real terminal's window: a pseudo-terminal with a program in it, and a screen one can read, type into and click on.
import { spawn } from '@lydell/node-pty';
import { Terminal } from '@xterm/headless';
import { onTestFinished } from 'vitest';
import { DSC_PLUS, type Profile } from '../../src/firmware/profiles.ts';
import { drawDisplay, GLYPH } from '../../src/ui/terminal/card/glyphs.ts';

/** How long anything may take on a slow and busy machine, in milliseconds. */
const PATIENCE = 25_000;

/** A cell of the screen, from 0. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** How a program ended. */
export interface Ending {
  readonly status: number;
  readonly signal: number | undefined;
}

export interface WindowOptions {
  readonly program?: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
  /** Whether the terminal knows the kitty keyboard protocol. */
  readonly kitty?: boolean;
  /** The card's display, for whoever reads it off the screen; a Digital Security Card+'s unless told. */
  readonly shows?: Profile['display'];
}

export type TerminalWindow = ReturnType<typeof openWindow>;

/** Opens a window; it is closed after the test. */
export function openWindow({
  program = process.execPath,
  args,
  env,
  columns = 100,
  rows = 24,
  kitty = false,
  shows = DSC_PLUS.display,
}: WindowOptions) {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  const child = spawn(program, [...args], {
    cols: columns,
    rows,
    env: { ...env, TERM: 'xterm-256color' },
  });
  const looking = new Set<() => void>();
  const modes = watchModes(terminal, kitty, (answer) => child.write(answer));
  const written: string[] = [];
  const unread: string[] = [];
  let drained = (): void => undefined;
  // One piece at a time, so that whoever waited sees the screen it waited for and not a piece of the next frame.
  const readNext = (): void => {
    const data = unread[0];
    if (data === undefined) return drained();
    terminal.write(data, () => {
      written.push(data);
      looking.forEach((look) => look());
      setImmediate(() => {
        unread.shift();
        readNext();
      });
    });
  };
  child.onData((data) => {
    if (unread.push(data) === 1) readNext();
  });
  terminal.onData((answer) => child.write(answer));
  const ended = new Promise<Ending>((resolve) =>
    child.onExit(({ exitCode, signal }) => {
      drained = () => resolve({ status: exitCode, signal: signal || undefined });
      if (unread.length === 0) drained();
    }),
  );
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    terminal.dispose();
  });

  const lines = (): string[] => {
    const buffer = terminal.buffer.active;
    return Array.from(
      { length: terminal.rows },
      (_, row) =>
        buffer
          .getLine(buffer.viewportY + row)
          ?.translateToString(true, 0, terminal.cols)
          .replaceAll('\u{A0}', ' ') ?? '',
    );
  };
  const text = (): string => lines().join('\n').trimEnd();

  /** Resolves as soon as it is so. */
  function until(isSo: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        looking.delete(look);
        reject(new Error(`waited in vain for ${what}; the screen shows:\n${text()}`));
      }, PATIENCE);
      const look = (): void => {
        // Half a frame is nothing to go by: mode 2026 is on until it is complete.
        if (modes.on.has(2026) || !isSo()) return;
        looking.delete(look);
        clearTimeout(timer);
        resolve();
      };
      looking.add(look);
      look();
    });
  }

  function find(wanted: string): Cell {
    const row = lines().findIndex((line) => line.includes(wanted));
    if (row === -1) throw new Error(`"${wanted}" is not on the screen:\n${text()}`);
    return { column: (lines()[row] ?? '').indexOf(wanted) + Math.floor(wanted.length / 2), row };
  }

  return {
    pid: child.pid,
    ended,
    lines,
    text,
    until,
    find,
    /** Everything on the screen so far, as the program wrote it. */
    written: () => written.join(''),
    /** Resolves with the screen's text as soon as the wanted one is on it. */
    async shows(wanted: string | RegExp): Promise<string> {
      await until(
        () => (typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text())),
        String(wanted),
      );
      return text();
    },
    type: (keys: string) => child.write(keys),
    mouse: (action: 'press' | 'release', { column, row }: Cell) =>
      child.write(`\u{1B}[<0;${column + 1};${row + 1}${action === 'press' ? 'M' : 'm'}`),
    resize(newColumns: number, newRows: number): void {
      terminal.resize(newColumns, newRows);
      child.resize(newColumns, newRows);
    },
    signal: (name: string) => child.kill(name),
    /** Closes the window with the program still in it. */
    hangUp(): void {
      if ('destroy' in child && typeof child.destroy === 'function') child.destroy();
    },
    /** The private modes that are on, such as 1049 for the alternate screen, and the kitty keyboard's stack. */
    modes: () => modes,
    /** What the drawn display shows; undefined while none is drawn. */
    display: () => readDisplay(lines(), shows),
  };
}

/** Modes that are on, and what is on the stack of the kitty keyboard. */
export interface Modes {
  readonly on: Set<number>;
  readonly keyboard: number[];
}

function watchModes(terminal: Terminal, kitty: boolean, answer: (text: string) => void): Modes {
  // The cursor is shown (25) until something hides it.
  const modes: Modes = { on: new Set([25]), keyboard: [] };
  const change = (isOn: boolean) => (numbers: (number | number[])[]) => {
    for (const mode of numbers.flat()) {
      if (isOn) modes.on.add(mode);
      else modes.on.delete(mode);
    }
    return false;
  };
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, change(true));
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, change(false));
  if (!kitty) return modes;
  terminal.parser.registerCsiHandler({ prefix: '>', final: 'u' }, ([flags]) => {
    modes.keyboard.push(Number(flags));
    return true;
  });
  terminal.parser.registerCsiHandler({ prefix: '<', final: 'u' }, () => {
    modes.keyboard.pop();
    return true;
  });
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'u' }, () => {
    answer(`\u{1B}[?${modes.keyboard.at(-1) ?? 0}u`);
    return true;
  });
  return modes;
}

const CHARACTERS = { '14-segment': ' 0123456789ACGHILNP>*█', '7-segment': ' 0123456789CHhPn-█' } as const;

/** Reads the display off a screen without colours, where unlit segments are blank. */
function readDisplay(lines: readonly string[], { kind, width }: Profile['display']): string | undefined {
  // The characters by their drawing. What is drawn alike is taken for the first of them.
  const characters = new Map<string, string>();
  for (const character of CHARACTERS[kind]) {
    const drawing = drawDisplay(character, { kind, width: 1 }, false)
      .map((runs) => runs.map((run) => run.text).join(''))
      .join('\n');
    if (!characters.has(drawing)) characters.set(drawing, character);
  }
  const edge = `╭${'─'.repeat(width * (GLYPH.columns + GLYPH.gap) - GLYPH.gap)}╮`;
  const top = lines.findIndex((line) => line.includes(edge));
  if (top === -1) return undefined;
  const left = (lines[top] ?? '').indexOf(edge) + 1;
  return Array.from({ length: width }, (_, place) => {
    const from = left + place * (GLYPH.columns + GLYPH.gap);
    const drawing = lines
      .slice(top + 1, top + 1 + GLYPH.rows)
      .map((line) => line.slice(from, from + GLYPH.columns))
      .join('\n');
    return characters.get(drawing) ?? '?';
  })
    .join('')
    .trimEnd();
}
