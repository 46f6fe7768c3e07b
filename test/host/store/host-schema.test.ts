// Databases of earlier versions: what was in them stays, and the host works on.
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { HOST_SCHEMA } from '../../../src/host/store/host-schema.ts';
import { migrate } from '../../../src/host/store/migrations.ts';
import type { Tables } from '../../../src/host/store/schema.ts';
import { createSqlStore } from '../../../src/host/store/sql-store.ts';
import { DATABASES } from './databases.ts';
import { login, NOW, right, session, SILENT, UNLIMITED, VAULT } from './stores.ts';

describe.each(DATABASES)('%s', (_, make) => {
  test('the first tables: users, devices and trail stay, and whoever was logged in logs in again', async () => {
    const database = (await make())<Tables>();
    const { writes } = database;
    await migrate(writes, { '0001-tables': HOST_SCHEMA['0001-tables']! });
    const bytes = Buffer.alloc(16, 7);
    for (const statement of [
      sql`INSERT INTO users VALUES ('ann', 'record', 17, 'user', 0, 500000, null, 1, '5,6,7')`,
      sql`INSERT INTO devices VALUES ('DSC-A', 'card', 'suite', ${bytes}, 'active', 1, 2, 3, 0, 4)`,
      sql`INSERT INTO holdings VALUES ('ann', 'DSC-A', '1.k1.sealed', 1)`,
      sql`INSERT INTO sessions VALUES (${bytes}, 'ann', 'full', 'DSC-A', ${NOW}, ${NOW}, ${NOW + 1000})`,
      sql`INSERT INTO audit VALUES (${bytes}, 1, 5, 'device-enrolled', 'ann', 'DSC-A', null, null, null, 'k1', ${bytes})`,
      sql`INSERT INTO audit VALUES (${bytes}, 2, 6, 'login-begun', 'ann', 'DSC-A', null, null, null, 'k1', ${bytes})`,
    ]) {
      await statement.execute(writes);
    }
    expect(await migrate(writes, HOST_SCHEMA)).toEqual({ from: 1, to: 2 });

    const store = createSqlStore(database, VAULT);
    expect(await store.user('ann')).toMatchObject({ password: 'record', balance: 500_000, hadFactor: true });
    expect(await store.holding('ann', 'DSC-A')).toMatchObject({ state: 'active', revision: 4 });
    expect(await store.sessions('ann')).toEqual([]);
    expect(await store.trail({ serial: 'DSC-A', limit: 9 })).toMatchObject([
      { event: 'login-begun' },
      { event: 'device-enrolled' },
    ]);
    const begun = login('ann', 'DSC-A', { revision: 4 });
    expect(await store.openLogin(begun, UNLIMITED, SILENT)).toEqual({ outcome: 'opened' });
    const opened = session('ann');
    expect(await store.finish(begun.id, right({ session: opened }), SILENT)).toMatchObject({
      outcome: 'finished',
    });
    expect(await store.sessions('ann')).toEqual([opened]);
  });
});
