// OCRA against a second reading of RFC 6287. The built command is compared over many more requests, in the acceptance tests.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import vectors from '../../vectors/rfc6287.json' with { type: 'json' };
import { firmwareReading } from './firmware-reading.ts';
import { requests } from './requests.ts';
import { secondReading, type OcraRequest } from './second-reading.ts';

const published: readonly (OcraRequest & { readonly response: string })[] = vectors;

test('the second reading gives the seventy published responses', () => {
  expect(published).toHaveLength(70);
  for (const vector of published) expect({ ...vector, response: secondReading(vector) }).toEqual(vector);
});

test('both readings give the same response to any request', () => {
  fc.assert(
    fc.property(requests, (request) => {
      expect(firmwareReading(request)).toBe(secondReading(request));
    }),
    { numRuns: 10_000 },
  );
});
