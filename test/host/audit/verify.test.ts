import { describe, expect, test } from 'vitest';
import { createAuditChain } from '../../../src/host/audit/chain.ts';
import type { AuditEntry, ChainHead } from '../../../src/host/audit/event.ts';
import { verifyTrail } from '../../../src/host/audit/verify.ts';
import { passingKeys } from '../../../src/host/sealing/key-ring.ts';
import { createVault } from '../../../src/host/sealing/vault.ts';

const vault = createVault(passingKeys());

/** A chain of so many entries. */
function chainOf(length: number): AuditEntry[] {
  const chain = createAuditChain(vault);
  return [
    ...chain.link(Array.from({ length }, (_, at) => ({ at, event: 'user-added', user: `u${at}` }) as const)),
  ];
}

const headOf = (entries: readonly AuditEntry[]): ChainHead[] =>
  entries.slice(-1).map(({ chain, place, code }) => ({ chain, place, code }));

/** A store with these chains; its heads are as they are given, or where the chains end. */
function storeOf(chains: readonly (readonly AuditEntry[])[], heads = chains.flatMap(headOf)) {
  const entries = chains.flat();
  return {
    heads: async () => heads,
    chain: async (name: string, after: number, limit: number) =>
      entries
        .filter(({ chain, place }) => chain === name && place > after)
        .toSorted((one, other) => one.place - other.place)
        .slice(0, limit),
  };
}

describe('a trail', () => {
  test.each([0, 1, 999, 1000, 1001, 2500])('of chains of %d entries is as it was written', async (length) => {
    const chains = [chainOf(length), chainOf(3)];
    expect(await verifyTrail(storeOf(chains), vault, chains.flatMap(headOf))).toEqual({
      chains: length === 0 ? 1 : 2,
      entries: length + 3,
      faults: [],
    });
  });

  test('may have grown since its heads were kept', async () => {
    const chain = chainOf(10);
    expect((await verifyTrail(storeOf([chain]), vault, headOf(chain.slice(0, 4)))).faults).toEqual([]);
  });

  test.each([0, 4, 9])('shows that entry %d was changed', async (at) => {
    const chain = chainOf(10);
    const [entry] = chain.slice(at);
    if (!entry) throw new Error('there is no such entry');
    for (const change of [{ user: 'other' }, { at: 99 }, { address: '::1' }, { code: 'a'.repeat(64) }]) {
      const changed = chain.with(at, { ...entry, ...change });
      const heads = headOf(chain);
      const { faults } = await verifyTrail(storeOf([changed], heads), vault);
      expect(faults).toEqual([{ fault: 'changed', chain: entry.chain, place: at + 1 }]);
    }
  });

  test('shows that an entry was removed, also when the others were moved up', async () => {
    const chain = chainOf(10);
    const { chain: name } = headOf(chain)[0] ?? { chain: '' };
    const removed = chain.toSpliced(4, 1);
    expect((await verifyTrail(storeOf([removed]), vault)).faults).toEqual([
      { fault: 'missing', chain: name, place: 5 },
    ]);
    const closed = removed.map((entry, at) => Object.assign({}, entry, { place: at + 1 }));
    expect((await verifyTrail(storeOf([closed]), vault)).faults).toEqual([
      { fault: 'changed', chain: name, place: 5 },
    ]);
  });

  test('shows that two entries changed places', async () => {
    const chain = chainOf(10);
    const [third, fourth] = chain.slice(2);
    if (!third || !fourth) throw new Error('there are no such entries');
    const swapped = chain.with(2, { ...fourth, place: 3 }).with(3, { ...third, place: 4 });
    expect((await verifyTrail(storeOf([swapped]), vault)).faults).toMatchObject([
      { fault: 'changed', place: 3 },
    ]);
  });

  test('shows that its end was cut off, by the head in the database or one kept elsewhere', async () => {
    const chain = chainOf(10);
    const cut = chain.slice(0, 6);
    const fault = [{ fault: 'cut-off', chain: chain[0]?.chain, place: 7 }];
    expect((await verifyTrail(storeOf([cut], headOf(chain)), vault)).faults).toEqual(fault);
    expect((await verifyTrail(storeOf([cut]), vault, headOf(chain))).faults).toEqual(fault);
    // Whoever cuts off the head too is not found without one from elsewhere.
    expect((await verifyTrail(storeOf([cut]), vault)).faults).toEqual([]);
  });

  test('shows that a whole chain was removed', async () => {
    const [kept, gone] = [chainOf(3), chainOf(3)];
    expect((await verifyTrail(storeOf([kept]), vault, [kept, gone].flatMap(headOf))).faults).toEqual([
      { fault: 'cut-off', chain: gone[0]?.chain, place: 1 },
    ]);
  });

  test('shows that a chain was made anew by one who has the key', async () => {
    const chain = chainOf(10);
    const heads = headOf(chain).map((head) => Object.assign(head, { code: 'not the one' }));
    expect((await verifyTrail(storeOf([chain]), vault, heads)).faults).toMatchObject([
      { fault: 'changed', place: 10 },
    ]);
  });

  test('cannot be checked without its master key', async () => {
    const chain = chainOf(2);
    const other = createVault(passingKeys());
    const ring = { ...other, deriveKey: () => undefined };
    expect((await verifyTrail(storeOf([chain]), ring)).faults).toMatchObject([
      { fault: 'unknown-master-key', place: 1 },
    ]);
    // Another key of the same name.
    expect((await verifyTrail(storeOf([chain]), other)).faults).toMatchObject([
      { fault: 'changed', place: 1 },
    ]);
  });
});
