// What one sees of a card: its display, and the step it is at.
import type { Card } from '../../../firmware/card.ts';
import type { CardSnapshot } from '../../../firmware/snapshot.ts';
import type { CardState } from '../../../firmware/statechart.ts';

/** What one sees. */
export interface Face {
  readonly line: string;
  readonly state: CardState;
  /** The whole response, of which the display may show a page; empty while there is none. */
  readonly response: string;
  /** Which page of the response shows, from 0. */
  readonly page: number;
  /** The challenge, as much of it as is typed; undefined while there is none. */
  readonly answered: string | undefined;
}

/** The face of a card that is off. */
export const BLANK: Face = { line: '', state: 'off', response: '', page: 0, answered: undefined };

/**
 * The face of a card.
 *
 * @param before - what it was when something last happened to the card: the card itself forgets the challenge.
 * @returns `before` itself if nothing of it has changed.
 */
export function faceOf(card: Card, { state, entered }: CardSnapshot, before: Face): Face {
  const { challenge, response, page } = entered;
  const answered = challenge || (state === 'response' ? before.answered : undefined);
  const face: Face = { line: card.display(), state, response, page, answered };
  const isSame = (Object.keys(face) as (keyof Face)[]).every((part) => face[part] === before[part]);
  return isSame ? before : face;
}
