// Cards' whole lives, made up at random: what the unit tests and the soak put cards through.
import fc from 'fast-check';
import { DSC, DSC_PLUS, OCRA_CARD } from '../../src/firmware/profiles.ts';
import { Exercise, type CardInTrial, type Tally } from './exercise.ts';
import { eventsOf, type Event } from './operations.ts';

/** A card, and what happens to it. */
export interface Life {
  readonly card: CardInTrial;
  readonly events: readonly Event[];
}

/** In microampere-hours: a battery that never ends, a full one, a poor one, one that lasts half a minute. */
const CHARGES = [undefined, 25_000, 2500, 0.5];

/** The three devices, and one whose suite counts, with each of the batteries. */
const CARDS: readonly CardInTrial[] = CHARGES.flatMap((charge) => [
  { profile: DSC_PLUS, charge },
  { profile: DSC, charge },
  { profile: OCRA_CARD, charge },
  { profile: DSC_PLUS, charge, suite: 'OCRA-1:HOTP-SHA1-8:C-QN06-PSHA1' },
]);

/** Lives of so many events at the most. */
export const lives = (maxLength: number): fc.Arbitrary<Life> =>
  fc.constantFrom(...CARDS).chain((card) =>
    fc.record({
      card: fc.constant(card),
      events: fc.array(eventsOf(card.profile, card.profile === OCRA_CARD ? 8 : 6), {
        maxLength,
        size: 'max',
      }),
    }),
  );

/**
 * Lives one, checking it all the while.
 *
 * @throws {AssertionError} for what must not happen.
 */
export function live({ card, events }: Life, tally: Tally): void {
  const exercise = new Exercise(card, tally);
  for (const event of events) exercise.happen(event);
}
