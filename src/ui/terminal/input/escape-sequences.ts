// Cuts what a terminal sends into its smallest parts: characters, escape sequences, pastes (ECMA-48, section 5.4).

const ESC = '\u{1B}';
const PASTE_START = `${ESC}[200~`;
const PASTE_END = `${ESC}[201~`;
const BEL = '\u{7}';
const ST = `${ESC}\\`;

/** One part of the input. */
export type Token =
  | { readonly kind: 'character'; readonly text: string }
  /** A character typed with Alt. */
  | { readonly kind: 'alt'; readonly text: string }
  /** The Escape key itself. */
  | { readonly kind: 'escape' }
  | { readonly kind: 'csi'; readonly parameters: string; readonly final: string }
  | { readonly kind: 'ss3'; readonly final: string }
  | { readonly kind: 'paste'; readonly text: string }
  /** What has no meaning here: a broken sequence, or a terminal's answer to a question nobody asked. */
  | { readonly kind: 'noise' };

/** The first token of a text and how much of the text it takes; undefined while more is needed to tell. */
type Cut = { readonly token: Token; readonly length: number } | undefined;

/** Cuts a stream of chunks. */
export interface Splitter {
  /** The tokens complete with this chunk. However a stream is cut into chunks, the tokens are the same. */
  push(chunk: string): Token[];
  /** What is begun and not complete: a lone Escape, a sequence or paste, or nothing. */
  pending(): 'escape' | 'sequence' | undefined;
  /**
   * To be called when nothing has followed for a while: a lone Escape becomes the key, an unfinished sequence is
   * dropped, since its rest must not be taken for keys that somebody pressed.
   */
  flush(): Token[];
}

/** Makes a splitter. */
export function createSplitter(): Splitter {
  let rest = '';
  let escapeFlushed = false;

  return {
    push(chunk) {
      // Over a slow line the tail of a sequence can come after its Escape was taken for the key. People type one
      // character at a time, so a longer chunk that begins like a sequence is that tail.
      const isTail = escapeFlushed && /^[[O]./s.test(chunk);
      escapeFlushed = false;
      rest = (isTail ? ESC : rest) + chunk;
      const tokens: Token[] = [];
      let start = 0;
      for (let cut = first(rest, start); cut; cut = first(rest, start)) {
        tokens.push(cut.token);
        start += cut.length;
      }
      rest = rest.slice(start);
      return tokens;
    },
    pending() {
      if (rest === '') return undefined;
      return rest === ESC ? 'escape' : 'sequence';
    },
    flush() {
      if (isPaste(rest)) return [];
      escapeFlushed = rest === ESC;
      rest = '';
      return escapeFlushed ? [{ kind: 'escape' }] : [];
    },
  };
}

function isPaste(text: string): boolean {
  return text.startsWith(PASTE_START);
}

function first(input: string, start: number): Cut {
  if (start >= input.length) return undefined;
  return input[start] === ESC ? firstSequence(input.slice(start)) : firstCharacter(input, start);
}

function firstCharacter(input: string, start: number): Cut {
  const code = input.codePointAt(start) ?? 0;
  const isHalf = code >= 0xd800 && code <= 0xdbff;
  if (isHalf && start + 1 === input.length) return undefined;
  const text = String.fromCodePoint(code);
  return { token: { kind: 'character', text }, length: text.length };
}

function firstSequence(input: string): Cut {
  switch (input[1]) {
    case undefined:
      return undefined;
    case '[':
      return firstCsi(input);
    case 'O':
      return firstSs3(input);
    case ']':
    case 'P':
    case '_':
    case '^':
      return firstString(input);
    case ESC:
      return { token: { kind: 'escape' }, length: 1 };
    default: {
      const cut = firstCharacter(input, 1);
      return cut?.token.kind === 'character'
        ? { token: { kind: 'alt', text: cut.token.text }, length: cut.length + 1 }
        : undefined;
    }
  }
}

function firstCsi(input: string): Cut {
  const [parameters = ''] = /^[0-?]*[ -/]*/.exec(input.slice(2)) ?? [];
  const end = 2 + parameters.length;
  const final = input[end];
  if (final === undefined) return undefined;
  if (!/[@-~]/.test(final)) return { token: { kind: 'noise' }, length: end };
  // The Linux console's F1-F5 (ESC [ [ A), and the mouse reports before SGR (ESC [ M and three raw bytes).
  const raw = parameters !== '' ? 0 : final === '[' ? 1 : final === 'M' ? 3 : 0;
  if (input.length < end + 1 + raw) return undefined;
  if (raw > 0) return { token: { kind: 'noise' }, length: end + 1 + raw };
  if (isPaste(input)) {
    const close = input.indexOf(PASTE_END);
    if (close === -1) return undefined;
    return { token: { kind: 'paste', text: input.slice(end + 1, close) }, length: close + PASTE_END.length };
  }
  return { token: { kind: 'csi', parameters, final }, length: end + 1 };
}

function firstSs3(input: string): Cut {
  const [digits = ''] = /^[0-9;]*/.exec(input.slice(2)) ?? [];
  const end = 2 + digits.length;
  const final = input[end];
  if (final === undefined) return undefined;
  if (!/[@-~]/.test(final)) return { token: { kind: 'noise' }, length: end };
  return { token: { kind: 'ss3', final }, length: end + 1 };
}

/** An answer of the terminal, such as a colour (OSC) or a version (DCS); it ends in BEL or ST. */
function firstString(input: string): Cut {
  const ends = [
    { at: input.indexOf(BEL), length: BEL.length },
    { at: input.indexOf(ST), length: ST.length },
  ].filter(({ at }) => at !== -1);
  const end = ends.toSorted((a, b) => a.at - b.at)[0];
  return end && { token: { kind: 'noise' }, length: end.at + end.length };
}
