// Which key of a keyboard stands for which button of the card, or for a command to the app.
import { isDigit, type Key } from '../../../firmware/keypad.ts';
import type { KeyStroke } from '../input/key-parser.ts';

/** What the app can be told while the card has the focus. */
export type Command = 'help' | 'mouse' | 'leave' | 'develop' | TravelCommand;

/** What the developer's view takes besides. */
type TravelCommand = 'back' | 'forward' | 'goOn';

/** Letters by their Latin key, and by the same key of a Cyrillic keyboard. */
const PRESS: ReadonlySet<string> = new Set([' ', 'p', 'з']);
const COMMANDS: Readonly<Record<string, Command>> = {
  '?': 'help',
  m: 'mouse',
  ь: 'mouse',
  q: 'leave',
  й: 'leave',
  d: 'develop',
  в: 'develop',
};
const TRAVEL: Readonly<Record<string, TravelCommand>> = {
  '[': 'back',
  х: 'back',
  ']': 'forward',
  ъ: 'forward',
  g: 'goOn',
  п: 'goOn',
};

/** The card's button for a key; undefined if it has none. */
export function keyOnCard({ name, text }: Pick<KeyStroke, 'name' | 'text'>): Key | undefined {
  if (name === 'enter') return 'ok';
  if (name === 'backspace') return 'back';
  if (name !== 'character') return undefined;
  if (isDigit(text)) return text;
  return PRESS.has(text.toLowerCase()) ? 'press' : undefined;
}

/** The command of a key; undefined if it has none. @param inspects - whether the developer's view is open. */
export function commandOf(
  { name, text }: Pick<KeyStroke, 'name' | 'text'>,
  inspects = false,
): Command | undefined {
  if (name !== 'character') return undefined;
  const letter = text.toLowerCase();
  return COMMANDS[letter] ?? (inspects ? TRAVEL[letter] : undefined);
}
