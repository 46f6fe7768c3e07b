// Writes that wait are committed together: a disk syncs once for all of them.
import { setImmediate, setTimeout } from 'node:timers/promises';
import { AbortedTransactionError, type Kysely, type Transaction } from 'kysely';
import { isConflict } from './conflict.ts';
import { StoreClosedError } from './unavailable.ts';

/** Units of work in one transaction at most: while it is open, the rows it touched are locked. */
const MOST_TOGETHER = 128;

/** How often a transaction that was in another's way is tried, the first time included. */
const MOST_TRIES = 10;

/** The pause before the second try, in milliseconds, and the longest one. Each is twice the one before, give or take. */
const PAUSE = { first: 5, longest: 500 } as const;

/**
 * What one caller wants written. It awaits nothing but statements of the transaction, has no effect outside it, and may
 * run more than once: only what its last run did is kept.
 */
export type UnitOfWork<Tables, Result> = (transaction: Transaction<Tables>) => Promise<Result>;

/** What goes along with each transaction. Those that only hear do not throw. */
export interface CommitHooks<Tables> {
  /** Writes what belongs to all units of the transaction, such as the audit trail. If it throws, it is undone. */
  beforeCommit?(transaction: Transaction<Tables>, results: readonly unknown[]): Promise<void>;
  /** Hears that it lasts, before any caller does. */
  afterCommit?(results: readonly unknown[]): void;
  /**
   * Hears that it was undone. Some of its units may be tried again.
   * @param certain - False when the connection broke at COMMIT: then it may have been committed all the same.
   * @param error - Why.
   */
  afterRollback?(certain: boolean, error: unknown): void;
}

/** What it needs from outside. */
interface Surroundings {
  /** Milliseconds. */
  pause(time: number): Promise<unknown>;
  /** From 0 to 1. */
  random(): number;
}

interface Waiting<Tables> {
  readonly key: string;
  readonly work: UnitOfWork<Tables, unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** How far a transaction got. */
type Phase = 'begin' | 'work' | 'commit';

/** The one way to write to a database that several hosts may share. */
export class GroupCommit<Tables> {
  readonly #database: Kysely<Tables>;
  readonly #hooks: CommitHooks<Tables>;
  readonly #surroundings: Surroundings;
  #waiting: Waiting<Tables>[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(
    database: Kysely<Tables>,
    hooks: CommitHooks<Tables> = {},
    surroundings: Surroundings = { pause: setTimeout, random: Math.random },
  ) {
    this.#database = database;
    this.#hooks = hooks;
    this.#surroundings = surroundings;
  }

  /**
   * Runs the unit of work in a transaction that it may share with others.
   * @param key - What it locks, such as the user's name. Units run in the order of their keys, so that two hosts that
   * lock the same rows do so in the same order; those of one key run in the order in which they came.
   * @returns What the unit returned, once it is committed.
   * @throws What the unit threw: then it has changed nothing, and the others are not affected. Or the database's error:
   * if that came at COMMIT, the unit may have been committed.
   */
  write<Result>(key: string, work: UnitOfWork<Tables, Result>): Promise<Result> {
    if (this.#closed) {
      return Promise.reject(new StoreClosedError());
    }
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ key, work, resolve: (result) => resolve(result as Result), reject });
      this.#running ??= this.#run();
    });
  }

  /** Takes no more, and waits until all that was taken is committed or refused. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // All requests that arrived together are to be in one transaction.
      await setImmediate();
      const batch = this.#waiting.splice(0, MOST_TOGETHER).toSorted(byKey);
      if (await this.#commit(batch)) continue;
      // One of them is to blame, and only it may fail.
      while (batch.length > 0) await this.#commit(batch.splice(0, 1), batch);
    }
    this.#running = undefined;
  }

  /**
   * Commits the batch and tells its callers.
   * @param others - Those who share its fate if the database is out of reach: each would wait for it in vain.
   * @returns False, and nobody was told, if one of several threw.
   */
  async #commit(batch: readonly Waiting<Tables>[], others: Waiting<Tables>[] = []): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      let phase = 'begin' as Phase;
      try {
        const results = await this.#database.transaction().execute(async (transaction) => {
          phase = 'work';
          const made: unknown[] = [];
          for (const { work } of batch) made.push(await work(transaction));
          await this.#hooks.beforeCommit?.(transaction, made);
          phase = 'commit';
          return made;
        });
        this.#hooks.afterCommit?.(results);
        for (const [index, { resolve }] of batch.entries()) resolve(results[index]);
        return true;
      } catch (error) {
        const undone = phase !== 'commit' || isConflict(error) || error instanceof AbortedTransactionError;
        this.#hooks.afterRollback?.(undone, error);
        // One that could not begin has waited already.
        if (phase !== 'begin' && isConflict(error) && tries < MOST_TRIES) {
          await this.#surroundings.pause(pauseAfter(tries, this.#surroundings.random()));
          continue;
        }
        if (undone && phase !== 'begin' && batch.length > 1) return false;
        const refused = phase === 'begin' ? [...batch, ...others.splice(0)] : batch;
        for (const { reject } of refused) reject(error);
        return true;
      }
    }
  }
}

function byKey({ key: a }: { readonly key: string }, { key: b }: { readonly key: string }): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Between half and one and a half of twice the one before: two that were in each other's way should not meet again. */
function pauseAfter(tries: number, random: number): number {
  return Math.min(PAUSE.first * 2 ** (tries - 1), PAUSE.longest) * (0.5 + random);
}
