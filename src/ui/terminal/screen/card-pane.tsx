// The card: its frame, its display and its buttons.
import type { ReactNode } from 'react';
import type { Key } from '../../../firmware/keypad.ts';
import type { Profile } from '../../../firmware/profiles.ts';
import { KeypadView } from './keypad-view.tsx';
import { CARD } from './layout.ts';
import { Panel } from './panel.tsx';
import { SegmentDisplay } from './segment-display.tsx';
import { useTarget } from './stage.ts';

/** The drawn card. */
export function CardPane({
  title,
  aside,
  line,
  display,
  down,
  holdTime,
  focused,
}: {
  readonly title: string;
  /** What stands at the right of the title: the serial number, or that it is a copy. */
  readonly aside: string;
  /** What the display shows, and what it is made of. */
  readonly line: string;
  readonly display: Profile['display'];
  /** The button that is down. */
  readonly down: Key | undefined;
  readonly holdTime: number;
  readonly focused: boolean;
}): ReactNode {
  const box = useTarget('pane:card');
  return (
    <Panel title={title} aside={aside} focused={focused} box={box} width={CARD.columns} height={CARD.rows}>
      <SegmentDisplay line={line} display={display} />
      <KeypadView down={down} holdTime={holdTime} />
    </Panel>
  );
}
