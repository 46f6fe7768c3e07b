// A place in the audit trail as addresses name it: `time.chain.place`, where a page of the trail ended.
import type { AuditEntry } from '../audit/event.ts';

type Place = Pick<AuditEntry, 'at' | 'chain' | 'place'>;

/** The form of a place. */
export const TRAIL_PLACE = /^(\d{1,15})\.([0-9a-f]{16})\.(\d{1,15})$/;

export const printPlace = ({ at, chain, place }: Place): string => `${at}.${chain}.${place}`;

/** Undefined for what is no place. */
export function parsePlace(text: string | undefined): Place | undefined {
  const [, at, chain, place] = TRAIL_PLACE.exec(text ?? '') ?? [];
  return chain === undefined ? undefined : { at: Number(at), chain, place: Number(place) };
}
