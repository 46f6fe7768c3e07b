// The uppermost line: the title, or the two panes to choose from and what the other one shows.
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import type { Pane } from '../controller.ts';
import { Countdown } from './countdown.tsx';
import type { ScreenParts } from './screen-parts.ts';
import { useStage, useTarget } from './stage.ts';
import { deviceInWords, displayInWords, displayName } from './words.ts';

/** The title; and the news of the login, where the developer's view has its place. */
export function Title(parts: ScreenParts): ReactNode {
  const { text, palette } = useStage();
  const { profile, view } = parts;
  return (
    <Box paddingX={1} flexShrink={0}>
      <Text bold>dsc-plus</Text>
      <Text {...palette.muted} wrap="truncate">
        {' '}
        · {text('title', { device: deviceInWords(profile, text) })}
      </Text>
      <Box flexGrow={1} justifyContent="flex-end" flexShrink={0}>
        {view.developer && view.focus === 'card' ? <OtherPane {...parts} /> : undefined}
      </Box>
    </Box>
  );
}

/** Both panes by name, the focused one marked; and something at the right end. */
export function Tabs({
  focus,
  children,
}: {
  readonly focus: Pane;
  readonly children?: ReactNode;
}): ReactNode {
  const { text } = useStage();
  return (
    <Box paddingX={1} columnGap={2} flexShrink={0}>
      <Tab pane="card" name={text('tab.card')} focused={focus === 'card'} />
      <Tab pane="login" name={text('tab.login')} focused={focus === 'login'} />
      <Box flexGrow={1} justifyContent="flex-end">
        {children}
      </Box>
    </Box>
  );
}

function Tab({
  pane,
  name,
  focused,
}: {
  readonly pane: Pane;
  readonly name: string;
  readonly focused: boolean;
}): ReactNode {
  const { palette } = useStage();
  const box = useTarget(`pane:${pane}`);
  return (
    <Box ref={box} flexShrink={0} aria-role="tab" aria-label={name} aria-state={{ selected: focused }}>
      <Text bold={focused} {...(focused ? palette.accent : palette.muted)}>
        {focused ? '▸' : ' '} {name}
      </Text>
    </Box>
  );
}

/** The one thing of the pane out of sight that is needed in this one. */
export function OtherPane(parts: ScreenParts): ReactNode {
  const { text, palette } = useStage();
  const spoken = useIsScreenReaderEnabled();
  const { view, form, secondsLeft, travel } = parts;
  if (view.focus === 'card' && form.page !== 'code') return undefined;
  const isCode = view.focus === 'card' && form.page === 'code';
  return (
    <Text wrap="truncate">
      <Text {...palette.muted}>
        {text('words.label', { name: isCode ? text('login.challenge') : displayName(travel, text) })}
      </Text>
      <Text bold>{isCode ? form.login.challenge : displayInWords(parts, text, spoken)}</Text>{' '}
      {isCode ? <Countdown secondsLeft={secondsLeft} /> : undefined}
    </Text>
  );
}
