// Cards of every suite that one can operate, and what people type into them.
import fc from 'fast-check';
import { PROFILES, type Profile } from '../../src/firmware/profiles.ts';
import { hashes } from './ocra/arbitraries.ts';

/** A card, and what is typed into it, one time after the other. */
export interface Ceremonies {
  readonly profile: Profile;
  readonly suite: string;
  readonly isCounting: boolean;
  readonly key: Uint8Array;
  readonly entries: readonly (readonly [pin: string, challenge: string])[];
}

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((all) => all.join(''));

/** @param times - how often each card is used. */
export function ceremonies(times: fc.ArrayConstraints): fc.Arbitrary<Ceremonies> {
  return fc
    .record({
      profile: fc.constantFrom(...PROFILES),
      hash: hashes,
      response: fc.integer({ min: 4, max: 10 }),
      challenge: fc.integer({ min: 4, max: 64 }),
      pinHash: hashes,
      isCounting: fc.boolean(),
      key: fc.uint8Array({ minLength: 16, maxLength: 64 }),
    })
    .chain(({ profile, hash, response, challenge, pinHash, isCounting, key }) => {
      // Only a device with pages can show more than its display holds.
      const most = profile.times.page === undefined ? profile.display.width : Infinity;
      const asked = Math.min(challenge, most);
      const shown = Math.min(response, most);
      const question = `QN${String(asked).padStart(2, '0')}`;
      return fc.record({
        profile: fc.constant(profile),
        suite: fc.constant(`OCRA-1:HOTP-${hash}-${shown}:${isCounting ? 'C-' : ''}${question}-P${pinHash}`),
        isCounting: fc.constant(isCounting),
        key: fc.constant(key),
        entries: fc.array(fc.tuple(digits(profile.pinLength), digits(asked)), times),
      });
    });
}
