// The app: reads what there is to show, chooses the layout, and draws.
import { Box, useApp, useIsScreenReaderEnabled, useStdin, useStdout, useWindowSize } from 'ink';
import { useEffect, useMemo, type ReactNode } from 'react';
import type { Texts } from '../../text/texts.ts';
import type { Demo } from '../demo.ts';
import type { JobControl } from '../job-control.ts';
import type { Session } from '../session.ts';
import type { Targets } from '../targets.ts';
import type { TerminalModes } from '../terminal-modes.ts';
import { DrawnScreen } from './drawn-screen.tsx';
import { layoutFor } from './layout.ts';
import type { Palette } from './palette.ts';
import { PlainScreen } from './plain-screen.tsx';
import { useScreenParts, type ScreenParts } from './screen-parts.ts';
import { StageContext } from './stage.ts';
import { TooSmall } from './too-small.tsx';

/** All that the app shows and steers. */
export interface AppProps {
  /** Undefined in the first frame, which does not wait for the card to be read. */
  readonly session: Session | undefined;
  readonly demo: Demo;
  readonly text: Texts;
  readonly palette: Palette;
  readonly targets: Targets;
  readonly modes: TerminalModes;
  readonly jobControl: JobControl;
}

/** The app. */
export function App(props: AppProps): ReactNode {
  const { session, demo, text, palette, targets } = props;
  useTerminal(props);
  const { columns, rows } = useSize();
  const stage = useMemo(() => ({ text, palette, targets }), [text, palette, targets]);
  const parts = useScreenParts(session, demo);
  const spoken = useIsScreenReaderEnabled();
  return (
    <StageContext value={stage}>
      {spoken ? <PlainScreen {...parts} /> : <Screen {...parts} columns={columns} rows={rows} />}
    </StageContext>
  );
}

/** The whole terminal. Text that finds no room is cut off at its lower edge; a drawing fits, or it would not be one. */
function Screen({
  columns,
  rows,
  ...parts
}: ScreenParts & { readonly columns: number; readonly rows: number }): ReactNode {
  const layout = layoutFor(columns, rows);
  const size = { width: columns, height: rows, flexDirection: 'column' } as const;
  switch (layout) {
    case 'both':
    case 'single':
      return (
        <Box {...size}>
          <DrawnScreen {...parts} columns={columns} rows={rows} both={layout === 'both'} />
        </Box>
      );
    case 'plain':
      return (
        <Box {...size} overflow="hidden">
          <PlainScreen {...parts} />
        </Box>
      );
    case 'too-small':
      return (
        <Box {...size} overflow="hidden">
          <TooSmall columns={columns} rows={rows} />
        </Box>
      );
  }
}

/** The terminal's size as it is now: the one Ink keeps is that of the last frame until Ink has heard of a new one. */
function useSize(): { columns: number; rows: number } {
  const known = useWindowSize();
  const now: NodeJS.WritableStream & { columns?: number; rows?: number } = useStdout().stdout;
  return { columns: now.columns || known.columns, rows: now.rows || known.rows };
}

/** Takes the terminal while the app is on the screen, and gives it back whichever way the app ends. */
function useTerminal({ modes, jobControl }: AppProps): void {
  const { setRawMode } = useStdin();
  const { suspendTerminal } = useApp();
  // First, since whoever sees the modes entered may stop the app at once.
  useEffect(() => jobControl.attach(suspendTerminal), [jobControl, suspendTerminal]);
  useEffect(() => {
    setRawMode(true);
    modes.enter();
    return () => {
      modes.leave();
      setRawMode(false);
    };
  }, [setRawMode, modes]);
}
