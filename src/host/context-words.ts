// The words that everybody knows of this place and that are therefore no part of a password (OWASP ASVS 5.0, 6.1.2): the
// product's and the system's names, what its screens and roles are called, and the user's own name.

/** One list for all. Upper and lower case are the same, and so are a word's parts however they are joined. */
export const CONTEXT_WORDS: readonly string[] = [
  'dsc',
  'dsc-plus',
  'Digital Security Card',
  'Secure Login',
  'Security Code',
  'Challenge Code',
  'administrator',
];

/** A word of fewer letters and digits is part of many others, and counts only where it stands alone. */
const LONG = 4;
/** A word of fewer says nothing: "a" is in every other sentence. */
const SHORT = 3;

/** Unicode's compatible forms in lower case: what a person takes for the same password. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/**
 * Whether a text has one of those words in it, or the user's name or a part of that: `ann.lee@bank` is known as "ann",
 * "lee" and "bank".
 */
export function hasContextWord(text: string, user: string): boolean {
  const words = [...CONTEXT_WORDS, user, ...user.split(/[._@-]/)].map(joined);
  const whole = joined(text);
  const alone = new Set(folded(text).match(/\p{L}+/gu));
  return words.some((word) =>
    word.length >= LONG ? whole.includes(word) : word.length >= SHORT && alone.has(word),
  );
}

/** Letters and digits alone. */
const joined = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]/gu, '');
