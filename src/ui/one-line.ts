// Text from outside, made fit to stand in a one-line message on somebody's terminal.

/** Characters that end a line, move the cursor or change how other characters are read. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Longest piece of somebody's input that a message repeats, in UTF-16 units. */
const LONGEST_QUOTE = 60;

/**
 * Makes one line of any text: control characters, line ends and direction marks become escapes such as `\u{1b}`.
 *
 * @example
 * oneLine('a\nb'); // 'a\u{a}b'
 */
export function oneLine(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** What somebody typed, quoted for a message: on one line, and cut if it is long. */
export function quoted(text: string): string {
  return `"${oneLine(clipped(text, LONGEST_QUOTE))}"`;
}

/** The text, or its beginning and an ellipsis where it is longer than `length` UTF-16 units. */
export function clipped(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
