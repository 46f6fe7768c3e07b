// Secrets put under the active master key while hosts run: a secret that changes meanwhile is left to whoever changed it.
import type { Actor } from '../audit/event.ts';
import { HostError } from '../error.ts';
import type { HostClock } from '../reply-time.ts';
import type { SealedSecret, SecretPlace, Store } from '../store/store.ts';
import type { Vault } from './vault.ts';

/** How far it is. */
export interface RekeyProgress {
  /** Secrets now under the active key that were not. */
  readonly resealed: number;
  /** Secrets that could not be opened, and stay as they are. */
  readonly unopened: readonly UnopenedSecret[];
}

/** A secret that could not be opened. */
interface UnopenedSecret {
  readonly user: string;
  readonly serial: string;
  /** Its key is not in the ring, or it was changed or damaged. */
  readonly code: 'unknown-master-key' | 'damaged-secret';
}

/** What a change of key works with. */
interface RekeyParts {
  readonly store: Pick<Store, 'sealedOtherwise' | 'reseal' | 'tell'>;
  readonly vault: Vault;
  readonly clock: Pick<HostClock, 'now'>;
}

/** Secrets asked for at a time: enough for a store to write several together, few enough to hold nobody up. */
const BATCH = 200;

/**
 * Seals every secret anew that is not under the active master key. Ends when none is left but those that cannot be opened.
 * Every running host must have the active key by then; one that does not know it yet reads the ring again when it meets it.
 *
 * @param report - told how far it is after each batch.
 */
export async function rekey(
  { store, vault, clock }: RekeyParts,
  { by, report = () => {} }: { by?: Actor; report?: (progress: RekeyProgress) => void } = {},
): Promise<RekeyProgress> {
  await vault.reload();
  const unopened = new Map<string, UnopenedSecret>();
  let resealed = 0;
  const progress = (): RekeyProgress => ({ resealed, unopened: [...unopened.values()] });

  let after: SecretPlace | undefined;
  let leftBehind = false;
  for (;;) {
    // A ring that was read again meanwhile may have a newer one.
    const active = vault.activeKey('seal').id;
    const found = await store.sealedOtherwise(active, { after, limit: BATCH });
    after = found.at(-1);
    if (!after) {
      // A secret may have come under another key behind our back: it is done when a whole pass finds nothing to do.
      if (!leftBehind) break;
      leftBehind = false;
      continue;
    }
    const left = found.filter((secret) => !unopened.has(nameOf(secret)));
    if (left.length === 0) continue;
    leftBehind = true;
    const done = await Promise.all(left.map(resealOne));
    const count = done.filter(Boolean).length;
    resealed += count;
    if (count > 0) {
      const detail = `${count} under ${active}`;
      await store.tell([{ at: clock.now(), event: 'secrets-resealed', actor: by, detail }]);
    }
    report(progress());
  }
  return progress();

  async function resealOne(secret: SealedSecret & SecretPlace): Promise<boolean> {
    const { user, serial, sealed } = secret;
    try {
      const anew = await vault.reseal(sealed, { user, serial });
      return anew !== undefined && (await store.reseal(serial, user, sealed, anew));
    } catch (error) {
      const code = error instanceof HostError ? error.code : undefined;
      if (code !== 'unknown-master-key' && code !== 'damaged-secret') throw error;
      unopened.set(nameOf(secret), { user, serial, code });
      return false;
    }
  }
}

/** Names hold no space. */
const nameOf = ({ user, serial }: SecretPlace): string => `${user} ${serial}`;
