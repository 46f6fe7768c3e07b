// The display's glass: which segments of a place draw a character.
import type { DisplayKind } from './profiles.ts';

/** What every place of the display shows while all its segments are lit, in the self-test. */
export const ALL_LIT = '█';

/**
 * The segments of one place, a bit each: the outer ring a-f clockwise from the top, the middle bar in two halves g1 g2,
 * and the six spokes h i j (upper left, middle, right) and k l m (lower left, middle, right). A place of seven segments
 * is the ring and the middle bar, which is one segment there: its bits g1 and g2 are lit together.
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

/** Characters by their lit segments, a letter each; `g` is the whole middle bar, `r` its right half. */
const DIGITS: Readonly<Record<string, string>> = {
  '0': 'abcdef',
  '1': 'bc',
  '2': 'abged',
  '3': 'abgcd',
  '4': 'fgbc',
  '5': 'afgcd',
  '6': 'afgecd',
  '7': 'abc',
  '8': 'abcdefg',
  '9': 'abcdfg',
  '-': 'g',
};

const GLYPHS: Readonly<Record<DisplayKind, Readonly<Record<string, string>>>> = {
  '14-segment': {
    ...DIGITS,
    '3': 'abrcd',
    A: 'efabcg',
    B: 'abcdril',
    C: 'afed',
    D: 'abcdil',
    E: 'afedg',
    F: 'afeg',
    G: 'afedcr',
    H: 'febcg',
    I: 'adil',
    J: 'bcde',
    K: 'fegjm',
    L: 'fed',
    M: 'febchj',
    N: 'febchm',
    O: 'abcdef',
    P: 'feabg',
    Q: 'abcdefm',
    R: 'feabgm',
    S: 'afgcd',
    T: 'ail',
    U: 'febcd',
    V: 'fejk',
    W: 'febckm',
    X: 'hjkm',
    Y: 'hjl',
    Z: 'adjk',
    '>': 'hk',
    '<': 'jm',
    '*': 'ghijklm',
    '+': 'gil',
    [ALL_LIT]: 'abcdefghijklm',
  },
  '7-segment': {
    ...DIGITS,
    A: 'efabcg',
    b: 'fegcd',
    C: 'afed',
    c: 'ged',
    d: 'bcdeg',
    E: 'afedg',
    F: 'afeg',
    G: 'afedc',
    H: 'febcg',
    h: 'fegc',
    I: 'bc',
    i: 'c',
    J: 'bcde',
    L: 'fed',
    n: 'egc',
    O: 'abcdef',
    o: 'gecd',
    P: 'feabg',
    q: 'abcfg',
    r: 'eg',
    S: 'afgcd',
    t: 'fegd',
    U: 'febcd',
    u: 'ecd',
    y: 'fbgcd',
    _: 'd',
    '=': 'gd',
    [ALL_LIT]: 'abcdefg',
  },
};

const LETTERS: Readonly<Record<string, readonly Segment[]>> = { g: ['g1', 'g2'], r: ['g2'] };

function maskOf(letters: string): number {
  const lit = Array.from(letters, (letter) => LETTERS[letter] ?? [letter as Segment]).flat();
  return lit.reduce((mask, segment) => mask | SEGMENTS[segment], 0);
}

function masksOf(kind: DisplayKind): ReadonlyMap<string, number> {
  return new Map(Object.entries(GLYPHS[kind]).map(([character, letters]) => [character, maskOf(letters)]));
}

const MASKS = { '14-segment': masksOf('14-segment'), '7-segment': masksOf('7-segment') } as const;

/** The segments lit for a character, as bits of {@link SEGMENTS}; none for a blank or an unknown character. */
export function segments(character: string, kind: DisplayKind): number {
  return MASKS[kind].get(character) ?? 0;
}

/** Whether such a display can show every character of the text. */
export function canShow(text: string, kind: DisplayKind): boolean {
  return Array.from(text).every((character) => character === ' ' || MASKS[kind].has(character));
}

/** How many segments are lit while the display shows this text; each takes current. */
export function litSegments(text: string, kind: DisplayKind): number {
  let lit = 0;
  for (let i = 0; i < text.length; i++) {
    let mask = segments(text.charAt(i), kind);
    // The two halves of the middle bar are one segment there.
    if (kind === '7-segment') mask &= ~SEGMENTS.g2;
    for (; mask !== 0; mask &= mask - 1) lit++;
  }
  return lit;
}
