// Texts of one language, looked up by keys that the compiler checks.
import { createInstance, type Resource } from 'i18next';

/** Looks up a text: `text('lost.question', { device: 'DSC-1' })`. `count` chooses the form of a plural. */
export type Lookup<Key extends string> = (
  key: Key,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** Looks up a language's texts. What is put into them stays as it is: who shows it escapes it. */
export function lookup(language: string, texts: Resource[string][string]): Lookup<string> {
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    resources: { [language]: { translation: texts } },
    fallbackLng: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return (key, values = {}) => i18n.t(key, values);
}
