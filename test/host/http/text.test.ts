import { describe, expect, it } from 'vitest';
import { noticeOf } from '../../../src/host/http/pages/notice.ts';
import { STATUS_OF } from '../../../src/host/http/problem.ts';
import { en } from '../../../src/host/http/text/en.ts';
import { ru } from '../../../src/host/http/text/ru.ts';
import { textsIn } from '../../../src/host/http/text/texts.ts';
import { zhHant } from '../../../src/host/http/text/zh-hant.ts';
import { HostError, type HostErrorCode } from '../../../src/host/index.ts';

/** All texts by their full keys, without the plural's form. */
function texts(catalog: object, path = ''): [string, string][] {
  return Object.entries(catalog).flatMap(([key, value]: [string, unknown]) => {
    const name = path + key.replace(/_(one|few|many|other)$/, '');
    return typeof value === 'string' ? [[name, value]] : texts(value as object, `${name}.`);
  });
}

const variables = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted();

const TRANSLATIONS = { ru, 'zh-Hant': zhHant };

describe('the pages’ texts', () => {
  it.each(Object.entries(TRANSLATIONS))('in %s are all there, with the same values put in', (_, catalog) => {
    const english = new Map(texts(en).map(([key, text]) => [key, variables(text)]));
    expect(new Map(texts(catalog).map(([key, text]) => [key, variables(text)]))).toEqual(english);
  });

  it('are nowhere empty, and nowhere English by oversight', () => {
    const english = new Map(texts(en));
    const all = [...texts(ru), ...texts(zhHant)];
    expect(all.filter(([key, text]) => text === english.get(key))).toEqual([]);
    expect([...texts(en), ...all].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('keep the card’s own words', () => {
    for (const language of ['en', 'ru', 'zh-Hant'] as const) {
      const text = textsIn(language);
      expect(text('challenge.step1')).toMatch(/press.*PIN>/);
      expect(text('challenge.step3')).toContain('CHALLNG>');
    }
  });

  it('have the plurals of their language', () => {
    const left = (count: number) => textsIn('ru')('refused.wrong-response', { count });
    expect([left(1), left(2), left(5)].map((text) => /Остал\S+ \d \S+;/.exec(text)?.[0])).toEqual([
      'Осталась 1 попытка;',
      'Осталось 2 попытки;',
      'Осталось 5 попыток;',
    ]);
  });

  it('say every refusal that is for the person at the page', () => {
    const unsaid = (Object.keys(STATUS_OF) as HostErrorCode[]).filter(
      (code) => code in STATUS_OF && STATUS_OF[code] < 500 && !isHttp(code) && !noticeOf(refusal(code), 0),
    );
    expect(unsaid).toEqual([]);
    for (const code of ['damaged-secret', 'bad-policy', 'unknown-master-key'] as const) {
      expect(noticeOf(refusal(code), 0)).toBeUndefined();
    }
  });
});

const refusal = (code: HostErrorCode): HostError => new HostError(code, { attemptsLeft: 1, retryAt: 1 });

/** Codes of HTTP, which the host does not use. */
function isHttp(code: string): boolean {
  try {
    return refusal(code as HostErrorCode).message === undefined;
  } catch {
    return true;
  }
}
