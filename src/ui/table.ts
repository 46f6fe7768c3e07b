// Rows for people: columns that stand below each other.
import { oneLine } from './one-line.ts';

/**
 * The rows as lines, two spaces between columns; the last column is as long as it is. Whatever a cell holds stays in its
 * row, and commands no terminal: who can write a file or a database must not write what its reader sees.
 */
export function table(given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map(oneLine));
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}
