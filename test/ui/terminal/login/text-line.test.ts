import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  countCharacters,
  edited,
  EMPTY_LINE,
  type Edit,
} from '../../../../src/ui/terminal/login/text-line.ts';

const edits: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
      .map((text) => ({ edit: 'insert' as const, text })),
  },
  fc
    .constantFrom<Edit['edit'][]>('backspace', 'delete', 'left', 'right', 'home', 'end')
    .map((edit) => ({ edit }) as Edit),
);

function typed(...changes: Edit[]) {
  return changes.reduce(edited, EMPTY_LINE);
}

const insert = (text: string): Edit => ({ edit: 'insert', text });

it('takes what is typed where the caret stands', () => {
  expect(typed(insert('a'), insert('c'), { edit: 'left' }, insert('b'))).toEqual({ text: 'abc', caret: 2 });
  expect(typed(insert('b'), { edit: 'home' }, insert('a'), { edit: 'end' }, insert('c'))).toEqual({
    text: 'abc',
    caret: 3,
  });
});

it('erases before the caret, or under it', () => {
  const abc = [insert('a'), insert('b'), insert('c'), { edit: 'left' }] as const;
  expect(typed(...abc, { edit: 'backspace' })).toEqual({ text: 'ac', caret: 1 });
  expect(typed(...abc, { edit: 'delete' })).toEqual({ text: 'ab', caret: 2 });
});

it('takes a character of several code points for one', () => {
  const family = '👨‍👩‍👧';
  const line = typed(insert('é'), insert(family));
  expect(countCharacters(line.text)).toBe(2);
  expect(edited(line, { edit: 'backspace' }).text).toBe('é');
  expect(edited(line, { edit: 'left' }).caret).toBe('é'.length);
});

it('keeps the caret within the text, and stays as it is at its ends', () => {
  fc.assert(
    fc.property(fc.array(edits, { maxLength: 40 }), (changes) => {
      const { text, caret } = typed(...changes);
      expect(caret).toBeGreaterThanOrEqual(0);
      expect(caret).toBeLessThanOrEqual(text.length);
      expect(edited({ text, caret: 0 }, { edit: 'backspace' })).toEqual({ text, caret: 0 });
      expect(edited({ text, caret: text.length }, { edit: 'delete' })).toEqual({ text, caret: text.length });
    }),
  );
});

it('gives back what was typed when it is erased again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }), { maxLength: 40 }),
      (characters) => {
        const line = typed(...characters.map(insert));
        expect(line.text).toBe(characters.join(''));
        expect(
          typed(...characters.map(insert), ...characters.map((): Edit => ({ edit: 'backspace' }))),
        ).toEqual(EMPTY_LINE);
      },
    ),
  );
});

it('takes no more than a login can have', () => {
  const line = typed(...Array.from({ length: 300 }, () => insert('x')));
  expect(line.text).toHaveLength(256);
});
