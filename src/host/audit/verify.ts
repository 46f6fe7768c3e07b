// The audit trail checked: every chain from its first entry to its head, and against heads that were kept elsewhere.
import type { Vault } from '../sealing/vault.ts';
import type { Store } from '../store/store.ts';
import { begunAfter, createChainCheck, type ChainFault } from './chain.ts';
import type { ChainHead } from './event.ts';

/** What a check of the trail found. */
export interface TrailCheck {
  readonly chains: number;
  readonly entries: number;
  /** The first fault of each chain that has one. */
  readonly faults: readonly ChainFault[];
}

/** Entries read at a time. */
const BATCH = 1000;

/**
 * Checks the whole trail, beside hosts that write it.
 *
 * A chain's first entry names the newest one there was: that must still be there. Without a head kept elsewhere, entries
 * cut off since then, at the end of a chain, cannot be noticed.
 *
 * @param kept - heads kept elsewhere: each chain must still have that entry.
 */
export async function verifyTrail(
  store: Pick<Store, 'heads' | 'chain'>,
  vault: Vault,
  kept: readonly ChainHead[] = [],
): Promise<TrailCheck> {
  const present = await store.heads();
  const named: ChainHead[] = [];
  for (const { chain } of present) {
    const [first] = await store.chain(chain, 0, 1);
    const before = first && begunAfter(first);
    if (before) named.push(before);
  }
  const heads = [...present, ...named, ...kept];
  const chains = [...new Set(heads.map(({ chain }) => chain))].toSorted();
  let entries = 0;
  const faults: ChainFault[] = [];
  for (const chain of chains) {
    const expected = heads.filter((head) => head.chain === chain);
    const found = await verifyChain(store, vault, expected, chain);
    entries += found.entries;
    if (found.fault) faults.push(found.fault);
  }
  return { chains: chains.length, entries, faults };
}

async function verifyChain(
  store: Pick<Store, 'chain'>,
  vault: Vault,
  expected: readonly ChainHead[],
  chain: string,
): Promise<{ entries: number; fault: ChainFault | undefined }> {
  const check = createChainCheck(vault, chain);
  for (;;) {
    const { place: after } = check.head();
    const batch = await store.chain(chain, after, BATCH);
    for (const entry of batch) {
      check.next(entry);
      const { place, code } = check.head();
      const fault = check.fault() ?? otherwise(expected, { chain, place, code });
      if (fault) return { entries: place, fault };
    }
    if (batch.length < BATCH) break;
  }
  const { place } = check.head();
  const isCut = expected.some((head) => head.place > place);
  return { entries: place, fault: isCut ? { fault: 'cut-off', chain, place: place + 1 } : undefined };
}

/** An entry that is authentic and yet not the one that was the head: a chain made anew by someone who has the key. */
function otherwise(
  expected: readonly ChainHead[],
  { chain, place, code }: ChainHead,
): ChainFault | undefined {
  const differs = expected.some((head) => head.place === place && head.code !== code);
  return differs ? { fault: 'changed', chain, place } : undefined;
}
