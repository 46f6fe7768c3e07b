// The card's display, drawn segment by segment.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import { displayColumns, drawDisplay } from '../card/glyphs.ts';
import { Drawing } from './drawing.tsx';
import { useStage } from './stage.ts';

/** @param props.line - what the display shows; @param props.width - its places. */
export function SegmentDisplay({
  line,
  width,
}: {
  readonly line: string;
  readonly width: number;
}): ReactNode {
  const { palette } = useStage();
  const { lit, unlit } = palette.paint;
  const lines = drawDisplay(line, width, palette.ghosts).map((runs) =>
    runs.map((run) => (run.lit ? lit(run.text) : unlit(run.text))).join(''),
  );
  return (
    <Box borderStyle="round" {...palette.lcd}>
      <Drawing lines={lines} width={displayColumns(width)} />
    </Box>
  );
}
