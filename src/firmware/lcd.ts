// The display's glass: which of a place's fourteen segments draw a character.

/** What every place of the display shows while all its segments are lit, in the self-test. */
export const ALL_LIT = '█';

/**
 * The segments of one place, a bit each: the outer ring a-f clockwise from the top, the middle bar in two halves g1 g2,
 * and the six spokes h i j (upper left, middle, right) and k l m (lower left, middle, right).
 */
export const SEGMENTS = {
  a: 1 << 0,
  b: 1 << 1,
  c: 1 << 2,
  d: 1 << 3,
  e: 1 << 4,
  f: 1 << 5,
  g1: 1 << 6,
  g2: 1 << 7,
  h: 1 << 8,
  i: 1 << 9,
  j: 1 << 10,
  k: 1 << 11,
  l: 1 << 12,
  m: 1 << 13,
} as const;

type Segment = keyof typeof SEGMENTS;

const GLYPHS: Readonly<Record<string, readonly Segment[]>> = {
  '0': ['a', 'b', 'c', 'd', 'e', 'f'],
  '1': ['b', 'c'],
  '2': ['a', 'b', 'g1', 'g2', 'e', 'd'],
  '3': ['a', 'b', 'g2', 'c', 'd'],
  '4': ['f', 'g1', 'g2', 'b', 'c'],
  '5': ['a', 'f', 'g1', 'g2', 'c', 'd'],
  '6': ['a', 'f', 'g1', 'g2', 'e', 'c', 'd'],
  '7': ['a', 'b', 'c'],
  '8': ['a', 'b', 'c', 'd', 'e', 'f', 'g1', 'g2'],
  '9': ['a', 'b', 'c', 'd', 'f', 'g1', 'g2'],
  A: ['e', 'f', 'a', 'b', 'c', 'g1', 'g2'],
  C: ['a', 'f', 'e', 'd'],
  G: ['a', 'f', 'e', 'd', 'c', 'g2'],
  H: ['f', 'e', 'b', 'c', 'g1', 'g2'],
  I: ['a', 'd', 'i', 'l'],
  L: ['f', 'e', 'd'],
  N: ['f', 'e', 'b', 'c', 'h', 'm'],
  P: ['f', 'e', 'a', 'b', 'g1', 'g2'],
  '>': ['h', 'k'],
  '*': ['g1', 'g2', 'h', 'i', 'j', 'k', 'l', 'm'],
  [ALL_LIT]: Object.keys(SEGMENTS) as Segment[],
};

const MASKS = new Map(
  Object.entries(GLYPHS).map(([character, lit]) => [
    character,
    lit.reduce((mask, s) => mask | SEGMENTS[s], 0),
  ]),
);

/** The segments lit for a character, as bits of {@link SEGMENTS}; none for a blank or an unknown character. */
export function segments(character: string): number {
  return MASKS.get(character) ?? 0;
}
