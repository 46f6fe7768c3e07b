import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCardRecord, printCardRecord } from '../../src/ui/card-record.ts';

const KEY = new Uint8Array(20).fill(7);
const RECORD = { serial: 'DSC-00000001', suite: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1', key: KEY };

describe('the text of a card file', () => {
  test('says its format first', () => {
    expect(printCardRecord(RECORD)).toBe(`{
  "format": 1,
  "serial": "DSC-00000001",
  "suite": "OCRA-1:HOTP-SHA1-8:QN06-PSHA1",
  "keyHex": "0707070707070707070707070707070707070707"
}
`);
  });

  test('is read again as it was written', () => {
    const record = fc.record({
      serial: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/),
      suite: fc.stringMatching(/^[!-~]{1,128}$/),
      key: fc.uint8Array({ minLength: 16, maxLength: 64 }),
    });
    fc.assert(
      fc.property(record, (each) => {
        expect(parseCardRecord(printCardRecord(each))).toEqual(each);
      }),
    );
  });

  test('cut anywhere is damaged', () => {
    const text = printCardRecord(RECORD).trimEnd();
    for (let length = 0; length < text.length; length++) {
      expect(parseCardRecord(text.slice(0, length))).toBe('damaged');
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
    ['a format that is no number', changed({ format: '2' })],
  ])('with %s is damaged', (_, text) => {
    expect(parseCardRecord(text)).toBe('damaged');
  });

  test('of a later format is called newer, whatever else it says', () => {
    expect(parseCardRecord('{"format":2,"sealed":"…"}')).toBe('newer');
  });

  function changed(fields: Record<string, unknown>): string {
    return JSON.stringify({
      format: 1,
      serial: 'A',
      suite: RECORD.suite,
      keyHex: '07'.repeat(20),
      ...fields,
    });
  }
});
