// Sentences, which wrap.
import { Text, Transform, type TextProps } from 'ink';
import type { ReactNode } from 'react';

/** Spaces at the beginning of a line, behind whatever colours it. */
const INDENT = /^((?:\p{Cc}\[[\d;]*m)*) +/u;

/** A text of which no line begins with a space: Ink keeps the one it has broken a line at. */
export function Prose(props: TextProps): ReactNode {
  return (
    <Transform transform={(line) => line.replace(INDENT, '$1')}>
      <Text {...props} />
    </Transform>
  );
}
