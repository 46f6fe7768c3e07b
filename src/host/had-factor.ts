// Whether a user has had a second factor: from then on the password alone opens nothing, whatever becomes of the devices.
import { hasBeenActive } from './device-life.ts';
import type { Store, UserRecord } from './store/store.ts';

/**
 * Whether a device of the user ever was active, or was mailed so long ago that it counts as active by itself. Time alone
 * makes a device due, so nobody wrote that down when it happened: it is written down when it is first seen, and stays true
 * if the time of day is set back.
 */
export async function hadFactor(store: Store, user: UserRecord, now: number): Promise<boolean> {
  if (user.hadFactor) return true;
  const holdings = await store.holdings(user.name);
  if (!holdings.some((holding) => hasBeenActive(holding, now))) return false;
  await store.changeUser(user.name, { hadFactor: true }, () => []);
  return true;
}
