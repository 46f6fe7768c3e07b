// The app drawn on a screen of any size that is only text, in virtual time.
import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink';
import { createElement } from 'react';
import { DEMO } from '../../../../src/ui/terminal/demo.ts';
import { App } from '../../../../src/ui/terminal/screen/app.tsx';
import { paletteFor } from '../../../../src/ui/terminal/screen/palette.ts';
import type { Language } from '../../../../src/host/text/language.ts';
import { textsIn } from '../../../../src/ui/text/texts.ts';
import { sitDown, type Sitting } from '../sitting.ts';

/** A terminal that keeps the last frame. */
class FakeTerminal extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  frame = '';
  frames = 0;

  constructor(columns: number, rows: number) {
    super({ decodeStrings: false });
    this.columns = columns;
    this.rows = rows;
  }

  override _write(text: string, _: unknown, written: () => void): void {
    // With its option `debug`, Ink writes whole frames; modes of the terminal come apart from them.
    if (text !== '' && !text.startsWith('\u{1B}[?')) {
      this.frame = text;
      this.frames++;
    }
    written();
  }
}

/** Its keyboard, which nobody touches: what is typed goes to the app without Ink. */
function keyboard() {
  const nothing = (): void => {};
  return Object.assign(new PassThrough(), { isTTY: true, setRawMode: nothing, ref: nothing, unref: nothing });
}

export interface Drawn extends Sitting {
  /** What the screen shows once everything that has happened is drawn, as one text and as lines. */
  readonly text: () => Promise<string>;
  readonly lines: () => Promise<string[]>;
  /** How often the screen was drawn until now. */
  readonly frames: () => Promise<number>;
  readonly resize: (columns: number, rows: number) => void;
}

const shown: (() => void)[] = [];

/** Takes everything off the screen again. */
export function clearScreens(): void {
  for (const unmount of shown.splice(0)) unmount();
}

export async function draw({
  columns = 100,
  rows = 24,
  language = 'en',
  spoken = false,
  ...options
}: {
  columns?: number;
  rows?: number;
  language?: Language;
  spoken?: boolean;
} & Parameters<typeof sitDown>[0] = {}): Promise<Drawn> {
  const sitting = await sitDown(options);
  const terminal = new FakeTerminal(columns, rows);
  const nothing = (): void => {};
  const app = createElement(App, {
    session: sitting,
    targets: sitting.targets,
    demo: DEMO,
    text: textsIn(language),
    palette: paletteFor(1, spoken),
    modes: {
      enter: nothing,
      leave: nothing,
      useMouse: nothing,
      useKeyboard: nothing,
      areEntered: () => true,
    },
    jobControl: { attach: () => nothing, stop: nothing },
  });
  const ink = render(app, {
    stdout: terminal,
    stdin: keyboard(),
    debug: true,
    interactive: true,
    isScreenReaderEnabled: spoken,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  shown.push(ink.unmount);
  const drawn = async (): Promise<void> => {
    // React draws what a new size changes in a turn of its own.
    await new Promise(setImmediate);
    await ink.waitUntilRenderFlush();
  };
  await drawn();
  const text = async (): Promise<string> => {
    await drawn();
    return stripVTControlCharacters(terminal.frame).replaceAll('\u{A0}', ' ');
  };
  return {
    ...sitting,
    text,
    lines: async () => (await text()).split('\n'),
    async frames() {
      await drawn();
      return terminal.frames;
    },
    resize(newColumns, newRows) {
      terminal.columns = newColumns;
      terminal.rows = newRows;
      terminal.emit('resize');
    },
  };
}
