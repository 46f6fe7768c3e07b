import { describe, expect, it } from 'vitest';
import {
  drawKeypad,
  KEY_AREAS,
  KEYPAD_COLUMNS,
  progressBar,
  type KeyPaint,
} from '../../../../src/ui/terminal/card/keypad-drawing.ts';

const same = (text: string): string => text;
const plain: KeyPaint = { edge: same, label: same, heldEdge: same, heldLabel: same };
const marked: KeyPaint = { ...plain, heldLabel: (text) => `<${text.trim()}>` };

describe('the keypad', () => {
  it('is drawn as it stands on the card', () => {
    expect(`\n${drawKeypad(undefined, 0, plain).join('\n')}`).toBe(`
  ╭──────╮   ╭───╮ ╭───╮ ╭───╮ ╭───╮ ╭───╮ ╭────╮
╭─╯      ╰─╮ │ 1 │ │ 2 │ │ 3 │ │ 4 │ │ 5 │ │ ◄  │
│  press   │ ╰───╯ ╰───╯ ╰───╯ ╰───╯ ╰───╯ ╰────╯
│          │ ╭───╮ ╭───╮ ╭───╮ ╭───╮ ╭───╮ ╭────╮
╰─╮      ╭─╯ │ 6 │ │ 7 │ │ 8 │ │ 9 │ │ 0 │ │ OK │
  ╰──────╯   ╰───╯ ╰───╯ ╰───╯ ╰───╯ ╰───╯ ╰────╯`);
  });

  it('shows without colours which key is down', () => {
    expect(drawKeypad('7', 0, plain).slice(3)).toEqual([
      '│          │ ╭───╮ ┏━━━┓ ╭───╮ ╭───╮ ╭───╮ ╭────╮',
      '╰─╮      ╭─╯ │ 6 │ ┃ 7 ┃ │ 8 │ │ 9 │ │ 0 │ │ OK │',
      '  ╰──────╯   ╰───╯ ┗━━━┛ ╰───╯ ╰───╯ ╰───╯ ╰────╯',
    ]);
  });

  it('shows how long "press" has been held', () => {
    expect(drawKeypad('press', 0.5, plain)[3]).toMatch(/^│ ▰▰▰▰▱▱▱▱ │/);
    expect([0, 0.12, 0.13, 0.99, 1, 7].map(progressBar)).toEqual([
      '▱▱▱▱▱▱▱▱',
      '▱▱▱▱▱▱▱▱',
      '▰▱▱▱▱▱▱▱',
      '▰▰▰▰▰▰▰▱',
      '▰▰▰▰▰▰▰▰',
      '▰▰▰▰▰▰▰▰',
    ]);
  });

  it('paints the face of the key that is down, and of no other', () => {
    for (const [key] of KEY_AREAS) {
      const text = drawKeypad(key, 0, marked).join('\n');
      expect(text.match(/<.*?>/g)).toHaveLength(1);
    }
  });

  it('is as wide as it says, whatever is down', () => {
    for (const key of [undefined, ...KEY_AREAS.keys()]) {
      for (const line of drawKeypad(key, 1, plain)) expect(line).toHaveLength(KEYPAD_COLUMNS);
    }
  });

  it('has every button where a click on it is looked for', () => {
    const lines = drawKeypad(undefined, 0, plain);
    for (const [key, { x, y, width, height }] of KEY_AREAS) {
      const label = key === 'back' ? '◄' : key === 'ok' ? 'OK' : key;
      const cells = lines.slice(y, y + height).map((line) => line.slice(x, x + width));
      expect(cells.join('')).toContain(label);
      expect(cells[0]?.trim()).toMatch(/^╭─+╮$/);
      expect(cells.at(-1)?.trim()).toMatch(/^╰─+╯$/);
    }
    expect(KEY_AREAS.size).toBe(13);
  });
});
