// Logins in a database: opened within the user's limit, given a challenge that their device never had, and found again.
import type { Selectable, Transaction } from 'kysely';
import type { Challenge } from '../challenges.ts';
import { hashLoginId, type LoginId } from '../login-id.ts';
import { timeBytes } from '../timed-name.ts';
import { countWrong, finish } from './sql-answers.ts';
import { isStill } from './sql-password.ts';
import { flag, holding, loginRecord, loginTimes } from './rows.ts';
import type { DevicesTable, LoginsTable, Tables } from './schema.ts';
import { statement } from './statement.ts';
import type { LoginRecord, Opening, OpeningTerms, Store } from './store.ts';
import { AHEAD, ANSWERED_WITHIN, notAhead, unfinished } from './unfinished.ts';
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
  { user: string; before: Uint8Array; most: number },
  Pick<LoginRow, 'issued_at' | 'finished' | 'expires_at'> & { readonly forgiven_at: number | null }
>((db, value) =>
  db
    .selectFrom('logins')
    .innerJoin('users', 'users.name', 'logins.user_name')
    .select(['issued_at', 'finished', 'expires_at', 'forgiven_at'])
    .where('user_name', '=', value('user'))
    .where('id', '<', value('before'))
    .orderBy('id', 'desc')
    .limit(value('most')),
);

/** When a user gave the last right answer to a login whose id comes after this one. */
const readAnswered = statement<
  Tables,
  { user: string; after: Uint8Array; now: number },
  { readonly at: number | null }
>((db, value) =>
  db
    .selectFrom('logins')
    .select((eb) => eb.fn.max<number | null>('expires_at').as('at'))
    .where('user_name', '=', value('user'))
    .where('id', '>=', value('after'))
    .where('finished', '=', 1)
    .where('expires_at', '<=', value('now')),
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

export function sqlLogins(
  parts: SqlParts,
): Pick<Store, 'openLogin' | 'login' | 'loginAtDevice' | 'putChallenge' | 'countWrong' | 'finish'> {
  const { reads } = parts;
  const known = new Map<LoginId, KnownLogin>();

  return {
    openLogin: (login, terms, tell) =>
      writeFor(parts, login.user, (transaction) => openLogin(transaction, login, terms), tell),

    async login(id) {
      const [row] = (await readLogin(reads, { id: hashLoginId(id) })).rows;
      return row && loginRecord(id, row);
    },

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

  function remember(id: LoginId, login: KnownLogin): KnownLogin {
    if (known.size >= LOGINS_KNOWN) known.clear();
    known.set(id, login);
    return login;
  }

  /** What never changes of a login; whoever answers has just asked for it. */
  async function knownLogin(id: LoginId): Promise<KnownLogin | undefined> {
    const login = known.get(id);
    if (login) return login;
    const key = hashLoginId(id);
    const [row] = (await readLogin(reads, { id: key })).rows;
    return row && remember(id, { user: row.user_name, key });
  }
}

async function openLogin(
  transaction: Transaction<Tables>,
  login: LoginRecord,
  { max, window, ifPassword }: OpeningTerms,
): Promise<Opening> {
  const { user, serial, challenge, issuedAt } = login;
  const before = timeBytes(issuedAt + AHEAD);
  const { rows } = await readNewest(transaction, { user, before, most: max });
  const since = Math.max(issuedAt - window, notAhead(rows[0]?.forgiven_at, issuedAt));
  let begun = unfinished(rows.map(loginTimes), since);
  if (begun.length >= max) {
    // Only now it matters whether one from before them was answered since.
    const after = timeBytes(Math.min(...begun) - ANSWERED_WITHIN);
    const [answered] = (await readAnswered(transaction, { user, after, now: issuedAt })).rows;
    begun = begun.filter((at) => at > (answered?.at ?? -Infinity));
  }
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
