// `dsc replay` at a terminal: the recorded card, its buttons going down and up by themselves.
import { render } from 'ink';
import { createElement } from 'react';
import { languageOfLocale } from '../text/language.ts';
import { textsIn } from '../text/texts.ts';
import type { Recording } from '../recordings/read-recording.ts';
import { startReplay } from '../recordings/replay.ts';
import { systemClock } from '../system-clock.ts';
import { paletteFor } from './screen/palette.ts';
import { ReplayScreen, type ReplayMoment } from './screen/replay-screen.tsx';
import { createStore } from './store.ts';
import { createTargets } from './targets.ts';

/** How long the last display stays, in milliseconds. */
const LINGER = 1000;

/**
 * Shows a recording until it is over or the person leaves.
 *
 * @param speed - how many times faster than it was.
 */
export async function runReplay(recording: Recording, speed: number): Promise<void> {
  const { card: recorded, events } = recording;
  const { card, advanceTo } = startReplay(recording);
  const length = events.at(-1)?.t ?? 0;
  const moment = createStore<ReplayMoment>({ t: 0, line: '', down: undefined });
  const over = Promise.withResolvers<void>();
  const isSpoken = process.env['INK_SCREEN_READER'] === 'true';
  const ink = render(
    createElement(ReplayScreen, {
      card: recorded,
      moment,
      length,
      stage: {
        text: textsIn(languageOfLocale(process.env)),
        palette: paletteFor(process.stdout.getColorDepth(), isSpoken),
        targets: createTargets(),
      },
    }),
    { alternateScreen: !isSpoken, exitOnCtrlC: true, patchConsole: false },
  );
  const began = systemClock.now();
  const stop = playAt(
    () => (systemClock.now() - began) * speed,
    (now) => {
      const t = Math.min(Math.floor(now), length);
      advanceTo(t);
      moment.set({ t, line: card.display(), down: buttonDown(recording, t) });
      const next = events.find((event) => event.t > t)?.t;
      return next === undefined ? over.resolve() : (next - now) / speed;
    },
  );
  try {
    await Promise.race([
      over.promise.then(() => new Promise((done) => setTimeout(done, LINGER))),
      ink.waitUntilExit(),
    ]);
  } finally {
    stop();
    ink.unmount();
  }
}

/** Calls `step` with the time, again after as many milliseconds as it says, until it says nothing. */
function playAt(time: () => number, step: (now: number) => number | void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const play = (): void => {
    const wait = step(time());
    if (typeof wait === 'number') timer = setTimeout(play, Math.max(1, wait));
  };
  play();
  return () => clearTimeout(timer);
}

/** The button that was pressed last and is not let go; undefined if there is none, or it is not told. */
function buttonDown({ events }: Recording, t: number): ReplayMoment['down'] {
  const last = events.findLast(
    (event) => event.t <= t && (event.type === 'press' || event.type === 'release'),
  );
  return last?.type === 'press' && last.key !== '*' ? last.key : undefined;
}
