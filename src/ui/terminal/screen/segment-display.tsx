// The card's display, drawn segment by segment.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Profile } from '../../../firmware/profiles.ts';
import { displayColumns, drawDisplay, GLYPH } from '../card/glyphs.ts';
import { Drawing } from './drawing.tsx';
import { useStage } from './stage.ts';

/** So many places fit the card; a device with more shows its line as text. */
const MOST_PLACES = 8;

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
  if (display.width > MOST_PLACES) {
    return (
      <Box
        borderStyle="round"
        height={GLYPH.rows + 2}
        alignItems="center"
        justifyContent="center"
        {...palette.lcd}
      >
        <Text wrap="truncate">{lit(line)}</Text>
      </Box>
    );
  }
  const lines = drawDisplay(line, display, palette.ghosts).map((runs) =>
    runs.map((run) => (run.lit ? lit(run.text) : unlit(run.text))).join(''),
  );
  return (
    // As wide as its places, in the middle of the card.
    <Box borderStyle="round" alignSelf="center" flexShrink={0} {...palette.lcd}>
      <Drawing lines={lines} width={displayColumns(display.width)} />
    </Box>
  );
}
