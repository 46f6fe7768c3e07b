// What a person needs to know to try the demo, marked as what it is.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Demo } from '../demo.ts';
import { useStage } from './stage.ts';
import { together } from './together.ts';

/**
 * The demo's user name, password and PIN, and where the same host shows its pages to a browser.
 *
 * @param props.brief - only what the login takes, all in one, where there is little room.
 */
export function DemoData({
  demo,
  webPage,
  brief = false,
}: {
  readonly demo: Demo;
  readonly webPage: string | undefined;
  readonly brief?: boolean;
}): ReactNode {
  const { text, palette } = useStage();
  const data = [
    [text('demo.name'), demo.user],
    ...(brief ? [] : [[text('demo.administrator'), demo.administrator] as const]),
    [text('demo.password'), demo.password],
    [text('demo.pin'), demo.pin],
  ] as const;
  const heading = text('words.label', { name: text('demo.heading') });
  const page = webPage === undefined ? '' : palette.paint.strong(webPage);
  return (
    <Box flexDirection="column" flexShrink={0}>
      {brief ? undefined : <Text>{palette.paint.weak(heading) + page}</Text>}
      <Box flexWrap="wrap" columnGap={2}>
        {brief ? <Text>{palette.paint.weak(heading.trimEnd())}</Text> : undefined}
        {data.map(([name, value]) => (
          <Text key={name}>{palette.paint.weak(together(`${name} `)) + palette.paint.strong(value)}</Text>
        ))}
      </Box>
    </Box>
  );
}
