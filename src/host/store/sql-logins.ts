// Logins in a database: opened within the user's limit, counted when wrong, and finished once.
//
// Every outcome is decided by a statement that changes a row under a condition. Two hosts that run it at the same moment
// come one after the other at that row, and the second finds what the first has left.
import type { Selectable, Transaction } from 'kysely';
import type { Challenge } from '../challenges.ts';
import { CHECKED, statesBefore } from '../device-life.ts';
import { hashLoginId, type LoginId } from '../login-id.ts';
import { deviceIn, holdingIn, putSecret } from './sql-devices.ts';
import { isStill } from './sql-password.ts';
import { addSession } from './sql-sessions.ts';
import { noteFactor } from './sql-users.ts';
import { flag, holding, loginRecord, loginTimes } from './rows.ts';
import type { DevicesTable, LoginsTable, Tables } from './schema.ts';
import { statement } from './statement.ts';
import type {
  DeviceRecord,
  LoginRecord,
  Opening,
  OpeningTerms,
  Right,
  RightAnswer,
  Store,
  Wrong,
} from './store.ts';
import { LOOKED_AT, unfinished } from './unfinished.ts';
import { write, writeFor, type SqlParts } from './unit.ts';

/** So many logins are remembered, as far as they do not change. */
const LOGINS_KNOWN = 10_000;

interface KnownLogin {
  readonly user: string;
  /** What the id stands as. */
  readonly key: Uint8Array;
}

type LoginRow = Selectable<LoginsTable>;

type HeldColumns = Omit<Selectable<DevicesTable>, 'serial' | 'revision'> & {
  readonly held_sealed: string | null;
  readonly held_revision: number;
};

const readLogin = statement<Tables, { id: Uint8Array }, LoginRow>((db, value) =>
  db.selectFrom('logins').selectAll().where('id', '=', value('id')),
);

/** The device's columns are null if the login has none, or the user has it no more. */
const readLoginAtDevice = statement<Tables, { id: Uint8Array }, LoginRow & HeldColumns>((db, value) =>
  db
    .selectFrom('logins')
    .leftJoin('holdings', (join) =>
      join
        .onRef('holdings.user_name', '=', 'logins.user_name')
        .onRef('holdings.serial', '=', 'logins.serial'),
    )
    .leftJoin('devices', 'devices.serial', 'holdings.serial')
    .selectAll('logins')
    .select([
      'holdings.sealed as held_sealed',
      'devices.kind',
      'devices.suite',
      'devices.key_hash',
      'devices.state',
      'devices.requested_at',
      'devices.mailed_at',
      'devices.activated_at',
      'devices.wrong_in_a_row',
      'devices.revision as held_revision',
    ])
    .where('logins.id', '=', value('id'))
    .$narrowType<HeldColumns>(),
);

/** The newest logins of a user. */
const readNewest = statement<
  Tables,
  { user: string; most: number },
  Pick<LoginRow, 'issued_at' | 'finished' | 'expires_at'> & { readonly forgiven_at: number | null }
>((db, value) =>
  db
    .selectFrom('logins')
    .innerJoin('users', 'users.name', 'logins.user_name')
    .select(['issued_at', 'finished', 'expires_at', 'forgiven_at'])
    .where('user_name', '=', value('user'))
    .orderBy('id', 'desc')
    .limit(value('most')),
);

const insertLogin = statement<Tables, LoginRow, object>((db, value) =>
  db.insertInto('logins').values({
    id: value('id'),
    user_name: value('user_name'),
    purpose: value('purpose'),
    serial: value('serial'),
    challenge: value('challenge'),
    issued_at: value('issued_at'),
    expires_at: value('expires_at'),
    attempts: value('attempts'),
    finished: value('finished'),
    sealed: value('sealed'),
    revision: value('revision'),
  }),
);

const insertChallenge = statement<Tables, { serial: string; challenge: string }, object>((db, value) =>
  db
    .insertInto('challenges')
    .columns(['serial', 'challenge'])
    .expression((eb) =>
      eb
        .selectFrom('devices')
        .select(['serial', value('challenge').as('challenge')])
        .where('serial', '=', value('serial')),
    )
    .onConflict((conflict) => conflict.doNothing()),
);

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

export function sqlLogins(
  parts: SqlParts,
): Pick<Store, 'openLogin' | 'login' | 'loginAtDevice' | 'putChallenge' | 'countWrong' | 'finish'> {
  const { reads } = parts;
  const known = new Map<LoginId, KnownLogin>();

  return {
    openLogin: (login, terms, tell) =>
      writeFor(parts, login.user, (transaction) => openLogin(transaction, login, terms), tell),

    login: find,

    async loginAtDevice(id) {
      const key = hashLoginId(id);
      const [row] = (await readLoginAtDevice(reads, { id: key })).rows;
      if (!row) return undefined;
      remember(id, { user: row.user_name, key });
      return { ...loginRecord(id, row), holding: heldBy(row) };
    },

    async putChallenge(id, put, tell) {
      const login = await knownLogin(id);
      if (!login) return write(parts, '', async () => 'login-ended' as const, tell);
      return writeFor(parts, login.user, (transaction) => putChallenge(transaction, login.key, put), tell);
    },

    async countWrong(id, limit, tell) {
      const login = await knownLogin(id);
      if (!login) return write(parts, '', async () => ({ outcome: 'login-ended' }), tell);
      return writeFor(parts, login.user, (transaction) => countWrong(transaction, login.key, limit), tell);
    },

    async finish(id, answer, tell) {
      const login = await knownLogin(id);
      if (!login) return write(parts, '', async () => ({ outcome: 'login-ended' }), tell);
      return writeFor(parts, login.user, (transaction) => finish(transaction, login.key, answer), tell);
    },
  };

  async function find(id: LoginId): Promise<LoginRecord | undefined> {
    const key = hashLoginId(id);
    const [row] = (await readLogin(reads, { id: key })).rows;
    if (!row) return undefined;
    remember(id, { user: row.user_name, key });
    return loginRecord(id, row);
  }

  function remember(id: LoginId, login: KnownLogin): void {
    if (known.size >= LOGINS_KNOWN) known.clear();
    known.set(id, login);
  }

  /** What never changes of a login; whoever answers has just asked for it. */
  async function knownLogin(id: LoginId): Promise<KnownLogin | undefined> {
    if (!known.has(id)) await find(id);
    return known.get(id);
  }
}

async function openLogin(
  transaction: Transaction<Tables>,
  login: LoginRecord,
  { max, window, ifPassword }: OpeningTerms,
): Promise<Opening> {
  const { user, serial, challenge, issuedAt } = login;
  const { rows } = await readNewest(transaction, { user, most: max * LOOKED_AT });
  const since = Math.max(issuedAt - window, rows[0]?.forgiven_at ?? -Infinity);
  const begun = unfinished(rows.map(loginTimes), since);
  if (begun.length >= max) return { outcome: 'too-many-logins', retryAt: Math.min(...begun) + window };
  if (!(await isStill(transaction, user, ifPassword))) return { outcome: 'password-changed' };
  if (serial !== undefined && challenge !== undefined) {
    if (!(await takeChallenge(transaction, serial, challenge))) return { outcome: 'challenge-used' };
  }
  await insertLogin(transaction, loginRow(login));
  return { outcome: 'opened' };
}

async function putChallenge(
  transaction: Transaction<Tables>,
  id: Uint8Array,
  { serial, challenge, revision, expiresAt }: Parameters<Store['putChallenge']>[1],
): Promise<'put' | 'challenge-used' | 'login-ended'> {
  const { numUpdatedRows: waiting } = await transaction
    .updateTable('logins')
    .set({ serial, revision })
    .where('id', '=', id)
    .where('challenge', 'is', null)
    .where('finished', '=', 0)
    .executeTakeFirstOrThrow();
  if (waiting === 0n) return 'login-ended';
  const isNew = await takeChallenge(transaction, serial, challenge);
  await transaction
    .updateTable('logins')
    .set(isNew ? { challenge, expires_at: expiresAt } : { serial: null, revision: null })
    .where('id', '=', id)
    .execute();
  return isNew ? 'put' : 'challenge-used';
}

/** False if the device has had it before. */
async function takeChallenge(
  transaction: Transaction<Tables>,
  serial: string,
  challenge: Challenge,
): Promise<boolean> {
  return (await insertChallenge(transaction, { serial, challenge })).numAffectedRows === 1n;
}

async function countWrong(
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

async function finish(transaction: Transaction<Tables>, id: Uint8Array, answer: RightAnswer): Promise<Right> {
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
  const [login] = (await readLogin(transaction, { id })).rows;
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

/** The device of a login as its user has it. Column by column: copying a whole row takes as long as reading it. */
function heldBy(row: LoginRow & HeldColumns) {
  const { held_sealed: sealed, serial } = row;
  if (sealed === null || serial === null) return undefined;
  return holding({
    serial,
    sealed,
    user_name: row.user_name,
    kind: row.kind,
    suite: row.suite,
    key_hash: row.key_hash,
    state: row.state,
    requested_at: row.requested_at,
    mailed_at: row.mailed_at,
    activated_at: row.activated_at,
    wrong_in_a_row: row.wrong_in_a_row,
    revision: row.held_revision,
  });
}

const loginRow = (login: LoginRecord): LoginRow => ({
  id: hashLoginId(login.id),
  user_name: login.user,
  purpose: login.purpose,
  serial: login.serial ?? null,
  challenge: login.challenge ?? null,
  issued_at: login.issuedAt,
  expires_at: login.expiresAt,
  attempts: login.attempts,
  finished: flag(login.finished),
  sealed: login.sealed ?? null,
  revision: login.revision ?? null,
});
