// The terminal's input: everything that happens comes here, and Ink, which knows no mouse and would drop what it cannot
// read, gets a stream that looks like the terminal and carries nothing.
import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createInputParser, type InputEvent } from './input-parser.ts';

/** What is needed of the terminal's input; `process.stdin` is one. */
export interface TtySource extends NodeJS.EventEmitter {
  setRawMode(raw: boolean): unknown;
  ref(): unknown;
  unref(): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Waits for the rest of what has begun with Escape, in milliseconds: then it was the key, or will not come. */
const ESCAPE_WAIT = 50;
const SEQUENCE_WAIT = 1000;

/** The enhancements without which a kitty keyboard does not tell of every key when it is let go: 2 and 8. */
const TELLS_RELEASES = 2 | 8;

/** Reads a terminal. */
export interface TtyInput {
  /** To be given to Ink as its `stdin`. */
  readonly stream: NodeJS.ReadableStream;
  /** Whether the terminal is known to report when keys are let go. */
  readonly tellsReleases: () => boolean;
  /** Lets go of the terminal; what comes after is not read. */
  readonly close: () => void;
}

/**
 * Begins to read, in raw mode. Reading then follows the raw mode that Ink sets: while it is off, another program has
 * the terminal.
 *
 * @param onEvent - hears everything in order.
 * @param onKeyboard - sets the kitty enhancements and asks again which are on; called when the terminal has first
 *   answered, however late, and so knows them.
 */
export function openInput(
  source: TtySource,
  onEvent: (event: InputEvent) => void,
  onKeyboard: () => void,
): TtyInput {
  const parser = createInputParser();
  const decoder = new StringDecoder('utf8');
  const stream = new InkInput(source);
  let flags: number | undefined;
  let timer: NodeJS.Timeout | undefined;

  function hear(event: InputEvent): void {
    if (event.kind !== 'keyboard') return onEvent(event);
    const isFirst = flags === undefined;
    // What is on before ours are set is no concern of ours.
    flags = isFirst ? 0 : event.flags;
    if (isFirst) onKeyboard();
  }

  function read(chunk: Buffer | string): void {
    clearTimeout(timer);
    const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
    parser.push(text).forEach(hear);
    const pending = parser.pending();
    if (!pending) return;
    timer = setTimeout(
      () => parser.flush().forEach(hear),
      pending === 'escape' ? ESCAPE_WAIT : SEQUENCE_WAIT,
    );
  }

  // At once, and not when Ink asks for it after the first frame: what is typed meanwhile would be echoed into the frame.
  source.setRawMode(true);
  source.on('data', read);
  return {
    stream,
    tellsReleases: () => ((flags ?? 0) & TELLS_RELEASES) === TELLS_RELEASES,
    close() {
      clearTimeout(timer);
      source.off('data', read);
      source.setRawMode(false);
      source.pause();
      source.unref();
    },
  };
}

/** What Ink takes for the terminal. */
class InkInput extends PassThrough {
  readonly isTTY = true;
  readonly #source: TtySource;

  constructor(source: TtySource) {
    super();
    this.#source = source;
  }

  setRawMode(raw: boolean): this {
    this.#source.setRawMode(raw);
    if (raw) this.#source.resume();
    else this.#source.pause();
    return this;
  }

  ref(): this {
    this.#source.ref();
    return this;
  }

  unref(): this {
    this.#source.unref();
    return this;
  }
}
