import { sql, type Kysely } from 'kysely';
import { describe, expect, test } from 'vitest';
import {
  migrate,
  requireSchema,
  schemaVersion,
  SchemaError,
  type Migrations,
} from '../../../src/host/store/migrations.ts';
import { DATABASES } from './databases.ts';

interface Tables {
  login: { id: string };
}

const FIRST: Migrations = {
  '0001-logins': {
    up: (database: Kysely<Tables>) =>
      database.schema
        .createTable('login')
        .addColumn('id', 'text', (id) => id.primaryKey())
        .execute(),
  },
};
const SECOND: Migrations = {
  ...FIRST,
  '0002-answers': {
    async up(database: Kysely<Tables>) {
      await database.schema
        .alterTable('login')
        .addColumn('answers', 'bigint', (answers) => answers.notNull().defaultTo(0))
        .execute();
    },
  },
};
const BROKEN: Migrations = {
  ...SECOND,
  '0003-sessions': {
    async up(database: Kysely<Tables>) {
      await database.schema.createTable('session').addColumn('id', 'text').execute();
      await database.insertInto('login').values({ id: 'a' }).execute();
      throw new Error('out of ideas');
    },
  },
};

describe.each(DATABASES)('%s', (_kind, make) => {
  test('an empty database has version 0, and gets all steps', async () => {
    const { writes, reads } = (await make())<Tables>();
    expect(await schemaVersion(reads)).toBe(0);
    expect(await migrate(writes, SECOND)).toEqual({ from: 0, to: 2 });
    expect(await schemaVersion(reads)).toBe(2);
    await writes.insertInto('login').values({ id: 'a' }).execute();
    expect(await reads.selectFrom('login').selectAll().execute()).toEqual([{ id: 'a', answers: 0 }]);
  });

  test('an older one gets the steps that it lacks, and keeps what it has', async () => {
    const { writes } = (await make())<Tables>();
    await migrate(writes, FIRST);
    await writes.insertInto('login').values({ id: 'a' }).execute();
    await expect(requireSchema(writes, SECOND)).rejects.toMatchObject({ code: 'schema-older' });
    await expect(requireSchema(writes, SECOND)).rejects.toThrow(/version 1.*needs 2; run dsc host migrate/);
    expect(await migrate(writes, SECOND)).toEqual({ from: 1, to: 2 });
    expect(await migrate(writes, SECOND)).toEqual({ from: 2, to: 2 });
    await requireSchema(writes, SECOND);
    expect(await writes.selectFrom('login').selectAll().execute()).toEqual([{ id: 'a', answers: 0 }]);
  });

  test('a newer one is refused, and left alone', async () => {
    const { writes } = (await make())<Tables>();
    await migrate(writes, SECOND);
    await expect(requireSchema(writes, FIRST)).rejects.toThrow(/version 2.*up to 1; run the newer program/);
    await expect(migrate(writes, FIRST)).rejects.toThrow(SchemaError);
    await expect(migrate(writes, FIRST)).rejects.toMatchObject({ code: 'schema-newer' });
    expect(await schemaVersion(writes)).toBe(2);
  });

  test('a step that fails leaves the tables as they were before all steps', async () => {
    const { writes } = (await make())<Tables>();
    await migrate(writes, FIRST);
    await expect(migrate(writes, BROKEN)).rejects.toThrow('out of ideas');
    expect(await schemaVersion(writes)).toBe(1);
    expect((await writes.introspection.getTables()).map(({ name }) => name)).toEqual(['login']);
    expect(await writes.selectFrom('login').selectAll().execute()).toEqual([]);
    expect(await migrate(writes, SECOND)).toEqual({ from: 1, to: 2 });
  });

  test.each([0, 1])('hosts that start together at version %i migrate it once', async (version) => {
    const open = await make();
    let steps = 0;
    const counted: Migrations = {
      ...FIRST,
      '0002-more': {
        async up(database: Kysely<Tables>) {
          steps += 1;
          await sql`CREATE TABLE more (id BIGINT PRIMARY KEY)`.execute(database);
        },
      },
    };
    const hosts = Array.from({ length: 4 }, () => open<Tables>());
    const [first = expect.fail('no host')] = hosts;
    if (version === 1) await migrate(first.writes, FIRST);
    const done = await Promise.all(hosts.map(({ writes }) => migrate(writes, counted)));
    expect(done.map(({ to }) => to)).toEqual([2, 2, 2, 2]);
    expect(steps).toBe(1);
    expect(await schemaVersion(first.reads)).toBe(2);
  });
});
