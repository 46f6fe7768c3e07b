// The help: the ceremony in four steps, every key, and what a terminal needs to know beyond it.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { View } from '../controller.ts';
import { KeyList } from './footer.tsx';
import { allKeys } from './key-hints.ts';
import { Panel } from './panel.tsx';
import { Prose } from './prose.tsx';
import { useStage } from './stage.ts';

const STEPS = ['help.step1', 'help.step2', 'help.step3', 'help.step4'] as const;
const NOTES = ['help.hold', 'help.pinNote', 'help.mouse'] as const;

/** The help in a frame. */
export function HelpPage({
  view,
  width,
  height,
}: {
  readonly view: View;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const { text } = useStage();
  return (
    <Panel title={text('help.heading')} focused width={width} height={height}>
      <Box paddingX={1} flexDirection="column" flexGrow={1} overflow="hidden">
        <HelpText view={view} />
      </Box>
    </Panel>
  );
}

/** The help alone. */
export function HelpText({ view }: { readonly view: View }): ReactNode {
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
          <Prose>{text(step)}</Prose>
        </Box>
      ))}
      {allKeys(view, text).map(([where, keys]) => (
        <Box key={where} flexShrink={0}>
          <Box flexShrink={0}>
            <Text {...palette.accent}>{text('words.label', { name: where })}</Text>
          </Box>
          <KeyList keys={keys} />
        </Box>
      ))}
      {NOTES.map((note) => (
        <Box key={note} flexShrink={0}>
          <Box flexShrink={0}>
            <Text {...palette.muted}>· </Text>
          </Box>
          <Prose {...palette.muted}>{text(note)}</Prose>
        </Box>
      ))}
    </>
  );
}
