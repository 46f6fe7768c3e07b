// The display's glyphs of seven or fourteen segments, in box-drawing characters: which segments meet in which cell.
import { ALL_LIT, SEGMENTS, segments } from '../../../firmware/lcd.ts';
import type { Profile } from '../../../firmware/profiles.ts';

/** Size of a glyph, in cells, and the cells between two. */
export const GLYPH = { columns: 5, rows: 5, gap: 1 } as const;

/** Columns of a display with so many places. */
export function displayColumns(places: number): number {
  return places * (GLYPH.columns + GLYPH.gap) - GLYPH.gap;
}

/** A stretch of cells on one line, all of the same brightness. */
export interface Run {
  readonly text: string;
  readonly lit: boolean;
}

type Segment = keyof typeof SEGMENTS;

/** The segments that touch a cell: those that leave it up, down, left and right, and those that cross it aslant. */
interface Cell {
  readonly up?: Segment;
  readonly down?: Segment;
  readonly left?: Segment;
  readonly right?: Segment;
  readonly rising?: readonly Segment[];
  readonly falling?: readonly Segment[];
}

const CELLS: readonly (readonly Cell[])[] = [
  [
    { down: 'f', right: 'a' },
    { left: 'a', right: 'a' },
    { left: 'a', right: 'a', down: 'i' },
    { left: 'a', right: 'a' },
    { left: 'a', down: 'b' },
  ],
  [
    { up: 'f', down: 'f' },
    { falling: ['h'] },
    { up: 'i', down: 'i' },
    { rising: ['j'] },
    { up: 'b', down: 'b' },
  ],
  [
    { up: 'f', down: 'e', right: 'g1' },
    { left: 'g1', right: 'g1' },
    { up: 'i', down: 'l', left: 'g1', right: 'g2', rising: ['j', 'k'], falling: ['h', 'm'] },
    { left: 'g2', right: 'g2' },
    { up: 'b', down: 'c', left: 'g2' },
  ],
  [
    { up: 'e', down: 'e' },
    { rising: ['k'] },
    { up: 'l', down: 'l' },
    { falling: ['m'] },
    { up: 'c', down: 'c' },
  ],
  [
    { up: 'e', right: 'd' },
    { left: 'd', right: 'd' },
    { left: 'd', right: 'd', up: 'l' },
    { left: 'd', right: 'd' },
    { left: 'd', up: 'c' },
  ],
];

/** Heavy lines by what leaves the cell: up 1, down 2, left 4, right 8. */
const LINES = ' ╹╻┃╸┛┓┫╺┗┏┣━┻┳╋';

/** What parts one glyph from the next. */
const BETWEEN: readonly Cell[] = Array.from({ length: GLYPH.gap }, () => ({}));

/**
 * The lines of a display for a text: every place a glyph.
 *
 * @param ghosts - whether the segments that are not lit are drawn too, as `lit: false`; if not, they are blank.
 */
export function drawDisplay(text: string, { kind, width }: Profile['display'], ghosts: boolean): Run[][] {
  const masks = Array.from({ length: width }, (_, place) => segments(text[place] ?? ' ', kind));
  const ghost = ghosts ? segments(ALL_LIT, kind) : 0;
  return CELLS.map((cells) => {
    const runs: Run[] = [];
    for (const [place, mask] of masks.entries()) {
      for (const cell of place > 0 ? BETWEEN : []) append(runs, cell, mask, ghost);
      for (const cell of cells) append(runs, cell, mask, ghost);
    }
    return runs;
  });
}

/** @param ghost - the segments that are drawn even if they are not lit. */
function append(runs: Run[], cell: Cell, mask: number, ghost: number): void {
  const drawn = line(cell, mask);
  const lit = drawn !== ' ';
  const text = lit ? drawn : line(cell, ghost);
  const last = runs.pop() ?? { text: '', lit };
  if (last.lit === lit) runs.push({ text: last.text + text, lit });
  else runs.push(last, { text, lit });
}

function line(cell: Cell, mask: number): string {
  const has = (segment: Segment | undefined): boolean =>
    segment !== undefined && (mask & SEGMENTS[segment]) !== 0;
  const arms =
    (has(cell.up) ? 1 : 0) | (has(cell.down) ? 2 : 0) | (has(cell.left) ? 4 : 0) | (has(cell.right) ? 8 : 0);
  if (arms > 0) return LINES[arms] ?? ' ';
  const [upRight, downLeft] = cell.rising ?? [];
  const [upLeft, downRight] = cell.falling ?? [];
  const rising = has(upRight) || has(downLeft);
  const falling = has(upLeft) || has(downRight);
  // Two strokes that meet from the left make a point to the right, as in ">".
  if (has(upLeft) && has(downLeft) && !has(upRight) && !has(downRight)) return '>';
  if (rising && falling) return '╳';
  return rising ? '╱' : falling ? '╲' : ' ';
}
