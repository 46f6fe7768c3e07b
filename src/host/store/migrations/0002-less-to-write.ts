// Fewer pages to write with each login. Never changed: databases remember that they had this step.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Events of every login, which are most of the trail. */
const OF_EVERY_LOGIN = ['login-begun', 'login-finished'] as const;

interface Tables {
  audit: { event: string };
  sessions: object;
}

export const lessToWrite: Migration = {
  async up(database: Kysely<Tables>) {
    const { schema } = database;
    // Unfinished logins are counted where they stand.
    await schema.alterTable('users').dropColumn('begun').execute();
    await schema.alterTable('users').addColumn('forgiven_at', 'bigint').execute();
    // Logins and sessions stand in the order of their times: the oldest are found without an index of their own.
    await schema.dropIndex('logins_by_expiry').execute();
    await schema.dropIndex('sessions_by_expiry').execute();
    // Sessions of before are found by another hash; their users log in again.
    await database.deleteFrom('sessions').execute();
    // The logins of a device are found by its users.
    await schema.dropIndex('audit_by_serial').execute();
    await schema
      .createIndex('audit_by_serial')
      .on('audit')
      .columns(['serial', 'at'])
      .where(sql.ref('event'), 'not in', OF_EVERY_LOGIN)
      .execute();
  },
};
