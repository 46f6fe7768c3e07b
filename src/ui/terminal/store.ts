// A value that can be watched: the one way in which what happens reaches what is drawn.

/** Something whose present value can be read and whose changes can be heard. */
export interface Readable<T> {
  readonly get: () => T;
  /** @returns A function that ends the subscription. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A {@link Readable} that can be set. */
export interface Store<T> extends Readable<T> {
  /** Listeners hear of it only when the value is another one, so that nothing is drawn twice. */
  set(value: T): void;
}

/** Makes a store. */
export function createStore<T>(initial: T): Store<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
