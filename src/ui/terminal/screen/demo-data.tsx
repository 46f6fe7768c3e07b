// What a person needs to know to try the demo, marked as what it is.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Demo } from '../demo.ts';
import { useStage } from './stage.ts';
import { together } from './together.ts';

/** The demo's user name, password and PIN. */
export function DemoData({ demo }: { readonly demo: Demo }): ReactNode {
  const { text, palette } = useStage();
  const data = [
    [text('demo.name'), demo.user],
    [text('demo.password'), demo.password],
    [text('demo.pin'), demo.pin],
  ] as const;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Text {...palette.muted}>{text('words.label', { name: text('demo.heading') }).trimEnd()}</Text>
      <Text>
        {data
          .map(([name, value]) => palette.paint.weak(together(`${name} `)) + palette.paint.strong(value))
          .join('  ')}
      </Text>
    </Box>
  );
}
