import { describe, expect, test } from 'vitest';
import { ALL_LIT, canShow, litSegments, segments, SEGMENTS } from '../../src/firmware/lcd.ts';
import { PROFILES, type DisplayKind } from '../../src/firmware/profiles.ts';

const STROKE = {
  a: '-',
  b: '|',
  c: '|',
  d: '-',
  e: '|',
  f: '|',
  g1: '-',
  g2: '-',
  h: '\\',
  i: '|',
  j: '/',
  k: '/',
  l: '|',
  m: '\\',
} as const;

/** Where the segments lie in a place. */
const PLACE = [
  [null, 'a', 'a', 'a', null],
  ['f', 'h', 'i', 'j', 'b'],
  [null, 'g1', null, 'g2', null],
  ['e', 'k', 'l', 'm', 'c'],
  [null, 'd', 'd', 'd', null],
] as const;

/** A text as its lit segments draw it. */
function drawn(text: string, kind: DisplayKind): string {
  const row = (names: (typeof PLACE)[number], lit: number): string =>
    names.map((name) => (name && lit & SEGMENTS[name] ? STROKE[name] : ' ')).join('');
  const lines = PLACE.map((names) =>
    Array.from(text, (character) => row(names, segments(character, kind)))
      .join(' ')
      .trimEnd(),
  );
  return `\n${lines.join('\n')}\n`;
}

describe.each(PROFILES)('the display of the $name', ({ display: { kind }, prompts, notices }) => {
  const texts = [...prompts.flatMap(({ prompt, mask = '' }) => [prompt, mask]), ...Object.values(notices)];

  test('draws everything the card shows', () => {
    for (const text of texts) expect(canShow(text, kind)).toBe(true);
    expect(canShow('0123456789', kind)).toBe(true);
  });

  test('draws no two digits, and no mask and digit, alike', () => {
    const masks = prompts.flatMap(({ mask = [] }) => mask);
    const characters = [...Array.from('0123456789'), ...masks];
    expect(new Set(characters.map((character) => segments(character, kind))).size).toBe(characters.length);
  });

  test('draws nothing for a blank or an unknown character', () => {
    for (const character of [' ', 'Ж', 'constructor']) expect(segments(character, kind)).toBe(0);
    expect(canShow(' ', kind)).toBe(true);
    expect(canShow('PЖ', kind)).toBe(false);
    expect(canShow('constructor', kind)).toBe(false);
  });
});

test('fourteen segments are lit as a person reads them', () => {
  expect(drawn('0123456789-', '14-segment')).toBe(String.raw`
 ---         ---   ---         ---   ---   ---   ---   ---
|   |     |     |     | |   | |     |         | |   | |   |
             - -     -   - -   - -   - -         - -   - -   - -
|   |     | |         |     |     | |   |     | |   |     |
 ---         ---   ---         ---   ---         ---   ---
`);
  expect(drawn('ABCDEFGHI', '14-segment')).toBe(String.raw`
 ---   ---   ---   ---   ---   ---   ---         ---
|   |   | | |       | | |     |     |     |   |   |
 - -     -               - -   - -     -   - -
|   |   | | |       | | |     |     |   | |   |   |
       ---   ---   ---   ---         ---         ---
`);
  expect(drawn('JKLMNOPQR', '14-segment')).toBe(String.raw`
                               ---   ---   ---   ---
    | |  /  |     |\ /| |\  | |   | |   | |   | |   |
       - -                           - -         - -
|   | |  \  |     |   | |  \| |   | |     |  \| |  \
 ---         ---               ---         ---
`);
  expect(drawn('STUVWXYZ', '14-segment')).toBe(String.raw`
 ---   ---                                 ---
|       |   |   | |  /  |   |  \ /   \ /     /
 - -
    |   |   |   | |/    |/ \|  / \    |    /
 ---         ---                           ---
`);
  expect(drawn('><*+█', '14-segment')).toBe(String.raw`
                         ---
 \       /   \|/    |   |\|/|
             - -   - -   - -
 /       \   /|\    |   |/|\|
                         ---
`);
});

test('seven segments are lit as a person reads them', () => {
  expect(drawn('0123456789-=_', '7-segment')).toBe(String.raw`
 ---         ---   ---         ---   ---   ---   ---   ---
|   |     |     |     | |   | |     |         | |   | |   |
             - -   - -   - -   - -   - -         - -   - -   - -   - -
|   |     | |         |     |     | |   |     | |   |     |
 ---         ---   ---         ---   ---         ---   ---         ---   ---
`);
  expect(drawn('AbCcdEFGHhIi', '7-segment')).toBe(String.raw`
 ---         ---               ---   ---   ---
|   | |     |               | |     |     |     |   | |         |
 - -   - -         - -   - -   - -   - -         - -   - -
|   | |   | |     |     |   | |     |     |   | |   | |   |     |     |
       ---   ---   ---   ---   ---         ---
`);
  expect(drawn('JLnOoPqrStUuy█', '7-segment')).toBe(String.raw`
                   ---         ---   ---         ---                           ---
    | |           |   |       |   | |   |       |     |     |   |       |   | |   |
             - -         - -   - -   - -   - -   - -   - -               - -   - -
|   | |     |   | |   | |   | |         | |         | |     |   | |   |     | |   |
 ---   ---         ---   ---                     ---   ---   ---   ---   ---   ---
`);
});

test('the self-test lights all fourteen segments, or all seven', () => {
  const all = Object.values(SEGMENTS).reduce((sum, bit) => sum + bit, 0);
  expect(all).toBe(2 ** 14 - 1);
  expect(segments(ALL_LIT, '14-segment')).toBe(all);
  const { a, b, c, d, e, f, g1, g2 } = SEGMENTS;
  expect(segments(ALL_LIT, '7-segment')).toBe(a | b | c | d | e | f | g1 | g2);
});

test('counts the segments that are lit, the middle bar once where it is one', () => {
  expect(litSegments('', '14-segment')).toBe(0);
  expect(litSegments('18', '14-segment')).toBe(2 + 8);
  expect(litSegments('18', '7-segment')).toBe(2 + 7);
  expect(litSegments(ALL_LIT.repeat(8), '14-segment')).toBe(8 * 14);
  expect(litSegments(ALL_LIT.repeat(5), '7-segment')).toBe(5 * 7);
});

test('every letter has a shape of its own on fourteen segments', () => {
  const letters = Array.from('ABCDEFGHIJKLMNPQRTUVWXYZ');
  const masks = letters.map((letter) => segments(letter, '14-segment'));
  expect(masks).not.toContain(0);
  expect(new Set(masks).size).toBe(letters.length);
});
