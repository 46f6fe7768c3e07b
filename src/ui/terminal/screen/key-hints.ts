// Which keys work now, and what they do.
import type { Texts } from '../../text/texts.ts';
import type { View } from '../controller.ts';
import type { LoginForm } from '../login/login-form.ts';
import type { ScreenParts } from './screen-parts.ts';

/** A key and what it does. */
export type KeyHint = readonly [key: string, does: string];

/** The keys that work now. */
export function keyHints({ view, form, touch, travel, hasEarlier }: ScreenParts, text: Texts): KeyHint[] {
  if (view.help) return [[text('keys.anyKey'), text('keys.close')]];
  if (view.focus === 'login') return loginHints(form, text);
  if (travel.to === 'past') return travelHints(text);
  // Any other key cuts the hold short.
  if (touch?.latched) return [[text('keys.otherKey'), text('keys.cancel')]];
  return [
    ...(view.developer ? inspectorHints(travel.to === 'copy', hasEarlier, text) : []),
    ['0-9', text('keys.digits')],
    [text('keys.enter'), text('keys.ok')],
    [text('keys.backspace'), text('keys.back')],
    [text('keys.p'), text('keys.press')],
    [text('keys.tab'), text('keys.toLogin')],
    ['?', text('keys.help')],
    ['m', text(view.mouse ? 'keys.mouseOff' : 'keys.mouseOn')],
    ...(view.developer ? [] : ([['d', text('keys.develop')]] as const)),
    ['q', text('keys.quit')],
  ];
}

function inspectorHints(holdsCopy: boolean, hasEarlier: boolean, text: Texts): KeyHint[] {
  return [
    ...(hasEarlier ? ([['[', text('keys.stepBack')]] as const) : []),
    ...(holdsCopy ? ([[text('keys.escape'), text('keys.putAway')]] as const) : []),
    ['d', text('keys.close')],
  ];
}

/** The card that stands still is not operated, it is looked at. */
function travelHints(text: Texts): KeyHint[] {
  return [
    ['[ ]', text('keys.steps')],
    ['g', text('keys.goOn')],
    [text('keys.escape'), text('keys.present')],
    ['d', text('keys.close')],
    [text('keys.tab'), text('keys.toLogin')],
    ['?', text('keys.help')],
    ['q', text('keys.quit')],
  ];
}

/** Every key there is: the card's, the login screen's, and those that work in both. */
export function allKeys(
  view: View,
  text: Texts,
): readonly (readonly [where: string, keys: readonly KeyHint[]])[] {
  return [
    [
      text('tab.card'),
      [
        ['0-9', text('keys.digits')],
        [text('keys.enter'), text('keys.ok')],
        [text('keys.backspace'), text('keys.back')],
        [`${text('keys.p')}/${text('keys.space')}`, text('keys.press')],
        ['?', text('keys.help')],
        ['m', text(view.mouse ? 'keys.mouseOff' : 'keys.mouseOn')],
        ['d', text('keys.develop')],
        ['q', text('keys.quit')],
      ],
    ],
    [
      text('tab.login'),
      [
        [text('keys.enter'), `${text('keys.next')}, ${text('keys.choose')}`],
        ['↑↓', text('keys.fields')],
        ['←→', text('keys.caret')],
        [text('keys.backspace'), text('keys.back')],
        [text('keys.escape'), text('keys.restart')],
      ],
    ],
    [
      text('keys.everywhere'),
      [
        [text('keys.tab'), text('keys.otherPane')],
        [text('keys.ctrlC'), text('keys.quit')],
        [text('keys.ctrlZ'), text('keys.suspend')],
      ],
    ],
    [
      text('developer.heading'),
      [
        ['[ ]', text('keys.steps')],
        ['g', text('keys.goOn')],
        [text('keys.escape'), text('keys.present')],
        ['d', text('keys.close')],
      ],
    ],
  ];
}

function loginHints(form: LoginForm, text: Texts): KeyHint[] {
  const isLastField = form.at !== 'name';
  const isButton = form.at !== 'name' && form.at !== 'password' && form.at !== 'code';
  return [
    [text('keys.enter'), text(isButton ? 'keys.choose' : isLastField ? 'keys.submit' : 'keys.next')],
    ...(form.page === 'inside' ? [] : ([['↑↓', text('keys.fields')]] as const)),
    ...(form.page === 'inside' ? [] : ([[text('keys.escape'), text('keys.restart')]] as const)),
    [text('keys.tab'), text('keys.toCard')],
    [text('keys.ctrlC'), text('keys.quit')],
  ];
}
