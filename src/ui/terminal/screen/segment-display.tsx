// The card's display, drawn segment by segment.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Profile } from '../../../firmware/profiles.ts';
import { displayColumns, drawDisplay } from '../card/glyphs.ts';
import { Drawing } from './drawing.tsx';
import { useStage } from './stage.ts';

/** @param props.line - what the display shows; @param props.display - its kind and its places. */
export function SegmentDisplay({
  line,
  display,
}: {
  readonly line: string;
  readonly display: Profile['display'];
}): ReactNode {
  const { palette } = useStage();
  const { lit, unlit } = palette.paint;
  const lines = drawDisplay(line, display, palette.ghosts).map((runs) =>
    runs.map((run) => (run.lit ? lit(run.text) : unlit(run.text))).join(''),
  );
  return (
    <Box borderStyle="round" {...palette.lcd}>
      <Drawing lines={lines} width={displayColumns(display.width)} />
    </Box>
  );
}
