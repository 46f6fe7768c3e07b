// The help: the ceremony in four steps, and what a terminal needs to know beyond it.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';
import { useStage } from './stage.ts';

const STEPS = ['help.step1', 'help.step2', 'help.step3', 'help.step4'] as const;
const NOTES = ['help.hold', 'help.pinNote', 'help.mouse'] as const;

/** The help in a frame. */
export function HelpPage({ width, height }: { readonly width: number; readonly height: number }): ReactNode {
  const { text } = useStage();
  return (
    <Panel title={text('help.heading')} focused width={width} height={height}>
      <Box paddingX={1} flexDirection="column">
        <HelpText />
      </Box>
    </Panel>
  );
}

/** The help alone. */
export function HelpText(): ReactNode {
  const { text, palette } = useStage();
  return (
    <>
      {STEPS.map((step, index) => (
        <Box key={step} flexShrink={0}>
          <Box flexShrink={0}>
            <Text bold {...palette.accent}>
              {index + 1}.{' '}
            </Text>
          </Box>
          <Text>{text(step)}</Text>
        </Box>
      ))}
      {NOTES.map((note) => (
        <Box key={note} flexShrink={0}>
          <Box flexShrink={0}>
            <Text {...palette.muted}>· </Text>
          </Box>
          <Text {...palette.muted}>{text(note)}</Text>
        </Box>
      ))}
    </>
  );
}
