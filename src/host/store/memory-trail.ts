// The audit trail in memory: one chain.
import { chainBegun, type AuditChain } from '../audit/chain.ts';
import type { AuditEntry, ChainHead } from '../audit/event.ts';
import type { Telling, TrailPage } from './store.ts';

/** The trail, and the chain that links it. */
export class MemoryTrail {
  readonly #entries: AuditEntry[] = [];
  readonly #chain: AuditChain;

  constructor(chain: AuditChain) {
    this.#chain = chain;
  }

  /** Writes what a change came to, and gives that back. */
  told<Outcome>(tell: Telling<Outcome>, outcome: Outcome): Outcome {
    const events = [...tell(outcome)];
    const [first] = events;
    if (first && !this.#chain.begun) events.unshift(chainBegun(first.at, undefined));
    const entries = this.#chain.link(events);
    this.#entries.push(...entries);
    this.#chain.kept(entries);
    return outcome;
  }

  trail({ before, limit, user, serial }: TrailPage): readonly AuditEntry[] {
    return this.#entries
      .filter(({ event }) => event !== 'chain-begun')
      .filter((entry) => user === undefined || entry.user === user)
      .filter((entry) => serial === undefined || entry.serial === serial)
      .toSorted(newestFirst)
      .filter((entry) => !before || newestFirst(before, entry) < 0)
      .slice(0, limit);
  }

  heads(): readonly ChainHead[] {
    const heads = new Map(this.#entries.map(({ chain, place, code }) => [chain, { chain, place, code }]));
    return [...heads.values()].toSorted((one, other) => (one.chain < other.chain ? -1 : 1));
  }

  chain(name: string, after: number, limit: number): readonly AuditEntry[] {
    return this.#entries.filter(({ chain, place }) => chain === name && place > after).slice(0, limit);
  }
}

type Moment = Pick<AuditEntry, 'at' | 'chain' | 'place'>;

const newestFirst = (one: Moment, other: Moment): number =>
  other.at - one.at ||
  (one.chain === other.chain ? other.place - one.place : one.chain < other.chain ? 1 : -1);
