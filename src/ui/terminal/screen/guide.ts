// What to do next: one sentence, from where the card and the login are.
import type { Texts } from '../../text/texts.ts';
import type { ScreenParts } from './screen-parts.ts';

/** The sentence. */
export function guideText(parts: ScreenParts, text: Texts): string {
  const { profile, state, challengeLength, demo, view, form, touch } = parts;
  if (view.focus === 'login') return text(`guide.${form.page}`);
  switch (state) {
    case 'off':
      if (touch?.key === 'press') return text('guide.hold');
      if (form.page === 'credentials') return text('guide.begin');
      return text(form.page === 'inside' ? 'guide.inside' : 'guide.off');
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
      return text(responseKey(parts));
  }
}

/** A response is good for the challenge it was made from, until the host has refused it. */
function responseKey({
  form,
  response,
  answered = '',
}: ScreenParts): 'guide.response' | 'guide.earlier' | 'guide.refused' {
  if (form.page !== 'code' || answered === '' || !form.login.challenge.endsWith(answered))
    return 'guide.earlier';
  return form.refused === response ? 'guide.refused' : 'guide.response';
}
