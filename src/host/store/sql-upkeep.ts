// What keeps a database in order: what has expired goes, and secrets come under a new master key.
import type { Transaction } from 'kysely';
import { timeBytes } from '../timed-name.ts';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';
import { write, type SqlParts } from './unit.ts';

/** So many milliseconds, of the times given, pass before anything is forgotten again. */
const FORGETS_EVERY = 60_000;
/** Rows that go in one step, so that nobody waits long for them. */
const STEP = 1000;

export function sqlUpkeep(parts: SqlParts): Pick<Store, 'sealedOtherwise' | 'reseal' | 'forget'> {
  const { reads } = parts;
  let forgottenUntil = -Infinity;

  return {
    async sealedOtherwise(keyId, { after, limit }) {
      const all = reads
        .selectFrom('holdings')
        .select(['serial', 'user_name as user', 'sealed'])
        // Points stand around the key's id alone: the rest is base64url.
        .where('sealed', 'not like', `%.${keyId}.%`)
        .orderBy('user_name')
        .orderBy('serial')
        .limit(limit);
      if (!after) return all.execute();
      return all
        .where((eb) => eb(eb.refTuple('user_name', 'serial'), '>', eb.tuple(after.user, after.serial)))
        .execute();
    },

    reseal: (serial, user, from, to) =>
      write(parts, user, async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('holdings')
          .set({ sealed: to })
          .where('user_name', '=', user)
          .where('serial', '=', serial)
          .where('sealed', '=', from)
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 1n;
      }),

    async forget(time) {
      if (time < forgottenUntil + FORGETS_EVERY && time >= forgottenUntil) return;
      forgottenUntil = time;
      try {
        for (const forgetStep of [forgetLogins, forgetSessions, forgetStrikes]) {
          let gone: number;
          do gone = await write(parts, '', (transaction) => forgetStep(transaction, time));
          while (gone === STEP);
        }
      } catch (error) {
        forgottenUntil = -Infinity;
        throw error;
      }
    },
  };
}

async function forgetLogins(transaction: Transaction<Tables>, time: number): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('logins')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('logins')
        .select('id')
        // Those that begin with a later time expire later.
        .where('id', '<', timeBytes(time))
        .where('expires_at', '<', time)
        .limit(STEP),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

async function forgetSessions(transaction: Transaction<Tables>, time: number): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('sessions')
    .where('token_hash', 'in', (eb) =>
      eb
        .selectFrom('sessions')
        .select('token_hash')
        .where('token_hash', '<', timeBytes(time))
        .where('expires_at', '<', time)
        .limit(STEP),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Tries so old that they do not count any more. */
async function forgetStrikes(transaction: Transaction<Tables>, time: number): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('strikes')
    .where('subject', 'in', (eb) =>
      eb.selectFrom('strikes').select('subject').where('at', '<', time).orderBy('at').limit(STEP),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
