// Whether a password that was checked outside a unit of work still is the user's inside it.
import type { Transaction } from 'kysely';
import type { Tables } from './schema.ts';
import { statement } from './statement.ts';

const readIfStill = statement<Tables, { name: string; password: string }, { name: string }>((db, value) =>
  db
    .selectFrom('users')
    .select('name')
    .where('name', '=', value('name'))
    .where('password', '=', value('password'))
    .where('disabled', '=', 0),
);

/** Whether a user, whose row is locked, is not disabled and still has a password; true without one. */
export async function isStill(
  transaction: Transaction<Tables>,
  name: string,
  password: string | undefined,
): Promise<boolean> {
  return password === undefined || (await readIfStill(transaction, { name, password })).rows.length === 1;
}
