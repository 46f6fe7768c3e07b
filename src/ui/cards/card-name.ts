// The names of cards: safe as file names everywhere, and as words in any shell.
import { CommandError } from '../command-error.ts';

/** A card's name, checked. */
export type CardName = string & { readonly brand: 'CardName' };

/** Whether the text is a card's name: 1 to 32 of `a`-`z`, `0`-`9` and `-`. */
export function isCardName(text: string): text is CardName {
  return /^[a-z0-9-]{1,32}$/.test(text);
}

/**
 * Reads a card's name.
 *
 * @throws {CommandError} `wrong-use` for any other text; it is not repeated, since it may be a key in the wrong place.
 */
export function parseCardName(text: string): CardName {
  if (isCardName(text)) return text;
  throw new CommandError(
    'wrong-use',
    'that is no name of a card; use 1 to 32 of the characters a-z, 0-9 and "-"',
  );
}

/** The card that the app makes at its first start. */
export const DEMO_CARD = parseCardName('demo');
