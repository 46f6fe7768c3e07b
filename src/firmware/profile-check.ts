// Whether a profile makes sense as a device: what its display can show, what fits, what follows what.
import { suiteFault } from './card-suite.ts';
import { ALL_LIT, canShow } from './lcd.ts';
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
  return textFault(profile) ?? timesFault(profile) ?? powerFault(profile) ?? ownSuiteFault(profile);
}

const wrong = (field: string, message: string): ProfileFault => ({ field, message });

/** What the display is to say. */
function textFault({ display, prompts, notices }: Profile): ProfileFault | undefined {
  const unreadable = (field: string, text: string): ProfileFault | undefined => {
    // Every segment lit is the self-test, and no text.
    if (text.includes(ALL_LIT) || !canShow(text, display.kind))
      return wrong(field, `has a character that a ${display.kind} display cannot show`);
    return text.length > display.width
      ? wrong(field, `is longer than the display of ${display.width} places`)
      : undefined;
  };
  const blank = (field: string, text: string): ProfileFault | undefined =>
    text.trim() === '' ? wrong(field, 'must show something') : undefined;

  const entries = prompts.map(({ entry }) => entry);
  if (entries.toSorted().join() !== 'challenge,pin')
    return wrong('prompts', 'must ask for the pin once and for the challenge once');
  for (const [index, { prompt, mask }] of prompts.entries()) {
    const at = `prompts[${index}]`;
    const fault =
      blank(`${at}.prompt`, prompt) ??
      unreadable(`${at}.prompt`, prompt) ??
      unreadable(`${at}.mask`, mask ?? '');
    if (fault) return fault;
    if (mask !== undefined && (mask.length !== 1 || /[0-9 ]/.test(mask)))
      return wrong(`${at}.mask`, 'must be one character, no digit and no blank');
  }
  if (new Set(prompts.map(({ prompt }) => prompt.trim())).size < prompts.length)
    return wrong('prompts[1].prompt', 'must not be the same as prompts[0].prompt');
  return (
    blank('notices.lowBattery', notices.lowBattery) ??
    unreadable('notices.lowBattery', notices.lowBattery) ??
    blank('notices.fault', notices.fault) ??
    // The number of the fault stands behind it.
    unreadable('notices.fault', `${notices.fault}0`)
  );
}

/** What must be over before what. */
function timesFault({ times }: Profile): ProfileFault | undefined {
  if (times.hold <= times.touch) return wrong('times.hold', 'must be longer than times.touch');
  // Else it is off by itself before a button has worked.
  if (times.idle <= times.hold) return wrong('times.idle', 'must be longer than times.hold');
  if (times.responseIdle <= times.hold) return wrong('times.responseIdle', 'must be longer than times.hold');
  if (times.page !== undefined && times.page >= times.responseIdle)
    return wrong('times.page', 'must be shorter than times.responseIdle');
  return undefined;
}

function powerFault({ power }: Profile): ProfileFault | undefined {
  return power.low > power.capacity ? wrong('power.low', 'must not be more than power.capacity') : undefined;
}

/** Whether the device can operate its own suite: type its challenge, and show its response. */
function ownSuiteFault(profile: Profile): ProfileFault | undefined {
  const message = suiteFault(profile, profile.suite);
  return message === undefined ? undefined : wrong('suite', message);
}
