// The card's buttons on the screen, and where each can be clicked.
import { Box, measureElement, Text, useAnimation, type DOMElement } from 'ink';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Key } from '../../../firmware/keypad.ts';
import { drawKeypad, KEY_AREAS, KEYPAD_COLUMNS, progressBar } from '../card/keypad-drawing.ts';
import { Drawing } from './drawing.tsx';
import { useStage } from './stage.ts';

/** A hold is drawn so often, at the least, that none of its parts is skipped. */
const STEPS = 16;

/** The keypad. It is one drawing: a box for each of its thirteen buttons would take Ink longer than all the rest. */
export function KeypadView({
  down,
  holdTime,
}: {
  readonly down: Key | undefined;
  /** How long a hold of `press` takes, in milliseconds. */
  readonly holdTime: number;
}): ReactNode {
  const { palette, targets } = useStage();
  const box = useRef<DOMElement>(null);
  useEffect(() => {
    const removals = [...KEY_AREAS].map(([key, { x, y, width, height }]) =>
      targets.add(`key:${key}`, () => {
        const origin = box.current ? measureElement(box.current) : { x: Infinity, y: Infinity };
        return { x: origin.x + x, y: origin.y + y, width, height };
      }),
    );
    return () => removals.forEach((remove) => remove());
  }, [targets]);
  return (
    <Box ref={box} marginTop={1} flexShrink={0}>
      {down === 'press' ? (
        <HeldKeypad holdTime={holdTime} />
      ) : (
        <Drawing lines={drawKeypad(down, 0, palette.paint)} width={KEYPAD_COLUMNS} />
      )}
    </Box>
  );
}

function HeldKeypad({ holdTime }: { readonly holdTime: number }): ReactNode {
  const { palette } = useStage();
  const lines = drawKeypad('press', useHeldPart(holdTime), palette.paint);
  return <Drawing lines={lines} width={KEYPAD_COLUMNS} />;
}

/** How much of a hold is over, as a bar. */
export function HoldProgress({ holdTime }: { readonly holdTime: number }): ReactNode {
  return <Text>{progressBar(useHeldPart(holdTime))}</Text>;
}

/** The part that is over of a hold that began when this was first drawn, from 0 on. */
function useHeldPart(holdTime: number): number {
  return useAnimation({ interval: holdTime / STEPS }).time / holdTime;
}
