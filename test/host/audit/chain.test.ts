// The chain of the audit trail: what was written cannot be changed, removed or put elsewhere without its being noticed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAuditChain, createChainCheck, type ChainFault } from '../../../src/host/audit/chain.ts';
import type { AuditEntry, AuditEvent, ChainHead } from '../../../src/host/audit/event.ts';
import { newMasterKey, parseKeyRing, passingKeys, printKeyRing } from '../../../src/host/sealing/key-ring.ts';
import { createVault, type Vault } from '../../../src/host/sealing/vault.ts';

const vault = createVault(passingKeys());

const texts = fc.option(fc.string(), { nil: undefined });
const events: fc.Arbitrary<AuditEvent> = fc.record({
  at: fc.nat(),
  event: fc.constantFrom('user-added', 'login-begun', 'device-moved'),
  user: texts,
  serial: texts,
  actor: fc.option(fc.constantFrom('user:ann', 'machine:root'), { nil: undefined }),
  address: texts,
  detail: texts,
});
const lists = fc.array(events, { minLength: 2, maxLength: 12 });

/** A chain of these events, written some at a time. */
function chained(list: readonly AuditEvent[], by: Vault = vault, atATime = 3): readonly AuditEntry[] {
  const chain = createAuditChain(by);
  const written: AuditEntry[] = [];
  for (let i = 0; i < list.length; i += atATime) {
    const entries = chain.link(list.slice(i, i + atATime));
    chain.kept(entries);
    written.push(...entries);
  }
  return written;
}

function checked(
  entries: readonly AuditEntry[],
  by: Vault = vault,
): { fault: ChainFault | undefined; head: ChainHead } {
  const check = createChainCheck(by, entries[0]?.chain ?? '');
  for (const entry of entries) check.next(entry);
  return { fault: check.fault(), head: check.head() };
}

/** The same entries, in places from 1 on. */
const renumbered = (entries: readonly AuditEntry[]): readonly AuditEntry[] =>
  entries.map((entry, i) => Object.assign({}, entry, { place: i + 1 }));

const faultOf = (entries: readonly AuditEntry[], by?: Vault): string | undefined =>
  checked(entries, by).fault?.fault;

describe('a chain is at fault', () => {
  test('when anything of any entry is changed, from that entry on', () => {
    const changes: readonly ((entry: AuditEntry) => Partial<AuditEntry>)[] = [
      ({ at }) => ({ at: at + 1 }),
      ({ event }) => ({ event: event === 'user-added' ? 'user-changed' : 'user-added' }),
      ({ user }) => ({ user: `${user ?? ''}x` }),
      ({ user }) => ({ user: user === undefined ? '' : undefined }),
      ({ serial }) => ({ serial: `${serial ?? ''}x` }),
      ({ actor }) => ({ actor: actor === undefined ? 'user:bob' : undefined }),
      ({ address }) => ({ address: `${address ?? ''}x` }),
      ({ detail }) => ({ detail: `${detail ?? ''}x` }),
      ({ user, serial }) => ({ user: `${serial ?? ''}1`, serial: `${user ?? ''}1` }),
      ({ code }) => ({ code: `${code.startsWith('0') ? '1' : '0'}${code.slice(1)}` }),
      ({ code }) => ({ code: code.slice(1) }),
      () => ({ code: '' }),
      () => ({ code: 'é'.repeat(64) }),
      ({ chain }) => ({ chain: `${chain}0` }),
    ];
    fc.assert(
      fc.property(lists, fc.nat(), fc.constantFrom(...changes), (list, pick, change) => {
        const entries = chained(list);
        const at = pick % entries.length;
        const changed = entries.map((entry, i) => (i === at ? { ...entry, ...change(entry) } : entry));
        const check = createChainCheck(vault, entries[0]!.chain);
        for (const entry of changed) check.next(entry);
        expect(check.fault()).toMatchObject({ fault: 'changed', place: at + 1 });
      }),
    );
  });

  test('when an entry is removed before the last, and its place closed or not', () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.boolean(), (list, pick, closed) => {
        const entries = chained(list);
        const at = pick % (entries.length - 1);
        const left = entries.filter((_, i) => i !== at);
        expect(checked(closed ? renumbered(left) : left).fault).toMatchObject({
          fault: closed ? 'changed' : 'missing',
          place: at + 1,
        });
      }),
    );
  });

  test('when two entries have changed places, or one stands there twice', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (list, pick) => {
        const entries = chained(list);
        const at = pick % (entries.length - 1);
        const swapped = [...entries];
        [swapped[at], swapped[at + 1]] = [entries[at + 1]!, entries[at]!];
        expect(faultOf(swapped)).toBe('missing');
        expect(faultOf(renumbered(swapped))).toBe('changed');
        const twice = entries.toSpliced(at, 0, entries[at]!);
        expect(faultOf(twice)).toBe('missing');
        expect(faultOf(renumbered(twice))).toBe('changed');
      }),
    );
  });

  test('when entries of another chain of the same host stand in it', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const [one, two] = [chained(list), chained(list)];
        const mixed = [one[0]!, ...two.slice(1)];
        expect(faultOf(mixed)).toBe('changed');
        expect(faultOf([mixed[0]!, { ...mixed[1]!, chain: one[0]!.chain }])).toBe('changed');
      }),
    );
  });

  test('when it was made anew by someone who has the database and not the key', () => {
    const keys = newMasterKey('k1');
    const vaults = [keys, newMasterKey('k1')].map((key) => {
      const ring = parseKeyRing(printKeyRing('k1', [key]));
      return createVault({ ring: () => ring, reload: async () => {} });
    });
    const list: readonly AuditEvent[] = [{ at: 1, event: 'user-added' }];
    expect(faultOf(chained(list, vaults[0]), vaults[0])).toBeUndefined();
    expect(faultOf(chained(list, vaults[1]), vaults[0])).toBe('changed');
  });

  test('when the key it names is not in the ring: it cannot be checked, which is said', () => {
    const keys = [newMasterKey('k1'), newMasterKey('k2')];
    const ring = parseKeyRing(printKeyRing('k2', keys.slice(1)));
    const without = createVault({ ring: () => ring, reload: async () => {} });
    const before = parseKeyRing(printKeyRing('k1', keys));
    const entries = chained(
      [{ at: 1, event: 'user-added' }],
      createVault({ ring: () => before, reload: async () => {} }),
    );
    expect(checked(entries, without).fault).toMatchObject({ fault: 'unknown-master-key', place: 1 });
    expect(faultOf([{ ...entries[0]!, keyId: 'k2' }], without)).toBe('changed');
  });
});

describe('a chain is whole', () => {
  test('as it was written, however many events at a time, and its head is that of its last entry', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 5 }), (list, atATime) => {
        const entries = chained(list, vault, atATime);
        const { chain, place, code } = entries.at(-1)!;
        expect(checked(entries)).toEqual({ fault: undefined, head: { chain, place, code } });
        expect(place).toBe(list.length);
      }),
    );
  });

  test('after a change of the master key, as long as the old one is in the ring', () => {
    const keys = [newMasterKey('k1'), newMasterKey('k2')];
    let ring = parseKeyRing(printKeyRing('k1', keys));
    const changing = createVault({ ring: () => ring, reload: async () => {} });
    const chain = createAuditChain(changing);
    const first = chain.link([{ at: 1, event: 'user-added' }]);
    chain.kept(first);
    ring = parseKeyRing(printKeyRing('k2', keys));
    const entries = [...first, ...chain.link([{ at: 2, event: 'user-added' }])];
    expect(entries.map(({ keyId }) => keyId)).toEqual(['k1', 'k2']);
    expect(faultOf(entries, changing)).toBeUndefined();
  });

  test('when its end was cut off: only a head kept elsewhere shows it', () => {
    const entries = chained([1, 2, 3].map((at) => ({ at, event: 'user-added' })));
    const kept = checked(entries).head;
    const cut = checked(entries.slice(0, 2));
    expect(cut.fault).toBeUndefined();
    expect(cut.head.place).toBeLessThan(kept.place);
  });
});

describe('entries that were not written', () => {
  test('leave their places to the next ones', () => {
    const chain = createAuditChain(vault);
    const lost = chain.link([{ at: 1, event: 'user-added' }]);
    const again = chain.link([{ at: 2, event: 'user-added' }]);
    expect(again[0]?.place).toBe(lost[0]?.place);
    chain.kept(again);
    chain.kept([]);
    expect(faultOf([...again, ...chain.link([{ at: 3, event: 'user-added' }])])).toBeUndefined();
  });

  test('are none without events', () => {
    expect(createAuditChain(vault).link([])).toEqual([]);
  });
});

test('every run of a host has a chain of its own', () => {
  const names = Array.from({ length: 20 }, () => chained([{ at: 1, event: 'user-added' }])[0]!.chain);
  expect(new Set(names).size).toBe(20);
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{16}$/);
});
