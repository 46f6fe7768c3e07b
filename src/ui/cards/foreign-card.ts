// A card that somebody else made: whoever knows the passphrase can have sealed anything.
import { suiteFault } from '../../firmware/card-suite.ts';
import { KEY_BYTES } from '../../firmware/ocra/index.ts';
import { profileFault } from '../../firmware/profile-check.ts';
import { PROFILES, type Profile } from '../../firmware/profiles.ts';
import { isPlausible } from '../../firmware/self-test.ts';
import { isSerial } from '../../host/index.ts';
import type { CardOnFile } from './card-folder.ts';
import { parseProfile } from './profile-shape.ts';

/**
 * Reads a card that was sealed elsewhere.
 *
 * @returns The card, or what is wrong with it, without any of its text.
 */
export function parseForeignCard({ identity, contents }: CardOnFile): CardOnFile | string {
  const { serial, suite } = identity;
  const { key, powerOns, responses, battery } = contents;
  if (!isSerial(serial)) return 'its serial number is wrong';
  const profile = parseForeignProfile(identity.profile);
  if (typeof profile === 'string') return `its profile is wrong: ${profile}`;
  if (typeof suite !== 'string' || suiteFault(profile, suite) !== undefined)
    return 'its device cannot operate its suite';
  if (key.length < KEY_BYTES.least) return 'its key is too short';
  if (![powerOns, responses].every(Number.isSafeInteger)) return 'its counts are too high';
  if (battery && !isPlausible(battery, profile.power)) return 'its battery is wrong';
  return { identity: { serial, profile, suite }, contents };
}

function parseForeignProfile(given: unknown): Profile | string {
  const builtIn = PROFILES.find((each) => each === given);
  if (builtIn) return builtIn;
  const profile = parseProfile(given);
  if (typeof profile === 'string') return profile;
  if (PROFILES.some(({ id }) => id === profile.id))
    return `id: ${profile.id} is a built-in device, not this one`;
  const fault = profileFault(profile);
  return fault ? `${fault.field}: ${fault.message}` : profile;
}
