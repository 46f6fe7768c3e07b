// The developer's view: where the card is in its statechart, what it waits for, what it keeps, and what has happened.
import { Box, Text, useIsScreenReaderEnabled, type BoxProps } from 'ink';
import type { ReactNode } from 'react';
import type { Travel } from '../hand/hand.ts';
import type { Inspection } from '../hand/inspection.ts';
import type { Readable } from '../store.ts';
import { eventInWords, memoryInWords, statesOf, timersInWords, type Exactness } from './developer-text.ts';
import { Panel } from './panel.tsx';
import { PlainDisplay } from './plain-card.tsx';
import { Prose } from './prose.tsx';
import type { ScreenParts } from './screen-parts.ts';
import { useReadable, useStage } from './stage.ts';
import { together } from './together.ts';

/** Rows of the view above the events, in its frame: the states and a blank line, and the frame's edges. */
const ROWS_ABOVE = 8;
const EDGES = 2;
/** Events told where there is no frame; what finds no room is cut off. */
const PLAIN_EVENTS = 3;

/** The view in its frame. @param props.displayed - whether the card's display is to be seen elsewhere. */
export function DeveloperPane({
  displayed,
  width,
  height,
  ...parts
}: ScreenParts & {
  readonly displayed: boolean;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const { text } = useStage();
  const { travel, inspection } = parts;
  const events = height - EDGES - ROWS_ABOVE - (displayed ? 0 : 1);
  return (
    <Frame travel={travel} width={width} height={height}>
      {displayed ? undefined : <PlainDisplay {...parts} />}
      {inspection ? (
        <Inside {...parts} inspection={inspection} events={events} />
      ) : (
        <Text>{text('developer.noTimer')}</Text>
      )}
    </Frame>
  );
}

function Frame({
  travel,
  children,
  ...size
}: Pick<BoxProps, 'width' | 'height'> & {
  readonly travel: Travel;
  readonly children: ReactNode;
}): ReactNode {
  const { text } = useStage();
  return (
    <Panel
      title={text('developer.heading')}
      aside={travel.to === 'present' ? '' : text('developer.copy')}
      focused={false}
      paddingX={1}
      {...size}
    >
      {children}
    </Panel>
  );
}

type InsideParts = ScreenParts & { readonly inspection: Readable<Inspection>; readonly events: number };

function Inside({ inspection, events, profile, travel, hasEarlier }: InsideParts): ReactNode {
  const { text, palette } = useStage();
  const inside = useReadable(inspection);
  const timers = timersInWords(inside, travel.to === 'past' ? 'milliseconds' : 'seconds', text);
  return (
    <>
      <Box columnGap={2} height={statesOf(profile).length} flexShrink={0}>
        <Box flexDirection="column" flexShrink={0}>
          {statesOf(profile).map((state) => (
            <Text
              key={state}
              {...(state === inside.state ? { ...palette.accent, bold: true, inverse: true } : palette.muted)}
            >
              {state === inside.state ? '▸' : ' '} {state}{' '}
            </Text>
          ))}
        </Box>
        <Box flexDirection="column" flexGrow={1} overflow="hidden">
          <Lines lines={[momentInWords(travel, hasEarlier, text), ...timers]} />
          <Box flexGrow={1} />
          <Lines lines={memoryInWords(inside, profile, text)} />
        </Box>
      </Box>
      <Box height={1} flexShrink={0} />
      <Events inside={inside} count={events} />
    </>
  );
}

/** The view in words: the focus of a terminal of few columns or rows, and of a screen reader. */
export function PlainDeveloper(parts: ScreenParts): ReactNode {
  const { inspection } = parts;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <PlainDisplay {...parts} />
      {inspection ? <PlainInside {...parts} inspection={inspection} events={PLAIN_EVENTS} /> : undefined}
    </Box>
  );
}

function PlainInside({ inspection, events, profile, travel, hasEarlier }: InsideParts): ReactNode {
  const { text, palette } = useStage();
  const spoken = useIsScreenReaderEnabled();
  const inside = useReadable(inspection);
  const exactness: Exactness = travel.to === 'past' ? 'milliseconds' : spoken ? 'half-minutes' : 'seconds';
  // A line is too much where there are few of them; that no key is offered to step back must do.
  const moment = momentInWords(travel, hasEarlier || !spoken, text);
  return (
    <>
      {spoken ? (
        <Text>{text('words.label', { name: text('developer.state') }) + inside.state}</Text>
      ) : (
        <Text>
          {statesOf(profile)
            .map((state) =>
              state === inside.state ? palette.paint.strong(`▸${state}`) : palette.paint.weak(state),
            )
            .join(' ')}
        </Text>
      )}
      <Lines lines={moment === '' ? [] : [moment]} />
      <Prose>{timersInWords(inside, exactness, text).map(together).join(' · ')}</Prose>
      <Prose>{memoryInWords(inside, profile, text).map(together).join(' · ')}</Prose>
      <Events inside={inside} count={events} />
    </>
  );
}

function Events({ inside, count }: { readonly inside: Inspection; readonly count: number }): ReactNode {
  const { text } = useStage();
  return <Lines lines={inside.events.slice(-count).map((event) => eventInWords(event, text))} />;
}

function Lines({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return <Text wrap="truncate">{lines.join('\n')}</Text>;
}

/** Which moment it is; and, where one would step back in vain, from when on they are kept. */
function momentInWords(
  travel: Travel,
  hasEarlier: boolean,
  text: ReturnType<typeof useStage>['text'],
): string {
  if (travel.to === 'past') return text('developer.moment', travel);
  return hasEarlier ? '' : text('developer.noEarlier');
}
