// What is said where nothing else fits.
import { Text } from 'ink';
import type { ReactNode } from 'react';
import { LEAST } from './layout.ts';
import { useStage } from './stage.ts';

/** Says how large the terminal is, and how large it must be. */
export function TooSmall({ columns, rows }: { readonly columns: number; readonly rows: number }): ReactNode {
  const { text } = useStage();
  return (
    <Text>{text('tooSmall', { columns, rows, leastColumns: LEAST.columns, leastRows: LEAST.rows })}</Text>
  );
}
