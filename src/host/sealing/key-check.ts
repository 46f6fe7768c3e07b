// Whether a key ring is the one a database was made with, asked before a host takes up its work with it.
import { HostError } from '../error.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from './vault.ts';

/** A master key that a database needs. */
export interface MissingKey {
  readonly id: string;
  /** Not in the ring; or there is one of this id in it, which opens nothing. */
  readonly fault: 'unknown' | 'other';
}

/** Secrets that are looked at; under several keys, those of the active one are looked at apart. */
const SAMPLE = 50;

/**
 * Looks at some of the sealed secrets and at the end of the audit trail.
 *
 * @returns A master key they need and the ring has not; undefined if all those looked at have theirs.
 */
export async function missingKey(
  store: Pick<Store, 'sealedOtherwise' | 'trail'>,
  vault: Vault,
): Promise<MissingKey | undefined> {
  const active = vault.activeKey('seal').id;
  // No key has the empty id: what is sealed otherwise is everything.
  const sample = [
    ...(await store.sealedOtherwise(active, { limit: SAMPLE })),
    ...(await store.sealedOtherwise('', { limit: SAMPLE })),
  ];
  // One secret that does not open is damaged; when none does, it is the key.
  const opened = new Map<string, boolean>();
  for (const { sealed, user, serial } of sample) {
    const [, id = ''] = sealed.split('.');
    if (opened.get(id)) continue;
    try {
      await vault.open(sealed, { user, serial });
      opened.set(id, true);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      if (error.code === 'unknown-master-key') return { id, fault: 'unknown' };
      opened.set(id, false);
    }
  }
  for (const [id, isRight] of opened) if (!isRight) return { id, fault: 'other' };
  const [last] = await store.trail({ limit: 1 });
  if (last && !vault.deriveKey('audit', last.keyId)) return { id: last.keyId, fault: 'unknown' };
  return undefined;
}
