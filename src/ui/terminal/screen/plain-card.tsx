// The card in words: its display, and its buttons as text.
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import { FACE, type PrintedKey } from '../card/face.ts';
import { HoldProgress } from './keypad-view.tsx';
import type { ScreenParts } from './screen-parts.ts';
import { useStage } from './stage.ts';
import { buttonInWords, displayInWords } from './words.ts';

const BUTTONS: readonly PrintedKey[] = [['press', 'press'], ...FACE.flat()];

/** Display and buttons; a button that is down is inverse, and named. */
export function PlainCard({ profile, line, touch }: ScreenParts): ReactNode {
  const { text, palette } = useStage();
  const spoken = useIsScreenReaderEnabled();
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Text>
        <Text {...palette.muted}>{text('words.label', { name: text('words.display') })}</Text>
        <Text bold>{displayInWords(line, text, spoken)}</Text>
      </Text>
      <Box
        columnGap={1}
        flexWrap="wrap"
        aria-role="toolbar"
        aria-label={BUTTONS.map(([key]) => buttonInWords(key, text)).join(', ')}
      >
        {BUTTONS.map(([key, label]) => (
          <Text key={key} inverse={touch?.key === key}>
            {label}
          </Text>
        ))}
      </Box>
      {touch ? (
        <Text {...palette.accent}>
          {text('words.held', { button: buttonInWords(touch.key, text) })}{' '}
          {touch.key === 'press' && !spoken ? <HoldProgress holdTime={profile.times.hold} /> : undefined}
        </Text>
      ) : undefined}
    </Box>
  );
}
