// Bytes that arrive in any pieces, cut into lines.

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Stands for a line that is longer than allowed. */
export const TOO_LONG = Symbol('too long');

/** A line's bytes without its end, valid until the next line is asked for. */
export type Line = Uint8Array | typeof TOO_LONG;

/**
 * Cuts a stream of bytes into lines that end in LF or CRLF. Its memory does not grow, whatever comes.
 *
 * @example
 * const lines = new Lines(65536);
 * for await (const chunk of input) for (const line of lines.push(chunk)) use(line);
 * for (const line of lines.end()) use(line);
 */
export class Lines {
  /** The beginning of a line whose end has not come yet. */
  readonly #begun: Uint8Array;
  #begunLength = 0;
  #tooLong = false;

  /** @param longest - bytes of the longest line, without its end. */
  constructor(longest: number) {
    // One more, for the CR of a longest line that ends in CRLF.
    this.#begun = new Uint8Array(longest + 1);
  }

  /** The lines that end in this piece. */
  *push(bytes: Uint8Array): Generator<Line> {
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
      yield this.#finish(bytes.subarray(start, end));
      start = end + 1;
    }
    if (start < bytes.length) this.#begin(bytes.subarray(start));
  }

  /** The last line, if it has no end. */
  *end(): Generator<Line> {
    if (this.#tooLong || this.#begunLength > 0) yield this.#finish(new Uint8Array());
  }

  #begin(bytes: Uint8Array): void {
    if (this.#begunLength + bytes.length > this.#begun.length) {
      this.#tooLong = true;
      return;
    }
    this.#begun.set(bytes, this.#begunLength);
    this.#begunLength += bytes.length;
  }

  #finish(rest: Uint8Array): Line {
    let line = rest;
    if (this.#tooLong || this.#begunLength > 0) {
      this.#begin(rest);
      line = this.#begun.subarray(0, this.#begunLength);
    }
    if (line.at(-1) === CARRIAGE_RETURN) line = line.subarray(0, -1);
    const tooLong = this.#tooLong || line.length >= this.#begun.length;
    this.#begunLength = 0;
    this.#tooLong = false;
    return tooLong ? TOO_LONG : line;
  }
}
