// Texts of one language, looked up by keys that the compiler checks.
import { createInstance } from 'i18next';
import type { TextKey } from './catalog.ts';
import { en } from './en.ts';
import type { Language } from './language.ts';
import { ru } from './ru.ts';
import { zhHant } from './zh-hant.ts';

/** Looks up a text: `text('lost.question', { device: 'DSC-1' })`. `count` chooses the form of a plural. */
export type Texts = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

const CATALOGS = { en, ru, 'zh-Hant': zhHant } as const satisfies Record<Language, unknown>;

/** The texts of a language. */
export function textsIn(language: Language): Texts {
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    resources: { [language]: { translation: CATALOGS[language] } },
    fallbackLng: false,
    // The pages' JSX escapes all texts when it writes HTML.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  // The keys that i18next itself knows are those of the terminal's texts.
  return i18n.t as unknown as Texts;
}
