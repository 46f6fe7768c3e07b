// What becomes of a login by an answer, in a database: counted when wrong, and finished once.
//
// Every outcome is decided by a statement that changes a row under a condition. Two hosts that run it at the same moment
// come one after the other at that row, and the second finds what the first has left.
import type { Transaction } from 'kysely';
import { CHECKED, statesBefore } from '../device-life.ts';
import type { Tables } from './schema.ts';
import { deviceIn, holdingIn, putSecret } from './sql-device-rows.ts';
import { addSession } from './sql-sessions.ts';
import { noteFactor } from './sql-users.ts';
import { statement } from './statement.ts';
import type { DeviceRecord, Right, RightAnswer, Wrong } from './store.ts';

const countLogin = statement<
  Tables,
  { id: Uint8Array; perLogin: number },
  { attempts: number; serial: string }
>((db, value) =>
  db
    .updateTable('logins')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', value('id'))
    .where('finished', '=', 0)
    .where('serial', 'is not', null)
    .where('attempts', '<', value('perLogin'))
    .returning(['attempts', 'serial'])
    .$narrowType<{ serial: string }>(),
);

const countDevice = statement<
  Tables,
  { serial: string; perDevice: number },
  { wrong_in_a_row: number; state: DeviceRecord['state'] }
>((db, value) =>
  db
    .updateTable('devices')
    .set((eb) => {
      const blocks = eb.and([
        eb(eb('wrong_in_a_row', '+', 1), '>=', value('perDevice')),
        eb('state', 'in', statesBefore('block')),
      ]);
      return {
        wrong_in_a_row: eb('wrong_in_a_row', '+', 1),
        state: eb
          .case()
          .when(blocks)
          .then(eb.val<DeviceRecord['state']>('blocked'))
          .else(eb.ref('state'))
          .end(),
      };
    })
    .where('serial', '=', value('serial'))
    .where('state', 'in', CHECKED)
    .where('wrong_in_a_row', '<', value('perDevice'))
    .returning(['wrong_in_a_row', 'state']),
);

interface ConsumedLogin {
  readonly user_name: string;
  readonly serial: string;
  readonly revision: number | null;
}

const consumeLogin = statement<Tables, { id: Uint8Array; perLogin: number; at: number }, ConsumedLogin>(
  (db, value) =>
    db
      .updateTable('logins')
      .set({ finished: 1, expires_at: value('at') })
      .where('id', '=', value('id'))
      .where('finished', '=', 0)
      .where('serial', 'is not', null)
      .where('attempts', '<', value('perLogin'))
      .where('expires_at', '>', value('at'))
      .returning(['user_name', 'serial', 'revision'])
      .$narrowType<{ serial: string }>(),
);

/** Consumes a login whose device stays as it is: in use, without wrong answers, and of the login's revision. */
const consumePlainly = statement<Tables, { id: Uint8Array; perLogin: number; at: number }, object>(
  (db, value) =>
    db
      .updateTable('logins')
      .set({ finished: 1, expires_at: value('at') })
      .where('id', '=', value('id'))
      .where('finished', '=', 0)
      .where('attempts', '<', value('perLogin'))
      .where('expires_at', '>', value('at'))
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('holdings')
            .innerJoin('devices', 'devices.serial', 'holdings.serial')
            .select('devices.serial')
            .whereRef('holdings.user_name', '=', 'logins.user_name')
            .whereRef('holdings.serial', '=', 'logins.serial')
            .whereRef('devices.revision', '=', 'logins.revision')
            .where('devices.state', '=', 'active')
            .where('devices.wrong_in_a_row', '=', 0)
            .where('devices.activated_at', 'is not', null),
        ),
      ),
);

/** Counts a wrong answer, in a unit of work that has locked the user's row. */
export async function countWrong(
  transaction: Transaction<Tables>,
  id: Uint8Array,
  { perLogin, perDevice }: { readonly perLogin: number; readonly perDevice: number },
): Promise<Wrong> {
  const [login] = (await countLogin(transaction, { id, perLogin })).rows;
  if (!login) return { outcome: 'login-ended' };
  const [device] = (await countDevice(transaction, { serial: login.serial, perDevice })).rows;
  if (!device) return { outcome: 'device-blocked' };
  const { attempts } = login;
  return {
    outcome: 'counted',
    attempts,
    wrongInARow: device.wrong_in_a_row,
    blocked: device.state === 'blocked',
  };
}

/** Finishes a login with its right answer, in a unit of work that has locked the user's row. */
export async function finish(
  transaction: Transaction<Tables>,
  id: Uint8Array,
  answer: RightAnswer,
): Promise<Right> {
  if (await acceptPlainly(transaction, id, answer)) return { outcome: 'finished', activated: false };
  return accept(transaction, id, answer);
}

/**
 * Accepts in one statement what nearly every right answer is: one of a device that does not change by it. False, and
 * nothing has changed, if it is another one, or to be refused.
 */
async function acceptPlainly(
  transaction: Transaction<Tables>,
  id: Uint8Array,
  { at, from, perLogin, perDevice, session, sealed }: RightAnswer,
): Promise<boolean> {
  if (sealed !== undefined || perDevice <= 0 || !from.includes('active')) return false;
  const { numAffectedRows } = await consumePlainly(transaction, { id, perLogin, at });
  if (numAffectedRows !== 1n) return false;
  if (session) await addSession(transaction, session);
  return true;
}

async function accept(transaction: Transaction<Tables>, id: Uint8Array, answer: RightAnswer): Promise<Right> {
  const { at, perLogin, session, sealed } = answer;
  const [login] = (await consumeLogin(transaction, { id, perLogin, at })).rows;
  if (!login) return { outcome: await whyNot(transaction, id, answer) };
  const { user_name: user, serial } = login;
  const right = await acceptAtDevice(transaction, login, answer);
  if (right.outcome !== 'finished') return right;
  if (sealed !== undefined) await putSecret(transaction, serial, { user, sealed });
  if (session) await addSession(transaction, session);
  if (right.activated) await noteFactor(transaction, serial);
  return right;
}

/** Why a login could not be consumed. */
async function whyNot(
  transaction: Transaction<Tables>,
  id: Uint8Array,
  { at, perLogin }: RightAnswer,
): Promise<'login-ended' | 'challenge-expired'> {
  const login = await transaction
    .selectFrom('logins')
    .select(['serial', 'finished', 'attempts', 'expires_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  const isOpen = login?.serial && login.finished === 0 && login.attempts < perLogin;
  return isOpen && at >= login.expires_at ? 'challenge-expired' : 'login-ended';
}

/**
 * Accepts an answer where the device still may give one. A device that stays as it is, in use and without wrong answers, is
 * only read: whatever happens to it at the same moment happens after this login, which is consumed already.
 */
async function acceptAtDevice(
  transaction: Transaction<Tables>,
  { user_name: user, serial, revision }: ConsumedLogin,
  { at, from, perDevice, sealed }: RightAnswer,
): Promise<Right> {
  for (;;) {
    const held = await holdingIn(transaction, user, serial);
    const device = held ?? (await deviceIn(transaction, serial));
    if (!device || device.state === 'blocked' || device.wrongInARow >= perDevice) {
      return { outcome: 'device-blocked' };
    }
    if (!held || !from.includes(device.state) || device.revision !== revision) {
      return { outcome: 'device-changed' };
    }
    const activated = device.state !== 'active';
    const changes = device.state === 'lost' || sealed !== undefined;
    if (!changes && !activated && device.wrongInARow === 0 && device.activatedAt !== undefined) {
      return { outcome: 'finished', activated };
    }
    const { numUpdatedRows } = await transaction
      .updateTable('devices')
      .set({
        state: 'active',
        wrong_in_a_row: 0,
        activated_at: device.activatedAt ?? at,
        revision: device.revision + (changes ? 1 : 0),
      })
      .where('serial', '=', serial)
      .where('state', '=', device.state)
      .where('revision', '=', device.revision)
      .where('wrong_in_a_row', '<', perDevice)
      .executeTakeFirstOrThrow();
    // Another host may have changed it since: then look again.
    if (numUpdatedRows === 1n) return { outcome: 'finished', activated };
  }
}
