// The lowest lines: what to do next, and the keys that work now.
import type { ReactNode } from 'react';
import { guideText } from './guide.ts';
import { keyHints, type KeyHint } from './key-hints.ts';
import type { ScreenParts } from './screen-parts.ts';
import { useStage } from './stage.ts';
import { Prose } from './prose.tsx';
import { together } from './together.ts';

/** What to do next, in one sentence. */
export function Guide(parts: ScreenParts): ReactNode {
  const { text, palette } = useStage();
  return (
    <Prose bold {...palette.accent}>
      → {guideText(parts, text)}
    </Prose>
  );
}

/** The keys, each on one line with what it does; those that find no room are left out. */
export function Keys(parts: ScreenParts): ReactNode {
  const { text } = useStage();
  return <KeyList keys={keyHints(parts, text)} />;
}

/** Keys and what they do, as many to a line as find room. */
export function KeyList({ keys }: { readonly keys: readonly KeyHint[] }): ReactNode {
  const { palette } = useStage();
  return (
    <Prose>
      {keys
        .map(([key, does]) => palette.paint.strong(together(key)) + palette.paint.weak(together(` ${does}`)))
        .join('  ')}
    </Prose>
  );
}
