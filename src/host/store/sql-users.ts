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

const readBegun = statement<Tables, { name: string }, { begun: string }>((db, value) =>
  db.selectFrom('users').select('begun').where('name', '=', value('name')),
);

const swapBegun = statement<Tables, { name: string; from: string; to: string }, object>((db, value) =>
  db
    .updateTable('users')
    .set({ begun: value('to') })
    .where('name', '=', value('name'))
    .where('begun', '=', value('from')),
);

/** Forgets a user's unfinished logins, and so locks the user's row. */
export const clearBegun = statement<Tables, { name: string }, object>((db, value) =>
  db.updateTable('users').set({ begun: '' }).where('name', '=', value('name')),
);

/**
 * Replaces what is written of a user's unfinished logins, and so locks the user's row.
 *
 * @param change - gives the new text for the present one, or undefined to leave it; called again if another host wrote there.
 * @param guess - what is likely to be there: if it is, that saves a question.
 * @returns the text before and after.
 */
export async function changeBegun(
  transaction: Transaction<Tables>,
  name: string,
  change: (begun: string) => string | undefined,
  guess?: string,
): Promise<{ readonly before: string; readonly after: string | undefined }> {
  let before = guess;
  for (;;) {
    if (before === undefined) {
      const [row] = (await readBegun(transaction, { name })).rows;
      if (!row) throw new Error('database: a login is of a user who is not there; restore the database');
      before = row.begun;
    }
    const after = change(before);
    if (after === undefined) return { before, after };
    const { numAffectedRows } = await swapBegun(transaction, { name, from: before, to: after });
    if (numAffectedRows === 1n) return { before, after };
    before = undefined;
  }
}

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
            .values({ ...changed(user), name: user.name, begun: '' } as Insertable<UsersTable>)
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
            .set((eb) => ({ ...changed(changes), begun: eb.ref('begun') }))
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
