// Devices, and which user has which, in a database.
import { moved } from '../device-life.ts';
import { deviceRecord, holding } from './rows.ts';
import { changeDevice, give, insertDevice, lockDevice } from './sql-device-changes.ts';
import { deviceIn, readDevice, readHolding, readHoldings } from './sql-device-rows.ts';
import { noteFactor } from './sql-users.ts';
import type { Store } from './store.ts';
import { writeFor, type SqlParts } from './unit.ts';

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
