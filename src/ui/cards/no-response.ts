// Why a card gave no response, told by what it showed last.
import type { Card } from '../../firmware/card.ts';
import { CardError } from '../../firmware/card-error.ts';
import { FAULTS } from '../../firmware/self-test.ts';
import { cardPath } from './card-folder.ts';
import type { CardName } from './card-name.ts';
import { CommandError } from '../command-error.ts';

/** What the card showed when it last showed anything. */
interface LastSeen {
  readonly line: string;
  /** The number of the fault it showed, 0 for none. */
  readonly fault: number;
}

/** Watches a card from now on. @returns A function that tells what was last seen on it. */
export function watchDisplay(card: Card): () => LastSeen {
  let seen: LastSeen = { line: '', fault: FAULTS.none };
  card.subscribe((line) => {
    if (line === '') return;
    seen = { line, fault: card.state() === 'fault' ? card.snapshot().entered.fault : FAULTS.none };
  });
  return () => seen;
}

/**
 * What to throw where a card was operated as it should be, and gave no response.
 *
 * @returns A {@link CommandError} `no-response`; any other error than the operator's of that code as it is.
 */
export function noResponse(
  home: string,
  name: CardName,
  seen: LastSeen & { readonly drains: boolean },
  error: unknown,
): unknown {
  if (!(error instanceof CardError && error.code === 'no-response')) return error;
  return new CommandError('no-response', explain(home, name, seen), { cause: error });
}

function explain(
  home: string,
  name: CardName,
  { line, fault, drains }: LastSeen & { readonly drains: boolean },
): string {
  const freshBattery = `put in a fresh one with "dsc card battery ${name} --full"`;
  if (fault === FAULTS.none && !drains)
    return `the card ${name} went off while it was operated: the times of its profile are too short for typing; make it with others`;
  if (line === '') return `nothing lights on the card ${name}: its battery is empty; ${freshBattery}`;
  if (fault === FAULTS.none) return `the card ${name} went off: its battery is empty now; ${freshBattery}`;
  const shows = `the card ${name} shows ${line}`;
  switch (fault) {
    case FAULTS.memory:
      return `${shows}: its memory, ${cardPath(home, name)}, cannot be written; see that the disk has room and lets you write, then try again, or make a new card if it has used up its counter`;
    case FAULTS.battery:
      return `${shows}: its battery is defective; ${freshBattery}`;
    default:
      return `${shows}: it does not compute what it should; install dsc again`;
  }
}
