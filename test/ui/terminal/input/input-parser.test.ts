import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyStroke } from '../../../../src/ui/terminal/input/key-parser.ts';
import { createInputParser, type InputEvent } from '../../../../src/ui/terminal/input/input-parser.ts';

const ESC = '\u{1B}';

/** Something a terminal sends whole, and what it means. */
interface Sample {
  readonly sent: string;
  readonly means: InputEvent[];
}

function key(name: KeyStroke['name'], rest: Partial<KeyStroke> = {}): KeyStroke[] {
  return [{ kind: 'key', name, text: '', ctrl: false, phase: 'press', enhanced: false, ...rest }];
}

const samples = fc.oneof<fc.Arbitrary<Sample>[]>(
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
    .filter((text) => !/[\p{Cc}]/u.test(text))
    .map((text) => ({
      sent: text,
      means: Array.from(text).flatMap((character) => key('character', { text: character })),
    })),
  fc.constantFrom<Sample[]>(
    { sent: '\r', means: key('enter') },
    { sent: '\u{7F}', means: key('backspace') },
    { sent: '\t', means: key('tab') },
    { sent: '\u{3}', means: key('other', { text: 'c', ctrl: true }) },
    { sent: `${ESC}[A`, means: key('up') },
    { sent: `${ESC}OB`, means: key('down') },
    { sent: `${ESC}[3~`, means: key('delete') },
    { sent: `${ESC}[I`, means: [{ kind: 'focus', has: true }] },
    { sent: `${ESC}[O`, means: [{ kind: 'focus', has: false }] },
    { sent: `${ESC}[?27u`, means: [{ kind: 'keyboard', flags: 27 }] },
    { sent: `${ESC}]11;rgb:1010/2020/3030${ESC}\\`, means: [] },
    { sent: `${ESC}P>|term 12${ESC}\\`, means: [] },
    { sent: `${ESC}[[A`, means: [] },
    { sent: `${ESC}[M123`, means: [] },
  ),
  fc
    .record({
      digit: fc.integer({ min: 0, max: 9 }),
      event: fc.constantFrom<KeyStroke['phase'][]>('press', 'repeat', 'release'),
    })
    .map(({ digit, event }) => ({
      sent: `${ESC}[${48 + digit};1:${['press', 'repeat', 'release'].indexOf(event) + 1};${48 + digit}u`,
      means: key('character', { text: String(digit), phase: event, enhanced: true }),
    })),
  fc
    .record({
      column: fc.integer({ min: 0, max: 400 }),
      row: fc.integer({ min: 0, max: 400 }),
      action: fc.constantFrom('press' as const, 'release' as const),
      button: fc.constantFrom('left' as const, 'middle' as const, 'right' as const),
    })
    .map(({ column, row, action, button }) => ({
      sent: `${ESC}[<${['left', 'middle', 'right'].indexOf(button)};${column + 1};${row + 1}${action === 'press' ? 'M' : 'm'}`,
      means: [{ kind: 'mouse', action, button, column, row }],
    })),
  fc.stringMatching(/^[0-9a-z ]{0,12}$/).map((text) => ({
    sent: `${ESC}[200~${text}\r\n${text}${ESC}[201~`,
    means: [{ kind: 'paste', text: `${text}\r${text}` }],
  })),
);

/** The text in pieces, cut at these places. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].toSorted((a, b) => a - b);
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

describe('the input parser', () => {
  it('gives the same events however the stream is cut into chunks, and loses none', () => {
    fc.assert(
      fc.property(
        fc.array(samples, { maxLength: 20 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        (sent, places) => {
          const text = sent.map((sample) => sample.sent).join('');
          const parser = createInputParser();
          const events = cut(text, places).flatMap((chunk) => parser.push(chunk));
          expect(events).toEqual(sent.flatMap((sample) => sample.means));
          expect(parser.pending()).toBeUndefined();
        },
      ),
    );
  });

  it('splits a chunk into one key for each character', () => {
    expect(createInputParser().push('12\r')).toEqual([
      ...key('character', { text: '1' }),
      ...key('character', { text: '2' }),
      ...key('enter'),
    ]);
  });

  it('never throws, whatever comes', () => {
    const bytes = fc.string({
      unit: fc.constantFrom(ESC, ...Array.from('[]OPMu~<;:?0129AmI\\\u{7}\r x')),
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.array(bytes), (chunks) => {
        const parser = createInputParser();
        for (const chunk of chunks) parser.push(chunk);
        expect(parser.flush().length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('takes a lone Escape for the key only when nothing follows', () => {
    const parser = createInputParser();
    expect(parser.push(ESC)).toEqual([]);
    expect(parser.pending()).toBe('escape');
    expect(parser.flush()).toEqual(key('escape'));
    expect(parser.pending()).toBeUndefined();
  });

  it('takes an arrow that comes in two chunks for an arrow', () => {
    const parser = createInputParser();
    parser.push(ESC);
    expect(parser.push('[A')).toEqual(key('up'));
  });

  it('does not type the tail of a sequence whose Escape came too early', () => {
    const parser = createInputParser();
    parser.push(ESC);
    parser.flush();
    expect(parser.push('[<0;10;5M')).toEqual([
      { kind: 'mouse', action: 'press', button: 'left', column: 9, row: 4 },
    ]);
  });

  it('types a bracket after Escape', () => {
    const parser = createInputParser();
    parser.push(ESC);
    parser.flush();
    expect(parser.push('[')).toEqual(key('character', { text: '[' }));
  });

  it('drops a sequence that stays unfinished, and types what comes after', () => {
    const parser = createInputParser();
    parser.push(`${ESC}[<0;1`);
    expect(parser.pending()).toBe('sequence');
    expect(parser.flush()).toEqual([]);
    expect(parser.push('7')).toEqual(key('character', { text: '7' }));
  });

  it('waits for the end of a paste as long as it takes', () => {
    const parser = createInputParser();
    parser.push(`${ESC}[200~12`);
    parser.flush();
    expect(parser.push(`34${ESC}[201~`)).toEqual([{ kind: 'paste', text: '1234' }]);
  });
});
