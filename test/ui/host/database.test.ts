import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chosenDatabase, nameOf } from '../../../src/ui/host/database.ts';
import { databaseTrouble } from '../../../src/ui/host/database-trouble.ts';
import { run } from '../run-command.ts';

const HOME = '/data';

describe('the database', () => {
  test('is the one named, else that of the environment, else the usual file', () => {
    const env = { DSC_DATABASE: '/env.sqlite' };
    expect(chosenDatabase('/given.sqlite', env, HOME)).toEqual({ kind: 'sqlite', file: '/given.sqlite' });
    expect(chosenDatabase(undefined, env, HOME)).toEqual({ kind: 'sqlite', file: '/env.sqlite' });
    for (const none of [{}, { DSC_DATABASE: '' }]) {
      expect(chosenDatabase(undefined, none, HOME)).toEqual({
        kind: 'sqlite',
        file: join(HOME, 'host.sqlite'),
      });
    }
    expect(chosenDatabase('postgresql://dsc@db:5433/host', {}, HOME)).toMatchObject({ kind: 'postgres' });
  });

  test.each([
    'postgres://dsc:hunter2@db/host',
    'postgres://:hunter2@db/host',
    'postgres://dsc@db/host?password=hunter2',
    'POSTGRES://dsc:hunter2@db/host',
  ])('is not %s on the command line', async (url) => {
    const { status, stderr } = await run(['host', 'user', 'list', '--database', url]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/PGPASSWORD.*pgpass.*DSC_DATABASE/);
    expect(stderr).not.toContain('hunter2');
  });

  test('may have its password in the environment, and never in its name', () => {
    const DSC_DATABASE = 'postgres://dsc:hunter2@db.example:5433/host?password=hunter2';
    const database = chosenDatabase(undefined, { DSC_DATABASE }, HOME);
    expect(nameOf(database)).toBe('postgres://db.example:5433/host');
  });

  test.each(['mysql://db/host', 'http://db', 'postgres://', 'postgres://a b/', ''])(
    'is not %j',
    async (text) => {
      const { status, stderr } = await run(['host', 'user', 'list', '--database', text], {
        env: { DSC_HOST_KEYS: '{}' },
      });
      expect(status).not.toBe(0);
      expect(stderr).toMatch(/^error: [^\n]+\n$/);
    },
  );

  test('of PostgreSQL needs the keys of all its hosts', async () => {
    const { status, stderr } = await run(['host', 'serve', '--database', 'postgres://dsc@db/host']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/--keys.*DSC_HOST_KEYS/);
  });
});

describe('what a database refuses', () => {
  const refused = (error: object) =>
    databaseTrouble('open', 'x.sqlite', Object.assign(new Error('the reason'), error));

  test.each([
    [{ code: 'ERR_SQLITE_ERROR' }, 'the reason'],
    [{ code: '28P01' }, 'the reason'],
    [{ code: 'ECONNREFUSED', errno: -111, syscall: 'connect' }, 'connection refused'],
    [{ code: 'EROFS', errno: -30, syscall: 'open' }, 'read-only file system'],
    [{ code: 'EPERM', errno: -1, syscall: 'open' }, 'operation not permitted'],
  ])('is told in one line: %j', (error, reason) => {
    expect(refused(error)).toMatchObject({
      code: 'database-trouble',
      message: `cannot open the database x.sqlite: ${reason}; put that right, or name another with --database`,
    });
  });

  test('is told of the first of several addresses', () => {
    const errors = [Object.assign(new Error(''), { code: 'ECONNREFUSED', errno: -111, syscall: 'connect' })];
    expect(databaseTrouble('open', 'x', new AggregateError(errors))).toMatchObject({
      code: 'database-trouble',
    });
  });

  test('is not what is a fault of the program', () => {
    const fault = new TypeError('a fault');
    expect(databaseTrouble('open', 'x', fault)).toBe(fault);
  });
});
