import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAMES, languageAccepted } from '../../../../src/host/http/text/language.ts';
import { site } from './site.ts';
import { visitor } from './visitor.ts';

describe('the language a browser asks for', () => {
  it.each([
    ['ru', 'ru'],
    ['ru-RU,ru;q=0.9,en-US;q=0.8', 'ru'],
    ['de-DE,de;q=0.9,zh-TW;q=0.8,en;q=0.7', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['zh-CN,zh;q=0.9,ru;q=0.1', 'ru'],
    ['en;q=0.1,ru;q=0.2', 'ru'],
    ['ru;q=0,zh-MO', 'zh-Hant'],
    ['fr', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    ['ru_RU,;;=,x-y-z', 'en'],
  ])('%s means %s', (header, language) => {
    expect(languageAccepted(header)).toBe(language);
  });

  it('is always one of ours', () => {
    fc.assert(fc.property(fc.string(), (header) => Object.hasOwn(NAMES, languageAccepted(header))));
  });
});

describe('the pages', () => {
  it('are in it, and say so', async () => {
    const here = await site();
    for (const [header, tag, title] of [
      ['en-GB', 'en', 'Secure Login System'],
      ['ru', 'ru', 'Система безопасного входа'],
      ['zh-TW', 'zh-Hant', '安全登錄系統'],
    ] as const) {
      const page = await visitor(here, { headers: { 'accept-language': header } }).go('/');
      expect(page.html).toMatch(new RegExp(`^<!doctype html><html lang="${tag}">`));
      expect(page.html).toContain(`<h1>${title}</h1>`);
      expect(page.headers.get('content-language')).toBe(tag);
      expect(page.headers.get('vary')).toContain('Accept-Language');
    }
  });

  it('are in the one that was chosen, from then on, and at the same place', async () => {
    const here = await site({ root: ['DSC-R'] }, { users: { root: { role: 'administrator' } } });
    const root = visitor(here, { headers: { 'accept-language': 'en' } });
    await root.logIn('root', 'DSC-R');
    const page = await root.go('/admin/users?prefix=r&lang=zh-Hant');
    expect(page.path).toBe('/admin/users?prefix=r');
    expect(page.html).toContain('lang="zh-Hant"');
    expect((await root.go('/home')).html).toContain('您的設備');
    expect((await root.go('/home?lang=xx')).html).toContain('您的設備');
    expect((await root.go('/home?lang=en')).html).toContain('Your devices');
  });
});
