import { describe, expect, it } from 'vitest';
import { segments } from '../../../../src/firmware/lcd.ts';
import type { DisplayKind } from '../../../../src/firmware/profiles.ts';
import { drawDisplay, GLYPH } from '../../../../src/ui/terminal/card/glyphs.ts';

const CHARACTERS = '0123456789ACGHILNP>*█';

const SEVEN = '0123456789PnChAtEro -';

function drawn(text: string, width = 8, kind: DisplayKind = '14-segment'): string {
  return drawDisplay(text, { kind, width }, false)
    .map((runs) =>
      runs
        .map((run) => run.text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

describe('the display', () => {
  it('draws digits as one knows them', () => {
    expect(`\n${drawn('0123456789', 10)}`).toBe(`
┏━━━┓     ╻ ╺━━━┓ ╺━━━┓ ╻   ╻ ┏━━━╸ ┏━━━╸ ╺━━━┓ ┏━━━┓ ┏━━━┓
┃   ┃     ┃     ┃     ┃ ┃   ┃ ┃     ┃         ┃ ┃   ┃ ┃   ┃
┃   ┃     ┃ ┏━━━┛   ╺━┫ ┗━━━┫ ┗━━━┓ ┣━━━┓     ┃ ┣━━━┫ ┗━━━┫
┃   ┃     ┃ ┃         ┃     ┃     ┃ ┃   ┃     ┃ ┃   ┃     ┃
┗━━━┛     ╹ ┗━━━╸ ╺━━━┛     ╹ ╺━━━┛ ┗━━━┛     ╹ ┗━━━┛ ╺━━━┛`);
  });

  it('draws the prompts', () => {
    expect(`\n${drawn('PIN>**')}`).toBe(`
┏━━━┓ ╺━┳━╸ ╻   ╻         ╻     ╻
┃   ┃   ┃   ┃╲  ┃  ╲     ╲┃╱   ╲┃╱
┣━━━┛   ┃   ┃ ╲ ┃   >   ╺━╋━╸ ╺━╋━╸
┃       ┃   ┃  ╲┃  ╱     ╱┃╲   ╱┃╲
╹     ╺━┻━╸ ╹   ╹         ╹     ╹`);
  });

  it('takes 47 columns and 5 rows for eight places, lit or not', () => {
    for (const text of ['', 'CHALLNG>', '████████']) {
      for (const ghosts of [true, false]) {
        const lines = drawDisplay(text, { kind: '14-segment', width: 8 }, ghosts);
        expect(lines).toHaveLength(GLYPH.rows);
        for (const runs of lines) expect(runs.map((run) => run.text).join('')).toHaveLength(47);
      }
    }
  });

  it('gives every character a drawing of its own', () => {
    const drawings = Array.from(CHARACTERS, (character) => drawn(character, 1));
    expect(new Set(drawings).size).toBe(CHARACTERS.length);
    expect(drawings).not.toContain(drawn(' ', 1));
    expect(Array.from(CHARACTERS).every((character) => segments(character, '14-segment') > 0)).toBe(true);
  });

  it('shows unlit segments as ghosts of all of them, or not at all', () => {
    const lines = drawDisplay('1', { kind: '14-segment', width: 1 }, true);
    expect(lines).toEqual([
      [
        { text: '┏━┳━', lit: false },
        { text: '╻', lit: true },
      ],
      [
        { text: '┃╲┃╱', lit: false },
        { text: '┃', lit: true },
      ],
      [
        { text: '┣━╋━', lit: false },
        { text: '┃', lit: true },
      ],
      [
        { text: '┃╱┃╲', lit: false },
        { text: '┃', lit: true },
      ],
      [
        { text: '┗━┻━', lit: false },
        { text: '╹', lit: true },
      ],
    ]);
    expect(drawn('').trim()).toBe('');
  });

  it('draws what seven segments can', () => {
    expect(`\n${drawn('Pn', 5, '7-segment')}`).toBe(`
┏━━━┓
┃   ┃
┣━━━┛ ┏━━━┓
┃     ┃   ┃
╹     ╹   ╹`);
    expect(`\n${drawn('Ch', 5, '7-segment')}`).toBe(`
┏━━━╸ ╻
┃     ┃
┃     ┣━━━┓
┃     ┃   ┃
┗━━━╸ ╹   ╹`);
    const drawings = Array.from(SEVEN, (character) => drawn(character, 1, '7-segment'));
    expect(new Set(drawings).size).toBe(SEVEN.length);
  });

  it('has ghosts of the seven segments there are, and no others', () => {
    const ghosts = drawDisplay(' ', { kind: '7-segment', width: 1 }, true);
    expect(ghosts.map(([run]) => run?.text)).toEqual(['┏━━━┓', '┃   ┃', '┣━━━┫', '┃   ┃', '┗━━━┛']);
    expect(ghosts.flat().some(({ lit }) => lit)).toBe(false);
  });
});
