// One reply time for every outcome, so that a stopwatch tells an observer nothing about names and passwords.

/** What the host needs of time. */
export interface HostClock {
  /** Milliseconds since 1970-01-01T00:00Z. Somebody may set it, back too. */
  now(): number;
  /** Resolves when `ms` milliseconds have passed, whatever becomes of `now()` meanwhile. */
  sleep(ms: number): Promise<void>;
}

/**
 * Does `work` and holds its result or its error back until a whole multiple of `replyTime` has passed since the start:
 * the first one, or the next when the work took longer. A plain delay would still show how long the work took.
 *
 * However the time of day is set during the work, the reply waits no longer than `replyTime` after it.
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
  const left = (): number => {
    const elapsed = Math.max(0, clock.now() - start);
    return Math.max(1, Math.ceil(elapsed / replyTime)) * replyTime - elapsed;
  };
  try {
    return await work(() => clock.now() + left());
  } finally {
    await clock.sleep(left());
  }
}
