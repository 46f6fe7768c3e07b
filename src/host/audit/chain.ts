// The chain of the audit trail: every entry is authenticated together with the one before it.
//
// An HMAC, not a plain hash: who can write the database could make a plain chain anew. Each host process has a chain of
// its own, so that hosts do not wait for each other.
import { createHmac, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Vault } from '../sealing/vault.ts';
import type { AuditEntry, AuditEvent, ChainHead } from './event.ts';

/** Links events to a chain. */
export interface AuditChain {
  /**
   * The entries for events that follow the last kept ones. They become part of the chain when `kept` says that they are
   * written; until then, linking again gives the same places.
   */
  link(events: readonly AuditEvent[]): readonly AuditEntry[];
  /** The last of these entries is written: the chain goes on from there. */
  kept(entries: readonly AuditEntry[]): void;
  /** Whether any entry is written. */
  readonly begun: boolean;
}

const NOTHING_BEFORE = '';

export function createAuditChain(vault: Vault): AuditChain {
  const chain = randomBytes(8).toString('hex');
  let place = 0;
  let code = NOTHING_BEFORE;

  return {
    link(events) {
      const { id, key } = vault.activeKey('audit');
      let before = code;
      return events.map((event, index) => {
        const entry = { ...event, chain, place: place + index + 1, keyId: id };
        before = codeOf(entry, before, key);
        return { ...entry, code: before };
      });
    },
    kept(entries) {
      const last = entries.at(-1);
      if (!last) return;
      place = last.place;
      code = last.code;
    },
    get begun() {
      return place > 0;
    },
  };
}

/**
 * The first event of a chain that begins where others stand: it names the newest entry there is, so that the other chain
 * cannot be removed, or cut off before that entry, without being missed.
 */
export const chainBegun = (at: number, newest: ChainHead | undefined): AuditEvent => ({
  at,
  event: 'chain-begun',
  detail: newest && `after ${newest.chain} ${newest.place} ${newest.code}`,
});

const AFTER = /^after ([0-9a-f]{16}) (\d{1,15}) ([0-9a-f]{64})$/;

/** The entry that a chain's first event names, if it is one that names any. */
export function begunAfter({ event, detail }: AuditEvent): ChainHead | undefined {
  const [, chain, place, code] = (event === 'chain-begun' && AFTER.exec(detail ?? '')) || [];
  return chain === undefined || code === undefined ? undefined : { chain, place: Number(place), code };
}

/** What is wrong with a chain, if anything. */
export interface ChainFault {
  readonly fault: 'missing' | 'changed' | 'unknown-master-key' | 'cut-off';
  readonly chain: string;
  /** Of the first entry that is not as it was. */
  readonly place: number;
}

/**
 * Checks one chain, entry by entry from its first; ask for its `fault` and its `head` after the last.
 */
export function createChainCheck(vault: Vault, chain: string) {
  let place = 0;
  let code = NOTHING_BEFORE;
  let fault: ChainFault | undefined;

  return {
    /** Takes the next entry in order of place. */
    next(entry: AuditEntry): void {
      if (fault) return;
      place += 1;
      if (entry.place !== place) {
        fault = { fault: 'missing', chain, place };
        return;
      }
      const derived = vault.deriveKey('audit', entry.keyId);
      if (!derived) {
        fault = { fault: 'unknown-master-key', chain, place };
        return;
      }
      const expected = codeOf(entry, code, derived.key);
      if (!sameCode(expected, entry.code)) fault = { fault: 'changed', chain, place };
      code = entry.code;
    },
    fault: (): ChainFault | undefined => fault,
    head: (): ChainHead => ({ chain, place, code }),
  };
}

/** A JSON array, so that no two entries give the same bytes. */
function codeOf(entry: Omit<AuditEntry, 'code'>, before: string, key: KeyObject): string {
  const { chain, place, keyId, at, event, user, serial, actor, address, detail } = entry;
  const fields = [before, chain, place, keyId, at, event, user, serial, actor, address, detail];
  return createHmac('sha256', key)
    .update(JSON.stringify(fields.map((field) => field ?? null)))
    .digest('hex');
}

/** A changed code may be any text: as many characters are not as many bytes. */
function sameCode(one: string, other: string): boolean {
  const [these, those] = [Buffer.from(one), Buffer.from(other)];
  return these.length === those.length && timingSafeEqual(these, those);
}
