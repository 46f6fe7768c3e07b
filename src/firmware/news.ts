// News of the display: who listens, and in which order they hear of changes.

/** Hears every new text of the display. */
export type Listener = (display: string) => void;

/** Announces texts to listeners, one after the other: a change made by a listener waits until the present one is told. */
export class News {
  readonly #listeners = new Set<Listener>();
  readonly #untold: string[] = [];
  #telling = false;

  /** Whether a listener is hearing a text just now. */
  get telling(): boolean {
    return this.#telling;
  }

  subscribe(listener: Listener): () => void {
    // A wrapper of its own, so that one function may subscribe twice and each subscription ends alone.
    const subscription: Listener = (display) => listener(display);
    this.#listeners.add(subscription);
    return () => void this.#listeners.delete(subscription);
  }

  /** An error of a listener reaches the caller once all texts are told; the other listeners hear them all the same. */
  announce(display: string): void {
    this.#untold.push(display);
    if (this.#telling) return;
    this.#telling = true;
    const errors: unknown[] = [];
    for (let text = this.#untold.shift(); text !== undefined; text = this.#untold.shift()) {
      for (const listener of this.#listeners) {
        try {
          listener(text);
        } catch (error) {
          errors.push(error);
        }
      }
    }
    this.#telling = false;
    if (errors.length > 0) throw errors[0];
  }
}
