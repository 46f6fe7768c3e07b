// Display and buttons in words, for those who cannot see them.
import type { Key } from '../../../firmware/keypad.ts';
import { DSC, DSC_PLUS, OCRA_CARD, type Profile } from '../../../firmware/profiles.ts';
import type { Texts } from '../../text/texts.ts';
import type { Face } from '../hand/face.ts';
import type { Travel } from '../hand/hand.ts';

/** The devices that have a name in each language, by what their profiles call them. */
const DEVICES = new Map([
  [DSC_PLUS.name, 'device.dscPlus'],
  [DSC.name, 'device.dsc'],
  [OCRA_CARD.name, 'device.ocraCard'],
] as const);

/** What the display shows, and of what device. */
export type Shown = Pick<Face, 'line' | 'state' | 'response' | 'page'> & { readonly profile: Profile };

/**
 * What the display shows, as one reads it out.
 *
 * @param spoken - whether it is read aloud: then digits stand apart, or they would be read as one large number, and a
 *   response is read as a whole, since its pages would be read again and again as they turn.
 */
export function displayInWords(shown: Shown, text: Texts, spoken = false): string {
  const { line, state, response, page, profile } = shown;
  const digits = (shownDigits: string): string => (spoken ? apart(shownDigits) : shownDigits);
  switch (state) {
    case 'off':
      return text('words.off');
    case 'selfTest':
      return text('words.allLit');
    case 'lowBattery':
      return text('words.lowBattery', { line });
    case 'fault':
      return text('words.fault', { line });
    case 'response': {
      const pages = Math.ceil(response.length / profile.display.width);
      if (spoken || pages <= 1) return digits(response);
      return text('words.page', { digits: line, page: page + 1, pages });
    }
    case 'pin':
    case 'challenge': {
      const { prompt = '', mask } = profile.prompts.find(({ entry }) => entry === state) ?? {};
      // What is typed stands behind the prompt, or in its place.
      const typed = line.startsWith(prompt) ? line.slice(prompt.length) : line;
      if (typed === '') return prompt;
      if (mask !== undefined) return text('words.entered', { prompt, count: typed.length });
      return typed === line ? digits(typed) : `${prompt} ${digits(typed)}`;
    }
  }
}

/** What the display is called; that of a copy says whose it is. */
export function displayName({ to }: Travel, text: Texts): string {
  const name = text('words.display');
  return to === 'present' ? name : `${name} (${text('developer.copy')})`;
}

/** The name of a button, as one reads it out. */
export function buttonInWords(key: Key, text: Texts): string {
  return key === 'back' ? text('words.back') : key === 'ok' ? 'OK' : key;
}

/** What a device is called; one of a profile of one's own is called what that says. */
export function deviceInWords({ name }: Profile, text: Texts): string {
  const device = DEVICES.get(name);
  return device ? text(device) : name;
}

function apart(digits: string): string {
  return Array.from(digits).join(' ');
}
