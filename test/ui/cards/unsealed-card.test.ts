import { describe, expect, test } from 'vitest';
import { DSC_PLUS } from '../../../src/firmware/profiles.ts';
import { isUnsealed, parseUnsealedCard } from '../../../src/ui/cards/unsealed-card.ts';
import { UNSEALED } from '../../fixtures/unsealed.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a file of format 1 is read as it was written', () => {
  expect(isUnsealed(bytes(UNSEALED.text))).toBe(true);
  expect(parseUnsealedCard(bytes(UNSEALED.text))).toEqual({
    serial: UNSEALED.serial,
    profile: DSC_PLUS,
    suite: DSC_PLUS.suite,
    key: UNSEALED.key,
    battery: false,
  });
});

describe('what is no card of format 1', () => {
  test('is a file that was cut anywhere', () => {
    const text = UNSEALED.text.trimEnd();
    for (let length = 0; length < text.length; length++) {
      expect(parseUnsealedCard(bytes(text.slice(0, length)))).toBeUndefined();
    }
  });

  test.each([
    ['no object', '[]'],
    ['nothing', 'null'],
    ['no key', '{"format":1,"serial":"A","suite":"B"}'],
    ['a short key', changed({ keyHex: '07'.repeat(15) })],
    ['a long key', changed({ keyHex: '07'.repeat(65) })],
    ['an odd key', changed({ keyHex: `${'07'.repeat(20)}0` })],
    ['a serial that a host would refuse', changed({ serial: '-A' })],
    ['a serial with an escape sequence', changed({ serial: '\u001b[2J' })],
    ['a suite with a line end', changed({ suite: 'OCRA-1:HOTP-SHA1-8:QN06\n' })],
    ['an unknown field', changed({ pin: '1234' })],
    ['an older format', changed({ format: 0 })],
    ['a later format', changed({ format: 2 })],
    ['a format that is no number', changed({ format: '1' })],
  ])('is one with %s', (_, text) => {
    expect(parseUnsealedCard(bytes(text))).toBeUndefined();
  });

  function changed(fields: Record<string, unknown>): string {
    return JSON.stringify({ ...(JSON.parse(UNSEALED.text) as object), ...fields });
  }
});
