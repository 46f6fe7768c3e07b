// Rows of devices, by themselves and as their users have them.
import type { Selectable, Transaction } from 'kysely';
import { deviceRecord, holding, type HoldingRow } from './rows.ts';
import type { DevicesTable, Tables } from './schema.ts';
import { statement } from './statement.ts';
import type { DeviceRecord, Holding, SealedSecret } from './store.ts';

/** A device by its serial number. */
export const readDevice = statement<Tables, { serial: string }, Selectable<DevicesTable>>((db, value) =>
  db.selectFrom('devices').selectAll().where('serial', '=', value('serial')),
);

/** The devices of a user, in the order they became the user's. */
export const readHoldings = statement<Tables, { user: string }, HoldingRow>((db, value) =>
  db
    .selectFrom('holdings')
    .innerJoin('devices', 'devices.serial', 'holdings.serial')
    .selectAll('devices')
    .select(['holdings.user_name', 'holdings.sealed'])
    .where('holdings.user_name', '=', value('user'))
    .orderBy('holdings.position')
    .orderBy('holdings.serial'),
);

/** A device as a user has it. */
export const readHolding = statement<Tables, { user: string; serial: string }, HoldingRow>((db, value) =>
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
