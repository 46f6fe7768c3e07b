import { expect, it } from 'vitest';
import { commandOf, keyOnCard } from '../../../../src/ui/terminal/card/keys.ts';

const character = (text: string) => ({ name: 'character', text }) as const;

it('has a key for every button of the card', () => {
  for (const digit of ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
    expect(keyOnCard(character(digit))).toBe(digit);
  }
  expect(keyOnCard({ name: 'enter', text: '' })).toBe('ok');
  expect(keyOnCard({ name: 'backspace', text: '' })).toBe('back');
  expect(keyOnCard(character('p'))).toBe('press');
  expect(keyOnCard(character(' '))).toBe('press');
});

it('has no button for any other key, nor for digits of other scripts', () => {
  for (const text of ['a', '１', '٣', '²']) expect(keyOnCard(character(text))).toBeUndefined();
  expect(keyOnCard({ name: 'tab', text: '' })).toBeUndefined();
});

it('finds its letters with caps lock on and on a Cyrillic keyboard', () => {
  for (const text of ['P', 'з', 'З']) expect(keyOnCard(character(text))).toBe('press');
  for (const text of ['q', 'Q', 'й']) expect(commandOf(character(text))).toBe('leave');
  for (const text of ['m', 'M', 'ь']) expect(commandOf(character(text))).toBe('mouse');
  for (const text of ['d', 'D', 'в']) expect(commandOf(character(text))).toBe('develop');
  expect(commandOf(character('?'))).toBe('help');
  expect(commandOf(character('1'))).toBeUndefined();
  expect(commandOf({ name: 'enter', text: '' })).toBeUndefined();
});

it('steps through time only in the developer’s view', () => {
  const steps = { '[': 'back', х: 'back', ']': 'forward', ъ: 'forward', g: 'goOn', G: 'goOn', п: 'goOn' };
  for (const [text, command] of Object.entries(steps)) {
    expect(commandOf(character(text))).toBeUndefined();
    expect(commandOf(character(text), true)).toBe(command);
  }
  expect(commandOf(character('d'), true)).toBe('develop');
});
