// Things worth keeping, but not for ever.

/** Keeps the values made last, up to a fixed number. */
export class BoundedCache<Value> {
  readonly #most: number;
  readonly #values = new Map<string, Value>();

  /** @param most - values kept; one more pushes out the one made first. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The value of a key, made now if it is not kept. What `make` throws is not kept. */
  get(key: string, make: () => Value): Value {
    const kept = this.#values.get(key);
    if (kept !== undefined) return kept;
    const value = make();
    if (this.#values.size >= this.#most) {
      const [first] = this.#values.keys();
      if (first !== undefined) this.#values.delete(first);
    }
    this.#values.set(key, value);
    return value;
  }
}
