import { describe, expect, it } from 'vitest';
import { createSplitter } from '../../../../src/ui/terminal/input/escape-sequences.ts';
import { keyStroke } from '../../../../src/ui/terminal/input/key-parser.ts';

const ESC = '\u{1B}';

function strokes(sent: string): unknown[] {
  return createSplitter()
    .push(sent)
    .map((token) => keyStroke(token));
}

describe('keys of a plain terminal', () => {
  it.each([
    ['\r', 'enter'],
    ['\n', 'enter'],
    ['\b', 'backspace'],
    ['\u{7F}', 'backspace'],
    ['\t', 'tab'],
    [`${ESC}[Z`, 'tab'],
    [`${ESC}[H`, 'home'],
    [`${ESC}OF`, 'end'],
    [`${ESC}[1~`, 'home'],
    [`${ESC}[8~`, 'end'],
    [`${ESC}[3~`, 'delete'],
    [`${ESC}[C`, 'right'],
    [`${ESC}[1;5D`, 'left'],
  ])('%j is %s', (sent, name) => {
    expect(strokes(sent)).toMatchObject([{ name, text: '', phase: 'press', enhanced: false }]);
  });

  it('knows Ctrl-C and Ctrl-Z', () => {
    expect(strokes('\u{3}\u{1A}')).toMatchObject([
      { ctrl: true, text: 'c' },
      { ctrl: true, text: 'z' },
    ]);
  });

  it('types nothing for a key with Alt or one it does not know', () => {
    expect(strokes(`${ESC}1`)).toMatchObject([{ name: 'other', text: '' }]);
    expect(strokes(`${ESC}[20~`)).toEqual([undefined]);
  });
});

describe('keys of the kitty protocol', () => {
  it('tells a press, its repetition and its release apart', () => {
    expect(strokes(`${ESC}[112;1:1;112u${ESC}[112;1:2;112u${ESC}[112;1:3u`)).toMatchObject([
      { name: 'character', text: 'p', phase: 'press', enhanced: true },
      { name: 'character', text: 'p', phase: 'repeat', enhanced: true },
      { name: 'character', text: 'p', phase: 'release', enhanced: true },
    ]);
  });

  it('reports Enter, Backspace and arrows when they are let go', () => {
    expect(strokes(`${ESC}[13;1:3u${ESC}[127;1:3u${ESC}[1;1:3A`)).toMatchObject([
      { name: 'enter', phase: 'release', enhanced: true },
      { name: 'backspace', phase: 'release', enhanced: true },
      { name: 'up', phase: 'release', enhanced: true },
    ]);
  });

  it('takes the text the terminal gives, and the shifted key where it gives none', () => {
    expect(strokes(`${ESC}[47:63;2;63u`)).toMatchObject([{ text: '?' }]);
    expect(strokes(`${ESC}[47:63;2u`)).toMatchObject([{ text: '?' }]);
    expect(strokes(`${ESC}[229;1;229u`)).toMatchObject([{ text: 'å' }]);
  });

  it('knows the digits and Enter of the numeric keypad', () => {
    expect(strokes(`${ESC}[57399u${ESC}[57408;129u${ESC}[57414u`)).toMatchObject([
      { name: 'character', text: '0' },
      { name: 'character', text: '9' },
      { name: 'enter' },
    ]);
  });

  it('knows Ctrl-C on a Cyrillic layout by the key it stands on', () => {
    expect(strokes(`${ESC}[1089::99;5u`)).toMatchObject([{ name: 'other', ctrl: true, text: 'c' }]);
  });

  it('types nothing for shift alone, nor for a letter with Alt', () => {
    expect(strokes(`${ESC}[57441;2u${ESC}[97;3u`)).toMatchObject([
      { name: 'other', text: '' },
      { name: 'other', ctrl: false },
    ]);
  });
});
