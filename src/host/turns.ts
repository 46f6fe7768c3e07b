// Work that takes turns: so many at a time, and the others in the order in which they came.

/** Runs work when its turn has come. What it resolves or rejects with is passed on. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** @param places - how many work at a time, 1 or more. */
export function createTurns(places: number): Turns {
  const waiting: (() => void)[] = [];
  let free = places;

  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      // A place is handed on, never given back while somebody waits: nobody can come in between.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
