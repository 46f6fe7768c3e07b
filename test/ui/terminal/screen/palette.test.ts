import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { paletteFor } from '../../../../src/ui/terminal/screen/palette.ts';

/** Codes that set a colour, of the foreground or the background. */
const COLOUR = /\[(?:[\d;]*;)?(?:3\d|4\d|9\d|10\d)[;m]/;

const painted = (depth: number, spoken = false): string =>
  Object.values(paletteFor(depth, spoken).paint)
    .map((paint) => paint('text'))
    .join('');

it('has no colours where the terminal shows none, and no ghosts of segments', () => {
  expect(painted(1)).not.toMatch(COLOUR);
  expect(paletteFor(1, false).ghosts).toBe(false);
  expect(JSON.stringify(paletteFor(1, false))).not.toMatch(/olor/);
});

it('has no codes of any kind for a screen reader', () => {
  expect(stripVTControlCharacters(painted(24, true))).toBe(painted(24, true));
});

it('keeps to sixteen colours where there are not all', () => {
  expect(painted(4)).toMatch(COLOUR);
  for (const depth of [4, 8]) {
    expect(painted(depth)).not.toMatch(/[34]8;/);
    expect(JSON.stringify(paletteFor(depth, false))).not.toContain('#');
  }
  expect(painted(24)).toContain('38;2;');
});
