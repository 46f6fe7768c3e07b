// The lowest lines: what to do next, and the keys that work now.
import { Text } from 'ink';
import type { ReactNode } from 'react';
import { guideText } from './guide.ts';
import { keyHints } from './key-hints.ts';
import type { ScreenParts } from './screen-parts.ts';
import { useStage } from './stage.ts';
import { together } from './together.ts';

/** What to do next, in one sentence. */
export function Guide(parts: ScreenParts): ReactNode {
  const { text, palette } = useStage();
  return (
    <Text bold {...palette.accent}>
      → {guideText(parts, text)}
    </Text>
  );
}

/** The keys, each on one line with what it does; those that find no room are left out. */
export function Keys({ view, form, touch }: ScreenParts): ReactNode {
  const { text, palette } = useStage();
  return (
    <Text>
      {keyHints(view, form, touch?.latched === true, text)
        .map(([key, does]) => palette.paint.strong(together(key)) + palette.paint.weak(together(` ${does}`)))
        .join('  ')}
    </Text>
  );
}
