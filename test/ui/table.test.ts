import { expect, test } from 'vitest';
import { table } from '../../src/ui/table.ts';

test('columns stand below each other', () => {
  expect(
    table([
      ['a', 'b', 'c d'],
      ['long', '', 'e'],
    ]),
  ).toBe('a     b  c d\nlong     e\n');
});

test('what a cell holds adds no row, and commands no terminal', () => {
  expect(table([['ann', '\u{1b}[2J\nroot  \u{202e}administrator']])).toBe(
    'ann  \\u{1b}[2J\\u{a}root  \\u{202e}administrator\n',
  );
});
