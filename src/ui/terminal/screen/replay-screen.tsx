// A recorded card on the screen, and how far the recording is.
import { Box, Text, useApp, useInput } from 'ink';
import type { ReactNode } from 'react';
import type { RecordedCard } from '../../../firmware/recording.ts';
import type { ReplayMoment } from '../playback.ts';
import type { Readable } from '../store.ts';
import { CardPane } from './card-pane.tsx';
import { CARD } from './layout.ts';
import { StageContext, useReadable, type Stage } from './stage.ts';

/**
 * The card and a bar below it. `q`, Esc and Ctrl-C leave.
 *
 * @param props.length - of the recording, in milliseconds.
 * @param props.speed - how many times faster than it was.
 */
export function ReplayScreen({
  card,
  moment,
  length,
  speed,
  stage,
}: {
  readonly card: RecordedCard;
  readonly moment: Readable<ReplayMoment>;
  readonly length: number;
  readonly speed: number;
  readonly stage: Stage;
}): ReactNode {
  const { exit } = useApp();
  useInput((input, key) => {
    if (input === 'q' || key.escape) exit();
  });
  const { t, line, down } = useReadable(moment);
  const { profile, serial } = card;
  return (
    <StageContext value={stage}>
      <Box flexDirection="column" width={CARD.columns}>
        <CardPane
          title={profile.name}
          aside={serial}
          line={line}
          display={profile.display}
          down={down}
          holdTime={profile.times.hold / speed}
          focused={false}
        />
        <Progress t={t} length={length} text={`q ${stage.text('keys.quit')}`} />
      </Box>
    </StageContext>
  );
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

function Progress({
  t,
  length,
  text,
}: {
  readonly t: number;
  readonly length: number;
  readonly text: string;
}): ReactNode {
  return (
    <Box justifyContent="space-between" paddingX={1}>
      <Text>
        {seconds(t)} / {seconds(length)} s
      </Text>
      <Text dimColor>{text}</Text>
    </Box>
  );
}
