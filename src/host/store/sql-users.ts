// Users in a database.
import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';
import { flag, userRecord } from './rows.ts';
import type { Tables, UsersTable } from './schema.ts';
import { shutOut } from './sql-sessions.ts';
import { statement } from './statement.ts';
import type { Store, UserChanges } from './store.ts';
import { write, type SqlParts } from './unit.ts';

const readUser = statement<Tables, { name: string }, Selectable<UsersTable>>((db, value) =>
  db.selectFrom('users').selectAll().where('name', '=', value('name')),
);

/** Notes that the users of a device had a factor. */
export async function noteFactor(transaction: Transaction<Tables>, serial: string): Promise<void> {
  await transaction
    .updateTable('users')
    .set({ had_factor: 1 })
    .where('had_factor', '=', 0)
    .where('name', 'in', (holders) =>
      holders.selectFrom('holdings').select('user_name').where('serial', '=', serial),
    )
    .execute();
}

export function sqlUsers(
  parts: SqlParts,
): Pick<Store, 'addUser' | 'user' | 'users' | 'changeUser' | 'dearestPassword'> {
  const { reads } = parts;
  return {
    addUser: (user, tell) =>
      write(
        parts,
        user.name,
        async (transaction) => {
          const { numInsertedOrUpdatedRows } = await transaction
            .insertInto('users')
            .values({ ...changed(user), name: user.name } as Insertable<UsersTable>)
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirstOrThrow();
          return numInsertedOrUpdatedRows === 1n;
        },
        tell,
      ),

    async user(name) {
      const [row] = (await readUser(reads, { name })).rows;
      return row && userRecord(row);
    },

    async users({ after, limit }) {
      const all = reads.selectFrom('users').selectAll().orderBy('name').limit(limit);
      const rows = await (after === undefined ? all : all.where('name', '>', after)).execute();
      return rows.map(userRecord);
    },

    changeUser: (name, changes, tell, { ifPassword, spares } = {}) =>
      write(
        parts,
        name,
        async (transaction) => {
          const update = transaction
            .updateTable('users')
            // Where nothing changes, the role is set to itself: SQL has no update of no column.
            .set((eb) => ({ role: eb.ref('role'), ...changed(changes) }))
            .where('name', '=', name);
          const { numUpdatedRows } = await (
            ifPassword === undefined ? update : update.where('password', '=', ifPassword)
          ).executeTakeFirstOrThrow();
          if (numUpdatedRows === 0n) return false;
          const shutsOut = changes.disabled === true || changes.password !== undefined;
          if (shutsOut && spares !== 'everything') await shutOut(transaction, name, spares?.tokenHash);
          return true;
        },
        tell,
      ),

    async dearestPassword() {
      const { dearest } = await reads
        .selectFrom('users')
        .select(({ fn }) => fn.max('password_cost').as('dearest'))
        .executeTakeFirstOrThrow();
      return dearest ?? 0;
    },
  };
}

/** The columns of what is given; `person` may be given as undefined, which takes it away. */
function changed(changes: UserChanges): Updateable<UsersTable> {
  const { password, passwordCost, role, disabled, balance, hadFactor } = changes;
  return {
    ...(password !== undefined && { password }),
    ...(passwordCost !== undefined && { password_cost: passwordCost }),
    ...(role !== undefined && { role }),
    ...(disabled !== undefined && { disabled: flag(disabled) }),
    ...(balance !== undefined && { balance }),
    ...('person' in changes && { person: changes.person ?? null }),
    ...(hadFactor !== undefined && { had_factor: flag(hadFactor) }),
  };
}
