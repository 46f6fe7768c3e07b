import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/host/text/language.ts';
import { languageOf, languageOfLocale } from '../../../src/ui/text/language.ts';

describe('the language of a tag', () => {
  it.each([
    ['en', 'en'],
    ['EN-gb', 'en'],
    ['en_US.UTF-8', 'en'],
    ['ru', 'ru'],
    ['ru_RU.KOI8-R', 'ru'],
    ['ru_UA@something', 'ru'],
    ['zh-Hant', 'zh-Hant'],
    ['zh-hant-HK', 'zh-Hant'],
    ['zh_TW.UTF-8', 'zh-Hant'],
    ['zh_MO', 'zh-Hant'],
  ])('%s is %s', (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });

  it.each(['', 'C', 'POSIX', 'de_DE', 'zh', 'zh_CN', 'zh-Hans-HK', 'english', 'r', '-', '.'])(
    '%j is none',
    (tag) => {
      expect(languageOf(tag)).toBeUndefined();
    },
  );

  it('knows the tags of all languages, and never throws', () => {
    for (const language of LANGUAGES) expect(languageOf(language)).toBe(language);
    fc.assert(fc.property(fc.string(), (tag) => void languageOf(tag)));
  });
});

describe('the language of the locale', () => {
  it('is that of LC_ALL before LC_MESSAGES before LANG', () => {
    expect(languageOfLocale({ LC_ALL: 'ru_RU', LC_MESSAGES: 'zh_TW', LANG: 'en_US' })).toBe('ru');
    expect(languageOfLocale({ LC_MESSAGES: 'zh_TW', LANG: 'ru_RU' })).toBe('zh-Hant');
    expect(languageOfLocale({ LANG: 'ru_RU.UTF-8' })).toBe('ru');
    expect(languageOfLocale({ LC_ALL: '', LANG: 'ru_RU.UTF-8' })).toBe('ru');
  });

  it('is English where nothing is set or there are no texts in it', () => {
    expect(languageOfLocale({})).toBe('en');
    expect(languageOfLocale({ LANG: 'de_DE.UTF-8' })).toBe('en');
    expect(languageOfLocale({ LC_ALL: 'C', LANG: 'ru_RU.UTF-8' })).toBe('en');
  });
});
