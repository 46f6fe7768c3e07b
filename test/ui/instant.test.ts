import { describe, expect, test } from 'vitest';
import { parseInstant } from '../../src/ui/instant.ts';

describe('an instant', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-01-31T12:00:00Z', 1_769_860_800_000],
    ['2026-01-31T13:00:00.250+01:00', 1_769_860_800_250],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000],
  ])('%s is read', (text, epochMs) => {
    expect(parseInstant(text)).toBe(epochMs);
  });

  test.each([
    '',
    'now',
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-02-30T12:00:00Z',
    '2023-02-29T12:00:00Z',
    '2026-01-31T25:00:00Z',
    '31.01.2026',
    '1769860800',
    ' 2026-01-31T12:00:00Z',
    '２026-01-31T12:00:00Z',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
