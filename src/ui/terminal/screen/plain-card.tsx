// The card in words: its display, and its buttons as text.
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import { FACE, type PrintedKey } from '../card/face.ts';
import { HoldProgress } from './keypad-view.tsx';
import type { ScreenParts } from './screen-parts.ts';
import { useStage } from './stage.ts';
import { buttonInWords, displayInWords, displayName } from './words.ts';

const BUTTONS: readonly PrintedKey[] = [['press', 'press'], ...FACE.flat()];

/** The display alone, and whether it is a copy's. */
export function PlainDisplay(parts: ScreenParts): ReactNode {
  const { text, palette } = useStage();
  const spoken = useIsScreenReaderEnabled();
  return (
    <Text>
      <Text {...palette.muted}>{text('words.label', { name: displayName(parts.travel, text) })}</Text>
      <Text bold>{displayInWords(parts, text, spoken)}</Text>
    </Text>
  );
}

/** Display and buttons; a button that is down is inverse, and named. */
export function PlainCard(parts: ScreenParts): ReactNode {
  const { profile, touch } = parts;
  const { text, palette } = useStage();
  const spoken = useIsScreenReaderEnabled();
  return (
    <Box flexDirection="column" flexShrink={0}>
      <PlainDisplay {...parts} />
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
