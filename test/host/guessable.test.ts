// Which new passwords a service refuses as too easy to guess.
import { describe, expect, test } from 'vitest';
import { commonPasswords } from '../../src/host/common-passwords.ts';
import { CONTEXT_WORDS } from '../../src/host/context-words.ts';
import { guessable, LEAST_PASSWORD } from '../../src/host/guessable.ts';

describe('a common password', () => {
  test.each([
    'password1234',
    'qwertyuiop123',
    '123456789012',
    'aaaaaaaaaaaa',
    'welcome12345',
    'PassWord1234',
    'ｐａｓｓｗｏｒｄ１２３４',
    '123qweasdzxc',
    'vjht123jltccf',
  ])('is %s, in whatever case and width', async (password) => {
    expect(await guessable(password, 'ann')).toBe('common-password');
  });

  test.each(['password1234x', 'xpassword1234', 'correct horse battery', 'дом у синей реки', '123qweasdzx'])(
    'is not %s',
    async (password) => {
      expect(await guessable(password, 'ann')).toBeUndefined();
    },
  );

  test('is one of at least 3,000 that have the length that is asked for (OWASP ASVS 5.0, 6.2.4)', () => {
    const listed = commonPasswords.slice(1, -1).split('\n');
    expect(listed.length).toBe(43_940);
    expect(new Set(listed).size).toBe(listed.length);
    for (const password of listed) {
      expect(Array.from(password).length).toBeGreaterThanOrEqual(LEAST_PASSWORD);
      expect(password).toBe(password.toLowerCase());
    }
  });
});

describe('a word of the context', () => {
  test.each(CONTEXT_WORDS)('is %s, in whatever case and however it is written', async (word) => {
    for (const written of [word, word.toUpperCase(), word.replaceAll(/[ -]/g, '_')]) {
      expect(await guessable(`7 ${written} 7 and more`, 'ann')).toBe('contextual-password');
    }
  });

  test.each([
    ['ann', 'ann and the lake'],
    ['ann', 'the lake of Ann7'],
    ['anna', 'susanna-likes-tea'],
    ['ann.lee@example-bank.com', 'a river called lee'],
    ['ann.lee@example-bank.com', 'myexampleofapassword'],
    ['ann.lee@example-bank.com', 'Ann, Lee: example-bank com'],
    ['R2D2', 'r2-d2-robots-at-sea'],
    ['ann', 'securelogin4all'],
    ['ann', 'my dsc is blue'],
  ])('for %s is in %s', async (user, password) => {
    expect(await guessable(password, user)).toBe('contextual-password');
  });

  test.each([
    ['ann', 'a day in Hannover'],
    ['lee', 'asleep by the sea'],
    ['a', 'a day in a life'],
    ['jo', 'jo jo jo jo jo jo'],
    ['a.b_c', 'a b c d e f g h'],
    ['.', 'what can this be'],
    ['ann', 'rundschau und mehr'],
    ['ann', 'secure your login'],
  ])('for %s is not in %s', async (user, password) => {
    expect(await guessable(password, user)).toBeUndefined();
  });
});
