// How much of the app fits a terminal.

/** Size of the drawn card in cells: 85.6 by 54 mm, a cell being about twice as high as it is wide. */
export const CARD = { columns: 51, rows: 16 } as const;

/** Rows above the panes (the title), and below them (what to do next, and the keys). */
const HEADER_ROWS = 1;
const FOOTER_ROWS = 3;

/** From here on both panes stand side by side. */
const BOTH_COLUMNS = 100;
/** From here on one pane is drawn; the card itself and a column to spare. */
const SINGLE_COLUMNS = 52;
/** The least that text alone needs. */
export const LEAST = { columns: 30, rows: 10 } as const;

/** What is drawn: both panes, the focused one, text alone, or only that the terminal is too small. */
export type Layout = 'both' | 'single' | 'plain' | 'too-small';

/** Rows for what to do next and the keys, which wrap where columns are few: as many as they need and there are. */
export function footerRows(columns: number, rows: number): number {
  const wanted = columns < 70 ? FOOTER_ROWS + 2 : columns < BOTH_COLUMNS ? FOOTER_ROWS + 1 : FOOTER_ROWS;
  return Math.min(wanted, rows - HEADER_ROWS - CARD.rows);
}

/** The layout for a terminal of this size in cells. */
export function layoutFor(columns: number, rows: number): Layout {
  if (columns < LEAST.columns || rows < LEAST.rows) return 'too-small';
  if (columns < SINGLE_COLUMNS || rows < HEADER_ROWS + CARD.rows + FOOTER_ROWS) return 'plain';
  return columns < BOTH_COLUMNS ? 'single' : 'both';
}
