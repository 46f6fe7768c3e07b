// Colours, or their absence: as props for Ink's boxes and texts, and as functions for text that is drawn whole. Nothing
// is told by colour alone.
import { styleText } from 'node:util';
import type { BoxProps, TextProps } from 'ink';

/** Puts codes around a text that make it look somehow; Ink lets them pass. */
type Paint = (text: string) => string;

/** How things look. */
export interface Palette {
  /** Whether unlit segments are drawn; without colours they could not be told from lit ones. */
  readonly ghosts: boolean;
  readonly frame: BoxProps;
  readonly frameText: TextProps;
  readonly focusedFrame: BoxProps;
  readonly focusedFrameText: TextProps;
  readonly lcd: BoxProps;
  readonly accent: TextProps;
  readonly muted: TextProps;
  readonly good: TextProps;
  readonly bad: TextProps;
  readonly paint: Readonly<
    Record<'edge' | 'label' | 'heldEdge' | 'heldLabel' | 'lit' | 'unlit' | 'strong' | 'weak', Paint>
  >;
}

/** 16 colours, which the user's terminal may show in any way. */
const IN_COLOUR: Palette = {
  ghosts: true,
  frame: { borderColor: 'gray' },
  frameText: { color: 'gray' },
  focusedFrame: { borderColor: 'cyan' },
  focusedFrameText: { color: 'cyan' },
  lcd: { borderColor: 'gray' },
  accent: { color: 'cyan' },
  muted: { color: 'gray' },
  good: { color: 'green' },
  bad: { color: 'red' },
  paint: {
    edge: paint('gray'),
    label: paint('bold'),
    heldEdge: paint('cyan'),
    heldLabel: paint('cyan', 'bold', 'inverse'),
    lit: paint('greenBright', 'bold'),
    unlit: paint('gray', 'dim'),
    strong: paint('cyan', 'bold'),
    weak: paint('gray'),
  },
};

/** The display as it is behind glass. */
const IN_TRUE_COLOUR: Palette = {
  ...IN_COLOUR,
  paint: {
    ...IN_COLOUR.paint,
    lit: behindGlass(paint('#8dffb0', 'bold')),
    unlit: behindGlass(paint('#1f3a2e')),
  },
};

const WITHOUT: Palette = {
  ghosts: false,
  frame: {},
  frameText: {},
  focusedFrame: {},
  focusedFrameText: {},
  lcd: {},
  accent: { bold: true },
  muted: {},
  good: {},
  bad: {},
  paint: {
    edge: paint(),
    label: paint('bold'),
    heldEdge: paint('bold'),
    heldLabel: paint('bold', 'inverse'),
    lit: paint('bold'),
    unlit: paint(),
    strong: paint('bold'),
    weak: paint(),
  },
};

const PLAIN = paint();

/** For a screen reader: no codes of any kind. */
const SPOKEN: Palette = {
  ...WITHOUT,
  accent: {},
  paint: {
    edge: PLAIN,
    label: PLAIN,
    heldEdge: PLAIN,
    heldLabel: PLAIN,
    lit: PLAIN,
    unlit: PLAIN,
    strong: PLAIN,
    weak: PLAIN,
  },
};

/**
 * @param depth - bits of colour the terminal shows and the user wants, 1 for none: `stream.getColorDepth()`.
 * @param spoken - whether a screen reader reads it.
 */
export function paletteFor(depth: number, spoken: boolean): Palette {
  if (spoken) return SPOKEN;
  if (depth <= 1) return WITHOUT;
  return depth >= 24 ? IN_TRUE_COLOUR : IN_COLOUR;
}

/** On the colour of the glass, #10201a, whatever the terminal's own is: a segment that is not lit is hardly seen there. */
function behindGlass(painted: Paint): Paint {
  return (text) => `\u{1B}[48;2;16;32;26m${painted(text)}\u{1B}[49m`;
}

function paint(...formats: Parameters<typeof styleText>[0][]): Paint {
  const codes = formats.flat();
  // Whether the terminal shows them is known by then; styleText would ask standard output again each time.
  return (text) => (codes.length === 0 ? text : styleText(codes, text, { validateStream: false }));
}
