// Everything a terminal can tell, from the text it sends: keys, the mouse, pastes, its focus and its answers.
import { createSplitter, type Token } from './escape-sequences.ts';
import { keyStroke, type KeyStroke } from './key-parser.ts';
import { mouseReport, type MouseReport } from './mouse-parser.ts';

/** One thing that happened at the terminal. */
export type InputEvent =
  | KeyStroke
  | MouseReport
  /** Text pasted at once; a line's end is `\r`, as Enter sends it. */
  | { readonly kind: 'paste'; readonly text: string }
  /** The terminal's window has got or lost the focus. */
  | { readonly kind: 'focus'; readonly has: boolean }
  /** Which enhancements of the kitty keyboard protocol are on, as the terminal says when asked. */
  | { readonly kind: 'keyboard'; readonly flags: number };

/** Turns chunks of text into events. */
export interface InputParser {
  push(chunk: string): InputEvent[];
  pending(): 'escape' | 'sequence' | undefined;
  flush(): InputEvent[];
}

/** Makes a parser. It has no clock: whoever feeds it says, by `flush`, that nothing more followed. */
export function createInputParser(): InputParser {
  const splitter = createSplitter();
  return {
    push: (chunk) => splitter.push(chunk).flatMap(eventOf),
    pending: () => splitter.pending(),
    flush: () => splitter.flush().flatMap(eventOf),
  };
}

function eventOf(token: Token): InputEvent[] {
  if (token.kind === 'paste') return [{ kind: 'paste', text: token.text.replaceAll(/\r?\n/g, '\r') }];
  const event = report(token) ?? mouseReport(token) ?? keyStroke(token);
  return event ? [event] : [];
}

function report(token: Token): InputEvent | undefined {
  if (token.kind !== 'csi') return undefined;
  const { parameters, final } = token;
  if (parameters === '' && (final === 'I' || final === 'O')) return { kind: 'focus', has: final === 'I' };
  const flags = final === 'u' ? /^\?(\d+)$/.exec(parameters)?.[1] : undefined;
  return flags === undefined ? undefined : { kind: 'keyboard', flags: Number(flags) };
}
