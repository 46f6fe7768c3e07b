// Display and buttons in words, for those who cannot see them.
import type { Key } from '../../../firmware/keypad.ts';
import { ALL_LIT } from '../../../firmware/lcd.ts';
import type { Texts } from '../../text/texts.ts';

/** What stands for a digit typed that is not to be read over a shoulder. */
const MASK = '*';

/**
 * What the display shows, as one reads it out.
 *
 * @param spoken - whether it is read aloud: then digits stand apart, or they would be read as one large number.
 */
export function displayInWords(line: string, text: Texts, spoken = false): string {
  if (line === '') return text('words.off');
  if (line.startsWith(ALL_LIT)) return text('words.allLit');
  const prompt = line.replaceAll(MASK, '');
  const count = line.length - prompt.length;
  if (count > 0) return text('words.entered', { prompt, count });
  return spoken && /^\d+$/.test(line) ? Array.from(line).join(' ') : line;
}

/** The name of a button, as one reads it out. */
export function buttonInWords(key: Key, text: Texts): string {
  return key === 'back' ? text('words.back') : key === 'ok' ? 'OK' : key;
}
