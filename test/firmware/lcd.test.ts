import { expect, test } from 'vitest';
import { ALL_LIT, segments, SEGMENTS } from '../../src/firmware/lcd.ts';

const READABLE = '0123456789PIN>CHALLNG*';

test('every character the card shows lights some segments, and no two look alike', () => {
  const characters = [...new Set(READABLE.split('')), ALL_LIT];
  const masks = characters.map(segments);
  expect(masks).not.toContain(0);
  expect(new Set(masks).size).toBe(characters.length);
});

test('the self-test lights all fourteen', () => {
  const all = Object.values(SEGMENTS).reduce((sum, bit) => sum + bit, 0);
  expect(all).toBe(2 ** 14 - 1);
  expect(segments(ALL_LIT)).toBe(all);
});

test('a blank or unknown character lights none', () => {
  expect(segments(' ')).toBe(0);
  expect(segments('Ж')).toBe(0);
  expect(segments('constructor')).toBe(0);
});
