// The help: the ceremony in four steps, every key, and what a terminal needs to know beyond it.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Profile } from '../../../firmware/profiles.ts';
import type { Texts } from '../../text/texts.ts';
import type { View } from '../controller.ts';
import { KeyList } from './footer.tsx';
import { allKeys } from './key-hints.ts';
import { Panel } from './panel.tsx';
import { Prose } from './prose.tsx';
import { useStage } from './stage.ts';

/** What the help is about. */
interface HelpParts {
  readonly profile: Profile;
  readonly view: View;
}

/** The help in a frame. */
export function HelpPage({
  width,
  height,
  ...parts
}: HelpParts & { readonly width: number; readonly height: number }): ReactNode {
  const { text } = useStage();
  return (
    <Panel title={text('help.heading')} focused width={width} height={height}>
      <Box paddingX={1} flexDirection="column" flexGrow={1} overflow="hidden">
        <HelpText {...parts} />
      </Box>
    </Panel>
  );
}

/** The help alone. */
export function HelpText({ profile, view }: HelpParts): ReactNode {
  const { text, palette } = useStage();
  const notes = [
    text('help.hold', { count: profile.times.hold / 1000 }),
    text('help.pinNote'),
    text('help.mouse'),
  ];
  return (
    <>
      {steps(profile, text).map((step, index) => (
        <Box key={step} flexShrink={0}>
          <Box flexShrink={0}>
            <Text bold {...palette.accent}>
              {index + 1}.{' '}
            </Text>
          </Box>
          <Prose>{step}</Prose>
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
      {notes.map((note) => (
        <Box key={note} flexShrink={0}>
          <Box flexShrink={0}>
            <Text {...palette.muted}>· </Text>
          </Box>
          <Prose {...palette.muted}>{note}</Prose>
        </Box>
      ))}
    </>
  );
}

/** The ceremony with this device: it asks for PIN and challenge in its own order. */
function steps({ prompts, times }: Profile, text: Texts): string[] {
  const response = text(times.page === undefined ? 'help.response' : 'help.responsePages');
  return [
    text('help.step1'),
    ...prompts.map(({ entry, prompt }, index) => {
      const enter = text(`help.${entry}`);
      return index === 0
        ? text('help.step2', { prompt, enter })
        : text('help.step3', { prompt, enter, response });
    }),
    text('help.step4'),
  ];
}
