// Instants as people and programs write them: RFC 3339.
import { z } from 'zod';

const dateAndTime = z.iso.datetime({ offset: true });

/**
 * Reads a date with a time and a zone, such as `2026-01-31T12:00:00Z` or `2026-01-31T13:00:00.250+01:00`.
 *
 * @returns Milliseconds since 1970-01-01T00:00Z, or undefined for any other text and for dates that do not exist.
 */
export function parseInstant(text: string): number | undefined {
  return dateAndTime.safeParse(text).success ? Date.parse(text) : undefined;
}
