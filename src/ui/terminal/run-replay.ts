// `dsc replay` at a terminal: the recorded card, its buttons going down and up by themselves.
import { render } from 'ink';
import { createElement } from 'react';
import type { Recording } from '../recordings/read-recording.ts';
import type { ReplayOptions } from '../surroundings.ts';
import { systemClock } from '../system-clock.ts';
import { languageOfLocale } from '../text/language.ts';
import { textsIn } from '../text/texts.ts';
import { play } from './playback.ts';
import { paletteFor } from './screen/palette.ts';
import { ReplayScreen } from './screen/replay-screen.tsx';
import { createTargets } from './targets.ts';

/** Shows a recording until it is over or the person leaves. What it showed last stays above the prompt. */
export async function runReplay(recording: Recording, { speed, lang }: ReplayOptions): Promise<void> {
  const text = textsIn(lang ?? languageOfLocale(process.env));
  const isSpoken = process.env['INK_SCREEN_READER'] === 'true';
  const palette = paletteFor(process.stdout.getColorDepth(), isSpoken);
  const { moment, length, over, stop } = play(recording, speed, systemClock);
  const ink = render(
    createElement(ReplayScreen, {
      card: recording.card,
      moment,
      length,
      speed,
      stage: { text, palette, targets: createTargets() },
    }),
    { interactive: true, exitOnCtrlC: true, patchConsole: false },
  );
  try {
    // The clock does not keep the process alive; the keyboard that Ink listens to does.
    await Promise.race([over, ink.waitUntilExit()]);
    await ink.waitUntilRenderFlush();
  } finally {
    stop();
    ink.unmount();
  }
}
