import { describe, expect, test } from 'vitest';
import { parseCardName } from '../../../src/ui/cards/card-name.ts';

describe('the name of a card', () => {
  test.each(['demo', 'a', '0', 'my-card-2', '-', 'x'.repeat(32)])('may be %s', (name) => {
    expect(parseCardName(name)).toBe(name);
  });

  test.each([
    '',
    'x'.repeat(33),
    'Work',
    'my card',
    'my_card',
    '.',
    '..',
    '../demo',
    'a/b',
    'a\\b',
    'C:',
    'demo.card',
    'demo\0',
    'demo\n',
    'dé',
    'ｄｅｍｏ',
    'карта',
  ])('may not be %j', (name) => {
    expect(() => parseCardName(name)).toThrow(
      expect.objectContaining({
        code: 'wrong-use',
        message: 'that is no name of a card; use 1 to 32 of the characters a-z, 0-9 and "-"',
      }),
    );
  });
});
