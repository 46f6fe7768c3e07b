// Words that belong together.

/** The text with spaces at which Ink does not break lines. */
export function together(text: string): string {
  return text.replaceAll(' ', '\u{A0}');
}
