import { describe, expect, it } from 'vitest';
import type { GuessableCheck } from '../../../../src/host/index.ts';
import { passwordOf, site } from './site.ts';
import { visitor } from './visitor.ts';

const NEW = 'a new password';
const right = { current: passwordOf('ann'), password: NEW, again: NEW };

const guessable: GuessableCheck = async (password) =>
  password === 'known to all'
    ? 'common-password'
    : password === 'ann and the sea'
      ? 'contextual-password'
      : undefined;

async function loggedIn() {
  const here = await site({ ann: ['DSC-A'], eve: [] }, { policy: { leastPassword: 12 }, guessable });
  const ann = visitor(here);
  await ann.logIn('ann', 'DSC-A');
  return { here, ann };
}

describe('a new password is refused', () => {
  it.each<[string, object, RegExp]>([
    ['a wrong current one', { current: 'wrong' }, /<a href="#current">The current password is wrong/],
    ['no current one', { current: '' }, /<a href="#current">The current password is wrong/],
    [
      'one too short',
      { password: 'elevenchars', again: 'elevenchars' },
      /<a href="#password">This password is too short/,
    ],
    [
      'a common one',
      { password: 'known to all', again: 'known to all' },
      /<a href="#password">This password is among the commonest/,
    ],
    [
      'one that has the user name in it',
      { password: 'ann and the sea', again: 'ann and the sea' },
      /<a href="#password">This password has the user name in it/,
    ],
    ['two that differ', { again: 'a new passwort' }, /<a href="#again">The two passwords differ/],
    ['nothing at all', { current: '', password: '', again: '' }, /class="notice refused"/],
  ])('for %s, in words at the field, and nothing that was typed comes back', async (_, wrong, words) => {
    const { here, ann } = await loggedIn();
    const form = { ...right, ...wrong };
    const refused = await ann.go('/password', form);
    expect(refused.path).toBe('/password');
    expect(refused.html).toMatch(words);
    for (const typed of Object.values(form).filter((text) => text !== 'wrong' && text !== '')) {
      expect(refused.html).not.toContain(typed);
      expect(ann.set.join()).not.toContain(typed);
    }
    expect((await visitor(here).enter('ann')).path).toBe('/challenge');
  });

  it('to a session that no device confirmed, and to nobody’s', async () => {
    const { here } = await loggedIn();
    const eve = visitor(here);
    expect((await eve.enter('eve')).html).not.toContain('href="/password"');
    const form = { ...right, current: passwordOf('eve') };
    for (const who of [eve, visitor(here)]) {
      expect((await who.send('/password')).headers.get('location')).toBe('/');
      expect((await who.send('/password', form)).headers.get('location')).toBe('/');
    }
    expect((await visitor(here).enter('eve')).path).toBe('/home');
  });

  it('to a form of another site', async () => {
    const { here, ann } = await loggedIn();
    expect((await ann.send('/password', right, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await visitor(here).enter('ann')).path).toBe('/challenge');
  });

  it('to who guesses, for a while, even with the right one', async () => {
    const { here, ann } = await loggedIn();
    for (let i = 0; i < 10; i++) await ann.send('/password', { ...right, current: 'guess' });
    expect((await ann.go('/password', right)).html).toContain('Try again in 1 second');
    here.clock.advance(1000);
    expect((await ann.go('/password', right)).path).toBe('/home');
  });
});

describe('a new password', () => {
  it('is found from the page after the login, and says how long it must be', async () => {
    const { ann } = await loggedIn();
    expect((await ann.go('/home')).html).toContain('href="/password"');
    const page = await ann.go('/password');
    expect(page.html).toContain('At least 12 characters');
    expect(page.html.match(/minlength="12"/g)).toHaveLength(2);
  });

  it('holds at once; other sessions and logins begun before end, and this session goes on', async () => {
    const { here, ann } = await loggedIn();
    const [elsewhere, begun] = [visitor(here), visitor(here)];
    await elsewhere.logIn('ann', 'DSC-A');
    const challenge = await begun.enter('ann');
    const sent = await ann.send('/password', right);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/home']);
    const home = await ann.go('/home');
    expect(home.path).toBe('/home');
    expect(home.html).toContain('The new password holds now');
    expect((await elsewhere.go('/home')).path).toBe('/');
    expect((await begun.answer(challenge, 'DSC-A')).html).toContain('not known any more');
    expect((await visitor(here).enter('ann')).path).toBe('/');
    const fresh = await visitor(here).go('/login', { name: 'ann', password: NEW });
    expect(fresh.path).toBe('/challenge');
  });
});
