// Sessions and tries in a database.
import type { Selectable, Transaction } from 'kysely';
import type { Strike } from '../throttle.ts';
import { hexBytes, sessionRecord } from './rows.ts';
import type { SessionsTable, StrikesTable, Tables } from './schema.ts';
import { isStill } from './sql-password.ts';
import { statement } from './statement.ts';
import type { SessionRecord, Store } from './store.ts';
import { write, writeFor, type SqlParts } from './unit.ts';

type SessionRow = Selectable<SessionsTable>;
type StrikeRow = Selectable<StrikesTable>;

const readSession = statement<Tables, { hash: Uint8Array }, SessionRow>((db, value) =>
  db.selectFrom('sessions').selectAll().where('token_hash', '=', value('hash')),
);

const insertSession = statement<Tables, SessionRow, object>((db, value) =>
  db.insertInto('sessions').values({
    token_hash: value('token_hash'),
    user_name: value('user_name'),
    kind: value('kind'),
    serial: value('serial'),
    opened_at: value('opened_at'),
    seen_at: value('seen_at'),
    expires_at: value('expires_at'),
  }),
);

const noteSeen = statement<Tables, { hash: Uint8Array; at: number }, object>((db, value) =>
  db
    .updateTable('sessions')
    .set({ seen_at: value('at') })
    .where('token_hash', '=', value('hash')),
);

const readStrike = statement<Tables, { subject: string }, StrikeRow>((db, value) =>
  db.selectFrom('strikes').selectAll().where('subject', '=', value('subject')),
);

const insertStrike = statement<Tables, StrikeRow, object>((db, value) =>
  db
    .insertInto('strikes')
    .values({
      subject: value('subject'),
      tries: value('tries'),
      at: value('at'),
      next_at: value('next_at'),
    })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Where a strike is still the one that was read. */
interface Before {
  readonly subject: string;
  readonly tries_before: number;
  readonly at_before: number;
  readonly next_before: number;
}

const replaceStrike = statement<Tables, StrikeRow & Before, object>((db, value) =>
  db
    .updateTable('strikes')
    .set({ tries: value('tries'), at: value('at'), next_at: value('next_at') })
    .where('subject', '=', value('subject'))
    .where('tries', '=', value('tries_before'))
    .where('at', '=', value('at_before'))
    .where('next_at', '=', value('next_before')),
);

const deleteStrike = statement<Tables, Before, object>((db, value) =>
  db
    .deleteFrom('strikes')
    .where('subject', '=', value('subject'))
    .where('tries', '=', value('tries_before'))
    .where('at', '=', value('at_before'))
    .where('next_at', '=', value('next_before')),
);

/** Adds a session, in a unit of work. */
export async function addSession(transaction: Transaction<Tables>, session: SessionRecord): Promise<void> {
  await insertSession(transaction, {
    token_hash: hexBytes(session.tokenHash),
    user_name: session.user,
    kind: session.kind,
    serial: session.serial ?? null,
    opened_at: session.openedAt,
    seen_at: session.seenAt,
    expires_at: session.expiresAt,
  });
}

/**
 * Removes the unfinished logins and the sessions of a user but one, in a unit of work that has locked the user's row. Who
 * begins a login or opens a session locks it, too: none comes in between.
 *
 * @returns how many sessions.
 */
export async function shutOut(transaction: Transaction<Tables>, user: string, but?: string): Promise<number> {
  await transaction.deleteFrom('logins').where('user_name', '=', user).execute();
  return dropSessions(transaction, user, but);
}

/**
 * Removes the sessions of a user, in a unit of work that has locked the user's row.
 *
 * @param but - the hash of one that stays.
 * @param serial - only those that this device opened.
 * @returns how many.
 */
export async function dropSessions(
  transaction: Transaction<Tables>,
  user: string,
  but: string | undefined,
  serial?: string,
): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('sessions')
    .where('user_name', '=', user)
    .$if(but !== undefined, (all) => all.where('token_hash', '<>', hexBytes(but ?? '')))
    .$if(serial !== undefined, (all) => all.where('serial', '=', serial ?? ''))
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

export function sqlSessions(
  parts: SqlParts,
): Pick<
  Store,
  'openSession' | 'session' | 'sessions' | 'seen' | 'endSession' | 'endSessions' | 'shutOut' | 'strike'
> {
  const { reads } = parts;
  return {
    // Whoever shuts the user out at the same moment comes before it or after it, and so sees it or is seen by who opens it.
    openSession: (session, tell, ifPassword) =>
      writeFor(
        parts,
        session.user,
        async (transaction) => {
          const opens = await isStill(transaction, session.user, ifPassword);
          if (opens) await addSession(transaction, session);
          return opens;
        },
        tell,
      ),

    async session(tokenHash) {
      const [row] = (await readSession(reads, { hash: hexBytes(tokenHash) })).rows;
      return row && sessionRecord(row);
    },

    async sessions(user) {
      const rows = await reads
        .selectFrom('sessions')
        .selectAll()
        .where('user_name', '=', user)
        .orderBy('opened_at', 'desc')
        .orderBy('token_hash')
        .execute();
      return rows.map(sessionRecord);
    },

    seen: (tokenHash, at) =>
      write(parts, '', async (transaction) => {
        await noteSeen(transaction, { hash: hexBytes(tokenHash), at });
      }),

    endSession: (tokenHash, tell) =>
      write(
        parts,
        '',
        async (transaction) => {
          const { numDeletedRows } = await transaction
            .deleteFrom('sessions')
            .where('token_hash', '=', hexBytes(tokenHash))
            .executeTakeFirstOrThrow();
          return numDeletedRows === 1n;
        },
        tell,
      ),

    endSessions: (user, but, tell) =>
      write(parts, user, (transaction) => dropSessions(transaction, user, but), tell),

    shutOut: (user, tell) => writeFor(parts, user, (transaction) => shutOut(transaction, user), tell),

    strike: (subject, judge) =>
      write(parts, subject, async (transaction) => {
        for (;;) {
          const [row] = (await readStrike(transaction, { subject })).rows;
          const { strike, verdict } = judge(row && { count: row.tries, at: row.at, nextAt: row.next_at });
          // Another host may have counted since: then judge again.
          if (await putStrike(transaction, subject, row, strike)) return verdict;
        }
      }),
  };
}

/** Puts a strike where `row` was read; false if that is not there any more. */
async function putStrike(
  transaction: Transaction<Tables>,
  subject: string,
  row: StrikeRow | undefined,
  strike: Strike | undefined,
): Promise<boolean> {
  const before = row && { subject, tries_before: row.tries, at_before: row.at, next_before: row.next_at };
  const after = strike && { subject, tries: strike.count, at: strike.at, next_at: strike.nextAt };
  const done =
    (before && after && (await replaceStrike(transaction, { ...before, ...after }))) ||
    (after && (await insertStrike(transaction, after))) ||
    (before && (await deleteStrike(transaction, before)));
  return !done || done.numAffectedRows === 1n;
}
