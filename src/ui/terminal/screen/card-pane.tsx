// The card: its frame, its display and its buttons.
import type { ReactNode } from 'react';
import type { Key } from '../../../firmware/keypad.ts';
import { KeypadView } from './keypad-view.tsx';
import { CARD } from './layout.ts';
import { Panel } from './panel.tsx';
import { SegmentDisplay } from './segment-display.tsx';
import { useTarget } from './stage.ts';

/** The drawn card. */
export function CardPane({
  title,
  serial,
  line,
  places,
  down,
  holdTime,
  focused,
}: {
  readonly title: string;
  readonly serial: string;
  /** What the display shows, and its places. */
  readonly line: string;
  readonly places: number;
  /** The button that is down. */
  readonly down: Key | undefined;
  readonly holdTime: number;
  readonly focused: boolean;
}): ReactNode {
  const box = useTarget('pane:card');
  return (
    <Panel title={title} aside={serial} focused={focused} box={box} width={CARD.columns} height={CARD.rows}>
      <SegmentDisplay line={line} width={places} />
      <KeypadView down={down} holdTime={holdTime} />
    </Panel>
  );
}
