import { describe, expect, it } from 'vitest';
import { en } from '../../../src/ui/text/en.ts';
import { LANGUAGES } from '../../../src/host/text/language.ts';
import { ru } from '../../../src/ui/text/ru.ts';
import { textsIn } from '../../../src/ui/text/texts.ts';
import { zhHant } from '../../../src/ui/text/zh-hant.ts';

/** All texts by their full keys, without the plural's form. */
function texts(catalog: object, path = ''): [string, string][] {
  return Object.entries(catalog).flatMap(([key, value]: [string, unknown]) => {
    const name = path + key.replace(/_(one|few|many|other)$/, '');
    return typeof value === 'string' ? [[name, value]] : texts(value as object, `${name}.`);
  });
}

const variables = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted();

describe('the translations', () => {
  it.each([
    ['ru', ru],
    ['zh-Hant', zhHant],
  ])('%s say what the English texts say with the same values put in', (_, catalog) => {
    const english = new Map(texts(en).map(([key, text]) => [key, variables(text)]));
    expect(texts(catalog).map(([key, text]) => [key, variables(text)])).toEqual(
      texts(catalog).map(([key]) => [key, english.get(key)]),
    );
  });

  it('leave no text empty, and none in English by oversight', () => {
    const english = new Map(texts(en));
    const untranslated = [...texts(ru), ...texts(zhHant)].filter(([key, text]) => text === english.get(key));
    const keys = ['ok', 'enter', 'backspace', 'tab', 'escape', 'ctrlC', 'ctrlZ', 'p'];
    const inEveryLanguage = ['words.label', 'developer.named', ...keys.map((key) => `keys.${key}`)];
    expect(new Set(untranslated.map(([key]) => key))).toEqual(new Set(inEveryLanguage));
    expect([...texts(en), ...texts(ru), ...texts(zhHant)].filter(([, text]) => text.trim() === '')).toEqual(
      [],
    );
  });

  it('call the parts of a computer in Traditional Chinese as its readers do, not as those of Simplified Chinese', () => {
    const simplified = /鼠標|光標|內存|字節|字符|屏幕|軟件|默認/;
    expect(texts(zhHant).filter(([, text]) => simplified.test(text))).toEqual([]);
  });

  it('keep what the card itself shows', () => {
    for (const language of LANGUAGES) {
      const text = textsIn(language);
      expect(text('guide.off', { prompt: 'Pn' })).toMatch(/press.*Pn/);
      expect(text('help.step3', { prompt: 'Ch', enter: '', response: '' })).toContain('Ch');
    }
  });
});

describe('plurals', () => {
  it('follow the language’s rules', () => {
    const left = (language: (typeof LANGUAGES)[number], count: number): string =>
      textsIn(language)('notice.attemptsLeft', { count });
    expect(left('en', 1)).toContain('1 attempt left');
    expect(left('en', 2)).toContain('2 attempts left');
    expect(left('ru', 1)).toContain('Осталась 1 попытка');
    expect(left('ru', 2)).toContain('Осталось 2 попытки');
    expect(left('ru', 5)).toContain('Осталось 5 попыток');
    expect(left('ru', 21)).toContain('Осталась 21 попытка');
    expect(left('zh-Hant', 2)).toContain('2 次');
  });
});

it('puts values in as they are', () => {
  expect(textsIn('en')('login.welcome', { user: '<a & "b">' })).toBe('Logged in as <a & "b">.');
});
