// Devices, and which user has which, in a database.
import type { Selectable, Transaction } from 'kysely';
import { moved } from '../device-life.ts';
import { deviceRecord, hexBytes, holding, type HoldingRow } from './rows.ts';
import type { DevicesTable, Tables } from './schema.ts';
import { dropSessions } from './sql-sessions.ts';
import { noteFactor } from './sql-users.ts';
import { statement } from './statement.ts';
import type { DeviceChange, DeviceRecord, Holding, SealedSecret, Store } from './store.ts';
import { lockUser, writeFor, type SqlParts } from './unit.ts';

const readDevice = statement<Tables, { serial: string }, Selectable<DevicesTable>>((db, value) =>
  db.selectFrom('devices').selectAll().where('serial', '=', value('serial')),
);

const readHoldings = statement<Tables, { user: string }, HoldingRow>((db, value) =>
  db
    .selectFrom('holdings')
    .innerJoin('devices', 'devices.serial', 'holdings.serial')
    .selectAll('devices')
    .select(['holdings.user_name', 'holdings.sealed'])
    .where('holdings.user_name', '=', value('user'))
    .orderBy('holdings.position')
    .orderBy('holdings.serial'),
);

const readHolding = statement<Tables, { user: string; serial: string }, HoldingRow>((db, value) =>
  db
    .selectFrom('holdings')
    .innerJoin('devices', 'devices.serial', 'holdings.serial')
    .selectAll('devices')
    .select(['holdings.user_name', 'holdings.sealed'])
    .where('holdings.user_name', '=', value('user'))
    .where('holdings.serial', '=', value('serial')),
);

/** A device, in a unit of work. */
export async function deviceIn(
  transaction: Transaction<Tables>,
  serial: string,
): Promise<DeviceRecord | undefined> {
  const [row] = (await readDevice(transaction, { serial })).rows;
  return row && deviceRecord(row);
}

/** A device as a user has it, in a unit of work. */
export async function holdingIn(
  transaction: Transaction<Tables>,
  user: string,
  serial: string,
): Promise<Holding | undefined> {
  const [row] = (await readHolding(transaction, { user, serial })).rows;
  return row && holding(row);
}

/** Puts a user's new secret in the place of the old one; nothing if the user does not have the device any more. */
export async function putSecret(
  transaction: Transaction<Tables>,
  serial: string,
  { user, sealed }: SealedSecret,
): Promise<void> {
  await transaction
    .updateTable('holdings')
    .set({ sealed })
    .where('user_name', '=', user)
    .where('serial', '=', serial)
    .execute();
}

export function sqlDevices(
  parts: SqlParts,
): Pick<
  Store,
  | 'addDevice'
  | 'device'
  | 'devices'
  | 'holders'
  | 'holdings'
  | 'holding'
  | 'changeDevice'
  | 'share'
  | 'unshare'
  | 'unblock'
> {
  const { reads } = parts;

  return {
    addDevice: (device, secret, tell) =>
      writeFor(
        parts,
        secret.user,
        async (transaction) => {
          const outcome = await insertDevice(transaction, device);
          if (outcome !== 'added') return outcome;
          await give(transaction, device.serial, secret);
          if (device.activatedAt !== undefined) await noteFactor(transaction, device.serial);
          return outcome;
        },
        tell,
      ),

    async device(serial) {
      const [row] = (await readDevice(reads, { serial })).rows;
      return row && deviceRecord(row);
    },

    async devices({ after, limit }) {
      const all = reads.selectFrom('devices').selectAll().orderBy('serial').limit(limit);
      const rows = await (after === undefined ? all : all.where('serial', '>', after)).execute();
      return rows.map(deviceRecord);
    },

    async holders(serial) {
      const rows = await reads
        .selectFrom('holdings')
        .innerJoin('devices', 'devices.serial', 'holdings.serial')
        .selectAll('devices')
        .select(['holdings.user_name', 'holdings.sealed'])
        .where('holdings.serial', '=', serial)
        .orderBy('holdings.user_name')
        .execute();
      return rows.map(holding);
    },

    async holdings(user) {
      return (await readHoldings(reads, { user })).rows.map(holding);
    },

    async holding(user, serial) {
      const [row] = (await readHolding(reads, { user, serial })).rows;
      return row && holding(row);
    },

    changeDevice: async (serial, revision, change, tell) =>
      writeFor(
        parts,
        await ownerOf(serial),
        (transaction) => changeDevice(transaction, serial, revision, change),
        tell,
      ),

    share: (serial, secret, tell) =>
      writeFor(
        parts,
        secret.user,
        async (transaction) => {
          await lockDevice(transaction, serial);
          const isActive = (await deviceIn(transaction, serial))?.state === 'active';
          const given = isActive && (await give(transaction, serial, secret));
          if (given) await noteFactor(transaction, serial);
          return given;
        },
        tell,
      ),

    unshare: async (serial, user, tell) =>
      writeFor(
        parts,
        await ownerOf(serial),
        async (transaction) => {
          // Two of two users who are taken from it at the same moment come here one after the other.
          await lockDevice(transaction, serial);
          const { numDeletedRows } = await transaction
            .deleteFrom('holdings')
            .where('serial', '=', serial)
            .where('user_name', '=', user)
            .where((eb) =>
              eb.exists(
                eb
                  .selectFrom('holdings as other')
                  .select('other.serial')
                  .where('other.serial', '=', serial)
                  .where('other.user_name', '<>', user),
              ),
            )
            .executeTakeFirstOrThrow();
          return numDeletedRows === 1n;
        },
        tell,
      ),

    unblock: async (serial, at, tell) =>
      writeFor(
        parts,
        await ownerOf(serial),
        async (transaction) => {
          const row = await transaction
            .updateTable('devices')
            .set({ wrong_in_a_row: 0 })
            .where('serial', '=', serial)
            .returningAll()
            .executeTakeFirst();
          if (!row) return false;
          const device = deviceRecord(row);
          if (device.state === 'blocked') {
            await transaction
              .updateTable('devices')
              .set({ state: moved(device, 'unblock') })
              .where('serial', '=', serial)
              .execute();
          }
          await transaction
            .updateTable('users')
            .set({ forgiven_at: at })
            .where('name', 'in', (eb) =>
              eb.selectFrom('holdings').select('user_name').where('serial', '=', serial),
            )
            .execute();
          return true;
        },
        tell,
      ),
  };

  /** The first of its users, by whom the changes of a device are put in order. */
  async function ownerOf(serial: string): Promise<string> {
    const row = await reads
      .selectFrom('holdings')
      .select('user_name')
      .where('serial', '=', serial)
      .orderBy('user_name')
      .limit(1)
      .executeTakeFirst();
    return row?.user_name ?? '';
  }
}

async function insertDevice(
  transaction: Transaction<Tables>,
  device: DeviceRecord,
): Promise<'added' | 'serial-taken' | 'key-taken'> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('devices')
    .values({
      serial: device.serial,
      kind: device.kind,
      suite: device.suite,
      key_hash: device.keyHash === undefined ? null : hexBytes(device.keyHash),
      state: device.state,
      requested_at: device.requestedAt,
      mailed_at: device.mailedAt ?? null,
      activated_at: device.activatedAt ?? null,
      wrong_in_a_row: device.wrongInARow,
      revision: device.revision,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) return 'added';
  return (await deviceIn(transaction, device.serial)) ? 'serial-taken' : 'key-taken';
}

async function changeDevice(
  transaction: Transaction<Tables>,
  serial: string,
  revision: number,
  { secrets = [], hadFactor, keyHash, endsSessions, ...change }: DeviceChange,
): Promise<'changed' | 'device-changed' | 'key-taken'> {
  // Who opens a session with it at the same moment comes before all this or after it.
  const holders = endsSessions ? await lockHolders(transaction, serial) : [];
  if (!(await lockDevice(transaction, serial, revision))) return 'device-changed';
  if (keyHash !== undefined && (await hasKey(transaction, keyHash))) return 'key-taken';
  await transaction
    .updateTable('devices')
    .set({
      revision: revision + 1,
      ...(change.state !== undefined && { state: change.state }),
      ...(keyHash !== undefined && { key_hash: hexBytes(keyHash) }),
      ...(change.mailedAt !== undefined && { mailed_at: change.mailedAt }),
      ...(change.activatedAt !== undefined && { activated_at: change.activatedAt }),
      ...(change.wrongInARow !== undefined && { wrong_in_a_row: change.wrongInARow }),
    })
    .where('serial', '=', serial)
    .execute();
  for (const secret of secrets) await putSecret(transaction, serial, secret);
  if (hadFactor) await noteFactor(transaction, serial);
  for (const name of holders) await dropSessions(transaction, name, endsSessions?.but, serial);
  return 'changed';
}

/** Locks the rows of all who have a device, in the order of their names. @returns the names. */
async function lockHolders(transaction: Transaction<Tables>, serial: string): Promise<readonly string[]> {
  const rows = await transaction
    .selectFrom('holdings')
    .select('user_name')
    .where('serial', '=', serial)
    .orderBy('user_name')
    .execute();
  const names = rows.map(({ user_name: name }) => name);
  for (const name of names) await lockUser(transaction, name);
  return names;
}

/** Nobody else changes a device that a unit of work has written to. False if there is none, or none of this revision. */
async function lockDevice(
  transaction: Transaction<Tables>,
  serial: string,
  revision?: number,
): Promise<boolean> {
  const lock = transaction
    .updateTable('devices')
    .set((eb) => ({ revision: eb.ref('revision') }))
    .where('serial', '=', serial);
  const { numUpdatedRows } = await (
    revision === undefined ? lock : lock.where('revision', '=', revision)
  ).executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

async function hasKey(transaction: Transaction<Tables>, keyHash: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('devices')
    .select('serial')
    .where('key_hash', '=', hexBytes(keyHash))
    .executeTakeFirst();
  return row !== undefined;
}

/** Gives a user a device, after all others the user has. False if the user has it already, or does not exist. */
async function give(
  transaction: Transaction<Tables>,
  serial: string,
  { user, sealed }: SealedSecret,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('holdings')
    .columns(['user_name', 'serial', 'sealed', 'position'])
    .expression((eb) =>
      eb
        .selectFrom('users')
        .leftJoin('holdings', 'holdings.user_name', 'users.name')
        .select(({ eb: its }) => [
          'users.name',
          its.val(serial).as('serial'),
          its.val(sealed).as('sealed'),
          its(its.fn.coalesce(its.fn.max('holdings.position'), its.lit(0)), '+', 1).as('position'),
        ])
        .where('users.name', '=', user)
        .groupBy('users.name'),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}
