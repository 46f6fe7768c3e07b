import fc from 'fast-check';
import { sql, type Transaction } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { GroupCommit, type CommitHooks } from '../../../src/host/store/group-commit.ts';
import { openPostgres } from '../../../src/host/store/postgres.ts';
import type { SqlDatabase } from '../../../src/host/store/sql-database.ts';
import { DATABASES, type Opener } from './databases.ts';

interface Tables {
  login: { id: string; answers: number };
  entry: { number: number; what: string };
}

async function withTables(open: Opener): Promise<SqlDatabase<Tables>> {
  const database = open<Tables>();
  await database.writes.schema
    .createTable('login')
    .addColumn('id', 'text', (id) => id.primaryKey())
    .addColumn('answers', 'bigint', (answers) => answers.notNull())
    .execute();
  await database.writes.schema
    .createTable('entry')
    .addColumn('number', 'bigint', (number) => number.primaryKey())
    .addColumn('what', 'text', (what) => what.notNull())
    .execute();
  return database;
}

const add = (id: string) => (transaction: Transaction<Tables>) =>
  transaction.insertInto('login').values({ id, answers: 0 }).execute();

/** Consumes a login that has had no answer. @returns Whether this was the one. */
const consume = (id: string) => async (transaction: Transaction<Tables>) => {
  const { numUpdatedRows } = await transaction
    .updateTable('login')
    .set(({ eb }) => ({ answers: eb('answers', '+', 1) }))
    .where('id', '=', id)
    .where('answers', '=', 0)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};

/** Counts one answer more. */
const count = (id: string) => async (transaction: Transaction<Tables>) => {
  await transaction
    .updateTable('login')
    .set(({ eb }) => ({ answers: eb('answers', '+', 1) }))
    .where('id', '=', id)
    .execute();
};

const answersOf = async ({ reads }: SqlDatabase<Tables>): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await reads.selectFrom('login').selectAll().execute()).map(({ id, answers }) => [id, answers]),
  );

/** Hooks that note how many units each transaction had that lasts, and what was undone. */
function watched(): {
  readonly hooks: CommitHooks<Tables>;
  readonly committed: number[];
  readonly undone: boolean[];
} {
  const committed: number[] = [];
  const undone: boolean[] = [];
  return {
    hooks: {
      afterCommit: (results) => committed.push(results.length),
      afterRollback: (certain) => undone.push(certain),
    },
    committed,
    undone,
  };
}

/** No real pauses. */
const AT_ONCE = { pause: () => Promise.resolve(), random: () => 0.5 };

describe.each(DATABASES)('%s', (kind, make) => {
  test('writes that come together are committed together, at most 128 of them', async () => {
    const database = await withTables(await make());
    const { hooks, committed } = watched();
    const writer = new GroupCommit(database.writes, hooks);
    const ids = Array.from({ length: 300 }, (_, number) => `login-${number}`);
    await Promise.all(ids.map((id) => writer.write(id, add(id))));
    expect(committed).toEqual([128, 128, 44]);
    expect(Object.keys(await answersOf(database)).toSorted()).toEqual(ids.toSorted());
  });

  test('units run in the order of their keys, and those of one key in the order in which they came', async () => {
    const { writes } = await withTables(await make());
    const writer = new GroupCommit(writes);
    const order: string[] = [];
    const noted = ['b', 'a', 'c', 'a'].map((key, index) =>
      writer.write(key, async () => order.push(`${key}${index}`)),
    );
    await Promise.all(noted);
    expect(order).toEqual(['a1', 'a3', 'b0', 'c2']);
  });

  test('each caller gets its own result, and not before it is committed', async () => {
    const database = await withTables(await make());
    const writer = new GroupCommit(database.writes);
    const ids = ['c', 'a', 'b'];
    const found = await Promise.all(
      ids.map(async (id) => {
        const own = await writer.write(id, async (transaction) => {
          await add(id)(transaction);
          return `made ${id}`;
        });
        return [own, Object.keys(await answersOf(database)).includes(id)];
      }),
    );
    expect(found).toEqual(ids.map((id) => [`made ${id}`, true]));
  });

  test('one that throws fails alone, and has changed nothing', async () => {
    const database = await withTables(await make());
    const { hooks, committed, undone } = watched();
    const writer = new GroupCommit(database.writes, hooks);
    await writer.write('b', add('b'));
    const outcomes = await Promise.allSettled([
      writer.write('a', add('a')),
      writer.write('b', async (transaction) => {
        await count('b')(transaction);
        // The database refuses it: the key is taken.
        await add('b')(transaction);
      }),
      writer.write('c', async (transaction) => {
        await add('c')(transaction);
        throw new Error('changed my mind');
      }),
      writer.write('d', add('d')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(String(outcomes[2].status === 'rejected' && outcomes[2].reason)).toBe('Error: changed my mind');
    expect(await answersOf(database)).toEqual({ a: 0, b: 0, d: 0 });
    expect(committed).toEqual([1, 1, 1]);
    expect(undone).toEqual([true, true, true]);
  });

  test('a unit that hides a refusal of the database spoils nobody else’s work', async () => {
    const database = await withTables(await make());
    const writer = new GroupCommit(database.writes);
    await writer.write('b', add('b'));
    const outcomes = await Promise.allSettled([
      writer.write('a', add('a')),
      writer.write('b', (transaction) => add('b')(transaction).catch(() => 'never mind')),
      writer.write('c', add('c')),
    ]);
    expect(outcomes[0].status).toBe('fulfilled');
    expect(outcomes[2].status).toBe('fulfilled');
    expect(await answersOf(database)).toEqual({ a: 0, b: 0, c: 0 });
  });

  test('whichever units throw, those and only those change nothing', async () => {
    const database = await withTables(await make());
    const writer = new GroupCommit(database.writes, {}, AT_ONCE);
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 12 }), async (bad) => {
        const prefix = `${(round += 1)}-`;
        const outcomes = await Promise.allSettled(
          bad.map((isBad, index) =>
            writer.write(prefix + (index % 3), async (transaction) => {
              await add(prefix + index)(transaction);
              if (isBad) throw new Error('bad');
            }),
          ),
        );
        expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(bad);
        const made = Object.keys(await answersOf(database)).filter((id) => id.startsWith(prefix));
        const good = bad.flatMap((isBad, index) => (isBad ? [] : [prefix + index]));
        expect(made.toSorted()).toEqual(good.toSorted());
      }),
      { numRuns: kind === 'SQLite' ? 100 : 30 },
    );
  });

  test('what goes along with a transaction is part of it', async () => {
    const database = await withTables(await make());
    let number = 0;
    let refuse = false;
    const writer = new GroupCommit<Tables>(database.writes, {
      async beforeCommit(transaction, results) {
        const entries = results.map((what, index) => ({ number: number + index, what: String(what) }));
        await transaction.insertInto('entry').values(entries).execute();
        if (refuse) throw new Error('the trail is full');
      },
      afterCommit: (results) => (number += results.length),
    });
    const named = (id: string) => async (transaction: Transaction<Tables>) => {
      await add(id)(transaction);
      if (id === 'bad') throw new Error('bad');
      return id;
    };
    await Promise.allSettled(['a', 'bad', 'c'].map((id) => writer.write(id, named(id))));
    await writer.write('d', named('d'));
    refuse = true;
    const refused = await Promise.allSettled(['e', 'f'].map((id) => writer.write(id, named(id))));
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await database.reads.selectFrom('entry').selectAll().orderBy('number').execute()).toEqual([
      { number: 0, what: 'a' },
      { number: 1, what: 'c' },
      { number: 2, what: 'd' },
    ]);
    expect(Object.keys(await answersOf(database)).toSorted()).toEqual(['a', 'c', 'd']);
  });

  test('two hosts consume each login once, and lose no count', { timeout: 60_000 }, async () => {
    const open = await make();
    const one = await withTables(open);
    const other = open<Tables>();
    const first = new GroupCommit(one.writes);
    const writers = [first, new GroupCommit(other.writes)];
    const ids = Array.from({ length: 200 }, (_, number) => `login-${number}`);
    await Promise.all([...ids, 'counter'].map((id) => first.write(id, add(id))));
    // Against each other: one host gets them from the last to the first.
    const consumed = await Promise.all(
      writers.flatMap((writer, host) =>
        (host === 0 ? ids : ids.toReversed()).flatMap((id) => [
          writer.write('counter', count('counter')).then(() => undefined),
          writer.write(id, consume(id)).then((won) => (won ? id : undefined)),
        ]),
      ),
    );
    expect(consumed.filter((id) => id !== undefined).toSorted()).toEqual(ids.toSorted());
    expect((await answersOf(other))['counter']).toBe(2 * ids.length);
  });

  test('closing waits for what was taken, and takes no more', async () => {
    const database = await withTables(await make());
    const writer = new GroupCommit(database.writes);
    const taken = ['a', 'b'].map((id) => writer.write(id, add(id)));
    const closed = writer.close();
    await expect(writer.write('c', add('c'))).rejects.toThrow('being closed');
    await closed;
    expect(await answersOf(database)).toEqual({ a: 0, b: 0 });
    await Promise.all(taken);
  });
});

describe('a transaction that was in another’s way', () => {
  const PostgresOnly = DATABASES.filter(([kind]) => kind === 'PostgreSQL');

  test.each(PostgresOnly)('%s: is tried again, with longer pauses', async (_kind, make) => {
    const database = await withTables(await make());
    const pauses: number[] = [];
    const { hooks, committed, undone } = watched();
    const writer = new GroupCommit(database.writes, hooks, {
      pause: async (time) => pauses.push(time),
      random: () => 0.5,
    });
    let runs = 0;
    const made = await writer.write('a', async (transaction) => {
      runs += 1;
      await add('a')(transaction);
      if (runs < 4)
        await sql`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$`.execute(transaction);
      return runs;
    });
    expect(made).toBe(4);
    expect(pauses).toEqual([5, 10, 20]);
    expect(undone).toEqual([true, true, true]);
    expect(committed).toEqual([1]);
    expect(await answersOf(database)).toEqual({ a: 0 });
  });

  test.each(PostgresOnly)('%s: is refused when that goes on, and others are not', async (_kind, make) => {
    const database = await withTables(await make());
    const pauses: number[] = [];
    const writer = new GroupCommit(
      database.writes,
      {},
      { pause: async (time) => pauses.push(time), random: () => 1 },
    );
    const outcomes = await Promise.allSettled([
      writer.write('a', add('a')),
      writer.write('b', (transaction) =>
        sql`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$`.execute(transaction),
      ),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    // Nine pauses together, and nine alone.
    expect(pauses).toHaveLength(18);
    expect(Math.max(...pauses)).toBe(750);
    expect(await answersOf(database)).toEqual({ a: 0 });
  });

  test.each(PostgresOnly)('%s: two that lock each other both get there', async (_kind, make) => {
    const open = await make();
    const database = await withTables(open);
    const one = new GroupCommit(database.writes);
    const other = new GroupCommit(open<Tables>().writes);
    await Promise.all(['a', 'b'].map((id) => one.write(id, add(id))));
    let runs = 0;
    const met = Promise.withResolvers<void>();
    const both = (first: string, second: string) => async (transaction: Transaction<Tables>) => {
      await count(first)(transaction);
      // Once, so that the two are sure to hold what the other wants; the second time they just run.
      runs += 1;
      if (runs === 2) met.resolve();
      await met.promise;
      await count(second)(transaction);
    };
    await Promise.all([one.write('x', both('a', 'b')), other.write('x', both('b', 'a'))]);
    expect(runs).toBe(3);
    expect(await answersOf(database)).toEqual({ a: 2, b: 2 });
  });
});

describe('a connection that breaks', () => {
  const PostgresOnly = DATABASES.filter(([kind]) => kind === 'PostgreSQL');

  test.each(PostgresOnly)(
    '%s: fails who broke it; the others run again on a new one',
    async (_kind, make) => {
      const database = await withTables(await make());
      const { hooks, undone } = watched();
      const writer = new GroupCommit(database.writes, hooks);
      const breakIt = (transaction: Transaction<Tables>) =>
        sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(transaction);
      const outcomes = await Promise.allSettled([
        writer.write('a', add('a')),
        writer.write('b', breakIt),
        writer.write('c', add('c')),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(undone).toEqual([true, true]);
      expect(await answersOf(database)).toEqual({ a: 0, c: 0 });
    },
  );

  test.each(PostgresOnly)(
    '%s: at COMMIT, nothing runs again, for it may have lasted',
    async (_kind, make) => {
      const database = await withTables(await make());
      await sql`CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$`.execute(database.writes);
      await sql`CREATE CONSTRAINT TRIGGER break_at_commit AFTER INSERT ON login
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION break()`.execute(database.writes);
      const { hooks, committed, undone } = watched();
      const writer = new GroupCommit(database.writes, hooks);
      const runs: string[] = [];
      const outcomes = await Promise.allSettled(
        ['a', 'b'].map((id) =>
          writer.write(id, async (transaction) => {
            runs.push(id);
            await add(id)(transaction);
          }),
        ),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(runs).toEqual(['a', 'b']);
      expect(undone).toEqual([false]);
      expect(committed).toEqual([]);
    },
  );

  test.each(PostgresOnly)(
    '%s: with no new one to be had, all fail, and wait for it once',
    async (_kind, make) => {
      const database = await withTables(await make());
      const { hooks, undone } = watched();
      const writer = new GroupCommit(database.writes, hooks);
      const outcomes = await Promise.allSettled(
        ['a', 'b', 'c'].map((id) =>
          writer.write(id, async () => {
            void database.writes.destroy();
            throw new Error('out of reach');
          }),
        ),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      // Together, and then the first one alone.
      expect(undone).toEqual([true, true]);
    },
  );

  test('a database that is not there fails all who wait, at once', async () => {
    const database = openPostgres<Tables>('postgres://nobody:secret@127.0.0.1:1/none');
    onTestFinished(() => database.close());
    const { hooks, undone } = watched();
    const writer = new GroupCommit(database.writes, hooks);
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((id) => writer.write(id, add(id))));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(undone).toEqual([true]);
  });
});
