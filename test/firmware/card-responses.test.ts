// What a card shows, whatever device, key and suite it is made with, against a second reading of RFC 6287.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScriptedCard } from '../../src/ui/script/scripted-card.ts';
import { ceremonies } from './ceremonies.ts';
import { secondReading } from './ocra/second-reading.ts';

test('a card shows the response of the second reading, one time after the other', () => {
  fc.assert(
    fc.property(
      ceremonies({ minLength: 1, maxLength: 3 }),
      ({ profile, suite, isCounting, key, entries }) => {
        const card = createScriptedCard({ profile, suite, key });
        const keyHex = Buffer.from(key).toString('hex');
        for (const [counter, [pin, question]] of entries.entries()) {
          const request = { suite, keyHex, question, pin, ...(isCounting && { counter }) };
          expect(card.answer(pin, question)).toBe(secondReading(request));
        }
      },
    ),
    { numRuns: 1000 },
  );
});
