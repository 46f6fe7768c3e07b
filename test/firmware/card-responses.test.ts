// What a card shows, whatever key and suite it is made with, against a second reading of RFC 6287.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DSC_PLUS } from '../../src/firmware/profiles.ts';
import { createScriptedCard } from '../../src/ui/script/scripted-card.ts';
import { hashes } from './ocra/arbitraries.ts';
import { secondReading } from './ocra/second-reading.ts';

const places = fc.integer({ min: 4, max: DSC_PLUS.display.width });

const digits = (length: number): fc.Arbitrary<string> =>
  fc.nat(10 ** length - 1).map((number) => String(number).padStart(length, '0'));

/** The suites that a card with digit keys and this display can operate, and what a person types. */
const ceremonies = fc
  .record({ hash: hashes, response: places, challenge: places, pinHash: hashes })
  .chain(({ hash, response, challenge, pinHash }) =>
    fc.record({
      suite: fc.constant(`OCRA-1:HOTP-${hash}-${response}:QN0${challenge}-P${pinHash}`),
      key: fc.uint8Array({ minLength: 16, maxLength: 64 }),
      entries: fc.array(fc.tuple(digits(DSC_PLUS.pinLength), digits(challenge)), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  );

test('a card shows the response of the second reading, one time after the other', () => {
  fc.assert(
    fc.property(ceremonies, ({ suite, key, entries }) => {
      const card = createScriptedCard({ suite, key });
      const keyHex = Buffer.from(key).toString('hex');
      for (const [pin, question] of entries) {
        expect(card.answer(pin, question)).toBe(secondReading({ suite, keyHex, question, pin }));
      }
    }),
    { numRuns: 1500 },
  );
});
