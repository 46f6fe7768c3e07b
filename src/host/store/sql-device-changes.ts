// What happens to devices in a database, in units of work.
import type { Transaction } from 'kysely';
import { hexBytes } from './rows.ts';
import type { Tables } from './schema.ts';
import { deviceIn, putSecret } from './sql-device-rows.ts';
import { dropSessions } from './sql-sessions.ts';
import { noteFactor } from './sql-users.ts';
import type { DeviceChange, DeviceRecord, SealedSecret } from './store.ts';
import { lockUser } from './unit.ts';

/** Adds a device, unless another has its serial number or its key. */
export async function insertDevice(
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

/** Changes a device whose revision is still the one given. */
export async function changeDevice(
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
export async function lockDevice(
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
export async function give(
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
