// How a language is chosen.
import type { Language } from '../../host/text/language.ts';

/**
 * The language a tag or a locale's name means, such as `ru`, `zh-Hant`, `zh_TW.UTF-8`; undefined if there are no texts
 * in it.
 */
export function languageOf(tag: string): Language | undefined {
  const [name = '', ...subtags] = tag.split(/[.@]/)[0]?.toLowerCase().split(/[-_]/) ?? [];
  if (name === 'en' || name === 'ru') return name;
  const isTraditional = ['hant', 'tw', 'hk', 'mo'].some((subtag) => subtags.includes(subtag));
  return name === 'zh' && isTraditional && !subtags.includes('hans') ? 'zh-Hant' : undefined;
}

/** The language of the user's locale, English where there are no texts in it (POSIX.1-2024, 8.2: LC_ALL goes first). */
export function languageOfLocale(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return languageOf(locale) ?? 'en';
}
