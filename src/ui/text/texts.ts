// Texts of one language, looked up by keys that the compiler checks.
import { createInstance, type TFunction } from 'i18next';
import { en } from './en.ts';
import type { Language } from './language.ts';
import { ru } from './ru.ts';
import { zhHant } from './zh-hant.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** Looks up a text: `text('guide.pin', { digits: 4 })`. */
export type Texts = TFunction;

const CATALOGS = { en, ru, 'zh-Hant': zhHant } as const satisfies Record<Language, unknown>;

/** The texts of a language. */
export function textsIn(language: Language): Texts {
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    resources: { [language]: { translation: CATALOGS[language] } },
    fallbackLng: false,
    // What is put into a text goes to a terminal, not into HTML.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return i18n.t;
}
