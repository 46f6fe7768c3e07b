// The time a challenge has left.
import { Text, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import { useStage } from './stage.ts';

/** A screen reader reads the line again whenever it changes: so it changes for it only twice a minute. */
const SPOKEN_STEP = 30;

/** Counts down. */
export function Countdown({ secondsLeft = 0 }: { readonly secondsLeft: number | undefined }): ReactNode {
  const { text, palette } = useStage();
  const step = useIsScreenReaderEnabled() ? SPOKEN_STEP : 1;
  const time = minutesAndSeconds(Math.ceil(secondsLeft / step) * step);
  return <Text {...palette.muted}>{text('login.expiresIn', { time })}</Text>;
}

/** Seconds as minutes and seconds: 119 is `1:59`. */
function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
