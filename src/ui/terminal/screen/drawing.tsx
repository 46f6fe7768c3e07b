// Lines that are drawn cell by cell, such as the display and the keypad.
import { Transform } from 'ink';
import type { ReactNode } from 'react';

/**
 * Puts lines on the screen that are all `width` cells wide. Ink measures a text character by character unless it is
 * ASCII, which takes longer than all the rest of a frame; what is as wide as it is known to be need not be measured, so
 * blanks stand in for it until it is written.
 */
export function Drawing({
  lines,
  width,
}: {
  readonly lines: readonly string[];
  readonly width: number;
}): ReactNode {
  const blank = lines.map(() => ' '.repeat(width)).join('\n');
  return <Transform transform={(_, row) => lines[row] ?? ''}>{blank}</Transform>;
}
