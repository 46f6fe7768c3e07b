import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../src/host/audit/event.ts';
import { missingKey } from '../../../src/host/sealing/key-check.ts';
import {
  newMasterKey,
  parseKeyRing,
  printKeyRing,
  type KeySource,
  type MasterKey,
} from '../../../src/host/sealing/key-ring.ts';
import { rekey } from '../../../src/host/sealing/rekey.ts';
import { createVault } from '../../../src/host/sealing/vault.ts';

const OLD = newMasterKey('old');
const NEW = newMasterKey('new');
const SECRET = new Uint8Array([1, 2, 3]);
const clock = { now: () => 7 };

function sourceOf(active: MasterKey, ...others: MasterKey[]): KeySource {
  const ring = parseKeyRing(printKeyRing(active.id, [active, ...others]));
  return { ring: () => ring, reload: () => Promise.resolve() };
}

const vaultOf = (active: MasterKey, ...others: MasterKey[]) => createVault(sourceOf(active, ...others));

/** Sealed secrets in memory, all of the user ann, by serial number. */
function storeOf(secrets: Map<string, string>) {
  const told: AuditEvent[] = [];
  return {
    told,
    async sealedOtherwise(
      keyId: string,
      { after, limit }: { after?: { serial: string } | undefined; limit: number },
    ) {
      return [...secrets]
        .filter(([serial, sealed]) => sealed.split('.')[1] !== keyId && serial > (after?.serial ?? ''))
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .slice(0, limit)
        .map(([serial, sealed]) => ({ user: 'ann', serial, sealed }));
    },
    async reseal(serial: string, _user: string, from: string, to: string) {
      if (secrets.get(serial) !== from) return false;
      secrets.set(serial, to);
      return true;
    },
    async tell(events: readonly AuditEvent[]) {
      told.push(...events);
    },
    trail: async () => [],
  };
}

/** So many secrets under the old key. */
function sealedUnder(vault: ReturnType<typeof vaultOf>, count: number): Map<string, string> {
  const serials = Array.from({ length: count }, (_, at) => `S-${at}`);
  return new Map(serials.map((serial) => [serial, vault.seal(SECRET, { user: 'ann', serial })]));
}

describe('a change of the master key', () => {
  test.each([0, 1, 199, 200, 201, 500])('seals %d secrets anew, each once', async (count) => {
    const secrets = sealedUnder(vaultOf(OLD), count);
    const store = storeOf(secrets);
    const steps: number[] = [];
    const vault = vaultOf(NEW, OLD);
    const report = ({ resealed }: { resealed: number }): void => void steps.push(resealed);
    const done = await rekey({ store, vault, clock }, { by: 'machine:root', report });
    expect(done).toEqual({ resealed: count, unopened: [] });
    expect(steps).toHaveLength(Math.ceil(count / 200));
    for (const [serial, sealed] of secrets) {
      expect(await vaultOf(NEW).open(sealed, { user: 'ann', serial })).toEqual(SECRET);
    }
    const counts = store.told.map(({ detail = '' }) => Number(detail.split(' ')[0]));
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(count);
    for (const event of store.told) {
      expect(event).toMatchObject({ at: 7, event: 'secrets-resealed', actor: 'machine:root' });
    }
  });

  test('leaves to others what they change meanwhile', async () => {
    const secrets = sealedUnder(vaultOf(OLD), 3);
    const store = storeOf(secrets);
    const owner = { user: 'ann', serial: 'S-1' };
    const theirs = vaultOf(NEW).seal(new Uint8Array([9]), owner);
    const meddled = {
      ...store,
      async sealedOtherwise(keyId: string, page: { limit: number }) {
        const found = await store.sealedOtherwise(keyId, page);
        if (secrets.has('S-1')) secrets.set('S-1', theirs);
        return found;
      },
    };
    expect((await rekey({ store: meddled, vault: vaultOf(NEW, OLD), clock })).resealed).toBe(2);
    expect(secrets.get('S-1')).toBe(theirs);
  });

  test('ends under the newest key, if that came meanwhile and a host has used it', async () => {
    const newest = newMasterKey('newest');
    const rings = { before: sourceOf(NEW, OLD).ring(), after: sourceOf(newest, NEW, OLD).ring() };
    let ring = rings.before;
    let reads = 0;
    const vault = createVault({
      ring: () => ring,
      async reload() {
        // The first one is before the work.
        reads += 1;
        if (reads > 1) ring = rings.after;
      },
    });
    const secrets = sealedUnder(vaultOf(OLD), 300);
    const owner = { user: 'ann', serial: 'S-250' };
    secrets.set(owner.serial, vaultOf(newest).seal(SECRET, owner));
    const store = storeOf(secrets);
    let asked = 0;
    const patient = {
      ...store,
      sealedOtherwise(keyId: string, page: { limit: number }) {
        asked += 1;
        if (asked > 10) throw new Error('asked without end');
        return store.sealedOtherwise(keyId, page);
      },
    };
    expect((await rekey({ store: patient, vault, clock })).unopened).toEqual([]);
    for (const [serial, sealed] of secrets) {
      expect(await vaultOf(newest).open(sealed, { user: 'ann', serial })).toEqual(SECRET);
    }
  });

  test('goes on past secrets that do not open, and names them', async () => {
    const secrets = sealedUnder(vaultOf(OLD), 5);
    // One moved to another device, one under a key nobody has; more of them than are asked for at once.
    secrets.set('S-0', secrets.get('S-1') ?? '');
    for (let at = 0; at < 450; at++) {
      const serial = `A-${at}`;
      secrets.set(serial, vaultOf(newMasterKey('gone')).seal(SECRET, { user: 'ann', serial }));
    }
    const order = new Map([...secrets].toReversed());
    const { resealed, unopened } = await rekey({ store: storeOf(order), vault: vaultOf(NEW, OLD), clock });
    expect(resealed).toBe(4);
    expect(unopened).toHaveLength(451);
    expect(unopened).toContainEqual({ user: 'ann', serial: 'S-0', code: 'damaged-secret' });
    expect(unopened).toContainEqual({ user: 'ann', serial: 'A-0', code: 'unknown-master-key' });
  });
});

describe('a key ring', () => {
  test('has what the database needs, or says which key it lacks', async () => {
    const secrets = sealedUnder(vaultOf(OLD), 100);
    const store = storeOf(secrets);
    expect(await missingKey(store, vaultOf(OLD))).toBeUndefined();
    expect(await missingKey(store, vaultOf(NEW, OLD))).toBeUndefined();
    expect(await missingKey(store, vaultOf(NEW))).toEqual({ id: 'old', fault: 'unknown' });
    expect(await missingKey(store, vaultOf(newMasterKey('old')))).toEqual({ id: 'old', fault: 'other' });
    expect(await missingKey(store, vaultOf(NEW, newMasterKey('old')))).toEqual({ id: 'old', fault: 'other' });
  });

  test('is not blamed for a secret that is damaged', async () => {
    const secrets = sealedUnder(vaultOf(OLD), 3);
    secrets.set('S-0', secrets.get('S-1') ?? '');
    expect(await missingKey(storeOf(secrets), vaultOf(OLD))).toBeUndefined();
  });

  test('is asked for by the audit trail too', async () => {
    const entry = { keyId: 'old', chain: 'c', place: 1, code: '', at: 0, event: 'user-added' } as const;
    const store = { ...storeOf(new Map()), trail: async () => [entry] };
    expect(await missingKey(store, vaultOf(OLD))).toBeUndefined();
    expect(await missingKey(store, vaultOf(NEW))).toEqual({ id: 'old', fault: 'unknown' });
  });
});
