// The languages as people know them, and which one a browser asks for.
import { parseAccept } from 'hono/utils/accept';
import type { Language } from '../../text/language.ts';

/** What the languages call themselves. */
export const NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  ru: 'Русский',
  'zh-Hant': '繁體中文',
};

/** Whether there are texts in it; only such tags come back from a cookie or a query. */
export const isLanguage = (tag: unknown): tag is Language =>
  typeof tag === 'string' && Object.hasOwn(NAMES, tag);

/** The language of an `Accept-Language` header that is liked best and has texts; English if none has (RFC 9110, 12.5.4). */
export function languageAccepted(header: string | undefined): Language {
  const tags = parseAccept(header ?? '')
    .filter(({ q }) => q > 0)
    .toSorted((one, other) => other.q - one.q);
  for (const { type } of tags) {
    const language = languageOf(type);
    if (language) return language;
  }
  return 'en';
}

function languageOf(tag: string): Language | undefined {
  try {
    // The likely script tells `zh-TW` from `zh-CN`.
    const { language, script } = new Intl.Locale(tag).maximize();
    if (language === 'zh') return script === 'Hant' ? 'zh-Hant' : undefined;
    return isLanguage(language) ? language : undefined;
  } catch {
    return undefined;
  }
}
