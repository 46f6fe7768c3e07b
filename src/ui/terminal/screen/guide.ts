// What to do next: one sentence, from where the card and the login are.
import type { Texts } from '../../text/texts.ts';
import type { ScreenParts } from './screen-parts.ts';

/** The sentence. */
export function guideText(parts: ScreenParts, text: Texts): string {
  const { profile, state, challengeLength, demo, view, form, touch, travel } = parts;
  if (view.focus === 'login') return text(`guide.${form.page}`);
  if (travel.to === 'past') return text('guide.past');
  switch (state) {
    case 'off':
      if (touch?.key === 'press') return text('guide.hold');
      if (form.page === 'credentials') return text('guide.begin');
      if (form.page === 'inside') return text('guide.inside');
      return text('guide.off', { prompt: profile.prompts[0]?.prompt ?? '' });
    case 'pin':
      return text('guide.pin', { digits: profile.pinLength, pin: demo.pin });
    case 'challenge':
      return text('guide.challenge', { digits: challengeLength });
    case 'selfTest':
      return text('guide.selfTest');
    case 'lowBattery':
      return text('guide.lowBattery');
    case 'fault':
      return text('guide.fault');
    case 'response':
      return text(responseKey(parts), { digits: parts.response.length });
  }
}

/** A response is good for the challenge it was made from, until the host has refused it, or taken it. */
function responseKey({
  form,
  line,
  response,
  answered = '',
}: ScreenParts):
  'guide.response' | 'guide.responsePages' | 'guide.earlier' | 'guide.refused' | 'guide.inside' {
  if (form.page === 'inside' && form.taken === response) return 'guide.inside';
  if (form.page !== 'code' || form.login.challenge !== answered) return 'guide.earlier';
  if (form.refused === response) return 'guide.refused';
  return line === response ? 'guide.response' : 'guide.responsePages';
}
