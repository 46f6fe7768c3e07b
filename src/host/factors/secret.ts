// A card's secret as the host keeps it: key and PIN hash in one sealed value for each user of the card.
import { HostError } from '../error.ts';
import type { Owner, Vault } from '../sealing/vault.ts';
import type { Holding } from '../store/store.ts';
import type { CardCredential } from './digital-security-card.ts';

/** What is secret of a card: its key, none until it is mailed, and one user's PIN hash. */
export interface CardSecret {
  readonly key: Uint8Array;
  readonly pinHash: Uint8Array;
}

/** One byte for the key's length, the key, the PIN hash. */
export function sealSecret(vault: Vault, { key, pinHash }: CardSecret, owner: Owner): string {
  return vault.seal(Uint8Array.of(key.length, ...key, ...pinHash), owner);
}

/**
 * Opens the secret of a device as a user has it; `sealed` stands in for the one that is kept.
 * Refuses with `unknown-master-key` or `damaged-secret`.
 */
export async function openSecret(
  vault: Vault,
  holding: Holding,
  sealed: string = holding.sealed,
): Promise<CardCredential> {
  const bytes = await vault.open(sealed, holding);
  const length = bytes[0] ?? 0;
  if (bytes.length <= 1 + length) throw new HostError('damaged-secret');
  return { suite: holding.suite, key: bytes.slice(1, 1 + length), pinHash: bytes.slice(1 + length) };
}
