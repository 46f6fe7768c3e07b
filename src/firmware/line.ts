// The line: which text the display shows in each state.
import { ALL_LIT } from './lcd.ts';
import type { Profile } from './profiles.ts';
import type { CardMemory, CardState } from './statechart.ts';

/** What stands for a digit that must not be read over a shoulder. */
const MASK = '*';

/**
 * The text on the display.
 *
 * While something is typed it is the prompt with the digits behind it where both fit (`PIN>**`), otherwise the prompt
 * until the first digit and then the digits alone (`CHALLNG>`, `123`).
 */
export function lineOf(
  profile: Profile,
  challengeLength: number,
  state: CardState,
  memory: CardMemory,
): string {
  if (state === 'off') return '';
  if (state === 'selfTest') return ALL_LIT.repeat(profile.displayWidth);
  if (state === 'response') return memory.response;

  const asked = profile.prompts.find(({ entry }) => entry === state);
  if (!asked) return '';
  const typed = asked.masked ? MASK.repeat(memory[state].length) : memory[state];
  const length = state === 'pin' ? profile.pinLength : challengeLength;
  if (asked.prompt.length + length <= profile.displayWidth) return asked.prompt + typed;
  return typed === '' ? asked.prompt : typed;
}
