// One reply time for every outcome, so that a stopwatch tells an observer nothing about names and passwords.

/** What the host needs of time. */
export interface HostClock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Resolves as soon as `now()` has reached `time`. */
  sleepUntil(time: number): Promise<void>;
}

/**
 * Does `work` and holds its result or its error back until a whole multiple of `replyTime` has passed since the start:
 * the first one, or the next when the work took longer. A plain delay would still show how long the work took.
 *
 * @param replyTime - milliseconds.
 * @param work - is given a function that says when a reply ready by now will be released.
 */
export async function atReplyTime<T>(
  clock: HostClock,
  replyTime: number,
  work: (releasedAt: () => number) => Promise<T>,
): Promise<T> {
  const start = clock.now();
  const releasedAt = (): number => {
    const multiples = Math.max(1, Math.ceil((clock.now() - start) / replyTime));
    return start + multiples * replyTime;
  };
  try {
    return await work(releasedAt);
  } finally {
    await clock.sleepUntil(releasedAt());
  }
}
