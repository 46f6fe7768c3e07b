// The first tables. Never changed: databases remember that they had this step.
import { sql, SqliteAdapter, type ColumnDataType, type Expression, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How a database writes what the standard leaves open. */
interface Words {
  /** Text in the order of its code points, whatever the database's language. */
  readonly text: ColumnDataType | Expression<unknown>;
  readonly bytes: ColumnDataType | Expression<unknown>;
  /** Ends a table that is kept in the order of its key, which then is no second copy. */
  readonly byKey: Expression<unknown>;
}

const SQLITE: Words = { text: 'text', bytes: 'blob', byKey: sql`without rowid` };
const POSTGRES: Words = { text: sql`text collate "C"`, bytes: 'bytea', byKey: sql`` };

export const tables: Migration = {
  async up(database: Kysely<unknown>) {
    const words = database.getExecutor().adapter instanceof SqliteAdapter ? SQLITE : POSTGRES;
    await createUsers(database, words);
    await createDevices(database, words);
    await createLogins(database, words);
    await createSessions(database, words);
    await createStrikes(database, words);
    await createAudit(database, words);
  },
};

async function createUsers({ schema }: Kysely<unknown>, { text, byKey }: Words): Promise<void> {
  await schema
    .createTable('users')
    .addColumn('name', text, (column) => column.primaryKey().notNull())
    .addColumn('password', text, (column) => column.notNull())
    .addColumn('password_cost', 'integer', (column) => column.notNull())
    .addColumn('role', text, (column) => column.notNull())
    .addColumn('disabled', 'smallint', (column) => column.notNull())
    .addColumn('balance', 'bigint', (column) => column.notNull())
    .addColumn('person', text)
    .addColumn('had_factor', 'smallint', (column) => column.notNull())
    .addColumn('begun', text, (column) => column.notNull())
    .modifyEnd(byKey)
    .execute();
  // The dearest password is looked for every minute.
  await schema.createIndex('users_by_password_cost').on('users').column('password_cost').execute();
}

async function createDevices({ schema }: Kysely<unknown>, { text, bytes, byKey }: Words): Promise<void> {
  await schema
    .createTable('devices')
    .addColumn('serial', text, (column) => column.primaryKey().notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('suite', text, (column) => column.notNull())
    .addColumn('key_hash', bytes, (column) => column.unique())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('mailed_at', 'bigint')
    .addColumn('activated_at', 'bigint')
    .addColumn('wrong_in_a_row', 'bigint', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .modifyEnd(byKey)
    .execute();
  await schema
    .createTable('holdings')
    .addColumn('user_name', text, (column) => column.notNull().references('users.name'))
    .addColumn('serial', text, (column) => column.notNull().references('devices.serial'))
    .addColumn('sealed', text, (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('holdings_key', ['user_name', 'serial'])
    .modifyEnd(byKey)
    .execute();
  await schema.createIndex('holdings_by_serial').on('holdings').column('serial').execute();
}

/** No references here: a row of them is written with each login, and neither users nor devices are ever removed. */
async function createLogins({ schema }: Kysely<unknown>, { text, bytes, byKey }: Words): Promise<void> {
  await schema
    .createTable('challenges')
    .addColumn('serial', text, (column) => column.notNull())
    .addColumn('challenge', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('challenges_key', ['serial', 'challenge'])
    .modifyEnd(byKey)
    .execute();
  await schema
    .createTable('logins')
    .addColumn('id', bytes, (column) => column.primaryKey().notNull())
    .addColumn('user_name', text, (column) => column.notNull())
    .addColumn('purpose', text, (column) => column.notNull())
    .addColumn('serial', text)
    .addColumn('challenge', text)
    .addColumn('issued_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'bigint', (column) => column.notNull())
    .addColumn('finished', 'smallint', (column) => column.notNull())
    .addColumn('sealed', text)
    .addColumn('revision', 'bigint')
    .modifyEnd(byKey)
    .execute();
  await schema.createIndex('logins_by_user').on('logins').column('user_name').execute();
  await schema.createIndex('logins_by_expiry').on('logins').column('expires_at').execute();
}

async function createSessions({ schema }: Kysely<unknown>, { text, bytes, byKey }: Words): Promise<void> {
  await schema
    .createTable('sessions')
    .addColumn('token_hash', bytes, (column) => column.primaryKey().notNull())
    .addColumn('user_name', text, (column) => column.notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('serial', text)
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .modifyEnd(byKey)
    .execute();
  await schema.createIndex('sessions_by_user').on('sessions').column('user_name').execute();
  await schema.createIndex('sessions_by_expiry').on('sessions').column('expires_at').execute();
}

async function createStrikes({ schema }: Kysely<unknown>, { text, byKey }: Words): Promise<void> {
  await schema
    .createTable('strikes')
    .addColumn('subject', text, (column) => column.primaryKey().notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('next_at', 'bigint', (column) => column.notNull())
    .modifyEnd(byKey)
    .execute();
  await schema.createIndex('strikes_by_time').on('strikes').column('at').execute();
}

async function createAudit({ schema }: Kysely<unknown>, { text, bytes }: Words): Promise<void> {
  await schema
    .createTable('audit')
    .addColumn('chain', bytes, (column) => column.notNull())
    .addColumn('place', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('event', text, (column) => column.notNull())
    .addColumn('user_name', text)
    .addColumn('serial', text)
    .addColumn('actor', text)
    .addColumn('address', text)
    .addColumn('detail', text)
    .addColumn('key_id', text, (column) => column.notNull())
    .addColumn('code', bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_key', ['chain', 'place'])
    .execute();
  await schema.createIndex('audit_by_time').on('audit').column('at').execute();
  await schema.createIndex('audit_by_user').on('audit').columns(['user_name', 'at']).execute();
  await schema.createIndex('audit_by_serial').on('audit').columns(['serial', 'at']).execute();
}
