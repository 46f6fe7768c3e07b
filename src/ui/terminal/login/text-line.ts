// One line of text that somebody types: the text, and where the next character goes.

/** A line and its caret. */
export interface TextLine {
  readonly text: string;
  /** Where the caret stands: UTF-16 units before it, always between two characters as people see them. */
  readonly caret: number;
}

/** What a key does to a line. */
export type Edit =
  | { readonly edit: 'insert'; readonly text: string }
  | { readonly edit: 'backspace' | 'delete' | 'left' | 'right' | 'home' | 'end' };

/** Nothing typed yet. */
export const EMPTY_LINE: TextLine = { text: '', caret: 0 };

/** More than anybody types into a login; what exceeds it is not taken. */
const LONGEST = 256;

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The line after an edit. */
export function edited(line: TextLine, change: Edit): TextLine {
  const { text, caret } = line;
  const before = text.slice(0, caret);
  const after = text.slice(caret);
  switch (change.edit) {
    case 'insert':
      if (text.length + change.text.length > LONGEST) return line;
      return { text: before + change.text + after, caret: caret + change.text.length };
    case 'backspace': {
      const kept = withoutLast(before);
      return { text: kept + after, caret: kept.length };
    }
    case 'delete':
      return { text: before + after.slice(lengthOfFirst(after)), caret };
    case 'left':
      return { text, caret: withoutLast(before).length };
    case 'right':
      return { text, caret: caret + lengthOfFirst(after) };
    case 'home':
      return { text, caret: 0 };
    case 'end':
      return { text, caret: text.length };
  }
}

/** How many characters, as people see them, a text has. */
export function countCharacters(text: string): number {
  return [...characters.segment(text)].length;
}

function withoutLast(text: string): string {
  return text.slice(0, [...characters.segment(text)].at(-1)?.index ?? 0);
}

/** The length of the first character, as people see it, of a text; 0 of an empty one. */
export function lengthOfFirst(text: string): number {
  for (const { segment } of characters.segment(text)) return segment.length;
  return 0;
}
