// Whether a profile makes sense as a device: what its display can show, what fits, what follows what.
import { CardError } from './card-error.ts';
import { readCardSuite } from './card-suite.ts';
import { canShow } from './lcd.ts';
import { OcraError } from './ocra/index.ts';
import type { Profile } from './profiles.ts';

/** What is wrong with a profile, and where. */
export interface ProfileFault {
  /** The field, as in `prompts[0].mask`. */
  readonly field: string;
  /** What it must be. */
  readonly message: string;
}

/**
 * Finds what a profile of the right shape says that no device can do.
 *
 * @returns The first fault; undefined if there is none.
 */
export function profileFault(profile: Profile): ProfileFault | undefined {
  const { display, prompts, notices, times, power } = profile;
  const unreadable = (field: string, text: string): ProfileFault | undefined => {
    if (!canShow(text, display.kind))
      return wrong(field, `has a character that a ${display.kind} display cannot show`);
    return text.length > display.width
      ? wrong(field, `is longer than the display of ${display.width} places`)
      : undefined;
  };

  const entries = prompts.map(({ entry }) => entry);
  if (entries.toSorted().join() !== 'challenge,pin')
    return wrong('prompts', 'must ask for the pin once and for the challenge once');
  for (const [index, { prompt, mask }] of prompts.entries()) {
    const at = `prompts[${index}]`;
    if (prompt.trim() === '') return wrong(`${at}.prompt`, 'must show something');
    const fault = unreadable(`${at}.prompt`, prompt) ?? unreadable(`${at}.mask`, mask ?? '');
    if (fault) return fault;
    if (mask !== undefined && (mask.length !== 1 || /[0-9 ]/.test(mask)))
      return wrong(`${at}.mask`, 'must be one character, no digit and no blank');
  }
  const fault =
    unreadable('notices.lowBattery', notices.lowBattery) ??
    // The number of the fault stands behind it.
    unreadable('notices.fault', `${notices.fault}0`);
  if (fault) return fault;
  if (times.hold <= times.touch) return wrong('times.hold', 'must be longer than times.touch');
  if (power.low > power.capacity) return wrong('power.low', 'must not be more than power.capacity');
  return suiteFault(profile);
}

const wrong = (field: string, message: string): ProfileFault => ({ field, message });

function suiteFault(profile: Profile): ProfileFault | undefined {
  try {
    readCardSuite(profile, profile.suite);
    return undefined;
  } catch (error) {
    if (!(error instanceof CardError || error instanceof OcraError)) throw error;
    return wrong('suite', error.message);
  }
}
