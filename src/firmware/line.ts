// The line: which text the display shows in each state.
import { ALL_LIT } from './lcd.ts';
import type { Entry, Profile } from './profiles.ts';
import type { CardMemory, CardState } from './statechart.ts';

/**
 * The text on the display.
 *
 * While something is typed it is the prompt with the digits behind it where both fit (`PIN>**`), otherwise the prompt
 * until the first digit and then the digits alone (`CHALLNG>`, `123`), the last of them where not all fit.
 *
 * @param lengths - digits of a PIN and of a challenge.
 */
export function lineOf(
  { display: { width }, prompts, notices }: Profile,
  lengths: Readonly<Record<Entry, number>>,
  state: CardState,
  memory: CardMemory,
): string {
  switch (state) {
    case 'off':
      return '';
    case 'selfTest':
      return ALL_LIT.repeat(width);
    case 'fault':
      return `${notices.fault}${memory.fault}`;
    case 'lowBattery':
      return notices.lowBattery;
    case 'response':
      return pageOf(memory.response, memory.page, width);
    case 'pin':
    case 'challenge': {
      const { prompt = '', mask } = prompts.find(({ entry }) => entry === state) ?? {};
      const typed = mask === undefined ? memory[state] : mask.repeat(memory[state].length);
      if (prompt.length + lengths[state] <= width) return prompt + typed;
      return typed === '' ? prompt : typed.slice(-width);
    }
  }
}

/** How many pages a response of so many digits has. */
export function pageCount(digits: number, width: number): number {
  return Math.ceil(digits / width);
}

function pageOf(response: string, page: number, width: number): string {
  return response.slice(page * width, (page + 1) * width);
}
