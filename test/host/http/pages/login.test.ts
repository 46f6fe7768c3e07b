import { describe, expect, it } from 'vitest';
import { site } from './site.ts';
import { challengeOn, visitor } from './visitor.ts';

const MINUTE = 60_000;

describe('a login', () => {
  it('takes name and password, shows a challenge, takes the answer, and ends at the devices', async () => {
    const here = await site();
    const ann = visitor(here);
    const page = await ann.enter('ann');
    expect(page.path).toBe('/challenge');
    expect(page.html).toMatch(/autocomplete="one-time-code"[^>]*inputmode="numeric"/);
    const home = await ann.answer(page, 'DSC-A');
    expect(home.path).toBe('/home');
    expect(home.html).toContain('DSC-A');
  });

  it('begins at the form, also for who comes by the address that the form is sent to', async () => {
    const page = await visitor(await site()).go('/login');
    expect(page.path).toBe('/');
    expect(page.html).toContain('name="password"');
  });

  it('gives no session before the answer', async () => {
    const ann = visitor(await site());
    await ann.enter('ann');
    expect([...ann.cookies.keys()]).toEqual(['dsc-login']);
    expect((await ann.go('/home')).path).toBe('/');
  });

  it('shows the id of the login on no page', async () => {
    const ann = visitor(await site());
    const page = await ann.enter('ann');
    const id = ann.cookies.get('dsc-login') ?? '';
    expect(id.length).toBeGreaterThan(20);
    expect(page.html).not.toContain(id);
  });

  it('takes the digits with spaces between them', async () => {
    const here = await site();
    const ann = visitor(here);
    const challenge = challengeOn(await ann.enter('ann'));
    const response = here.card('DSC-A').answer('1234', challenge);
    const spaced = ` ${response.slice(0, 4)}\u00a0${response.slice(4)} `;
    expect((await ann.go('/challenge', { challenge, response: spaced })).path).toBe('/home');
  });

  it('asks which device, if there are several', async () => {
    const ann = visitor(await site({ ann: ['DSC-A', 'DSC-B'] }));
    const choice = await ann.enter('ann');
    expect(choice.path).toBe('/device');
    expect(choice.html).toContain('Select Second Factor Device');
    expect((await ann.go('/challenge')).path).toBe('/device');
    expect((await ann.go('/device', { serial: 'DSC-C' })).html).toContain('You have no such device');
    const page = await ann.go('/device', { serial: 'DSC-B' });
    expect(page.path).toBe('/challenge');
    expect((await ann.answer(page, 'DSC-B')).path).toBe('/home');
  });
});

describe('a login is refused', () => {
  it('in the same words for an unknown name and a wrong password', async () => {
    const ann = visitor(await site());
    const unknown = await ann.go('/login', { name: 'nobody', password: 'x' });
    const wrong = await ann.go('/login', { name: 'ann', password: 'x' });
    expect(unknown.html).toContain('User name or password is wrong');
    expect(wrong.html).toBe(unknown.html);
    expect(ann.cookies.size).toBe(0);
  });

  it('for a wrong code, with the attempts left, and ends after the third', async () => {
    const here = await site();
    const ann = visitor(here);
    const challenge = challengeOn(await ann.enter('ann'));
    const form = { challenge, response: here.wrong('DSC-A', challenge) };
    const first = await ann.go('/challenge', form);
    expect(first.path).toBe('/challenge');
    expect(first.html).toContain('2 attempts left');
    expect(first.html).toMatch(/<a href="#response">/);
    expect(first.html).toMatch(/aria-invalid="true"/);
    expect((await ann.go('/challenge', form)).html).toContain('1 attempt left');
    const last = await ann.go('/challenge', form);
    expect(last.path).toBe('/');
    expect(last.html).toContain('no attempts left');
    expect(ann.cookies.has('dsc-login')).toBe(false);
  });

  it('for a code that is none, which is not counted', async () => {
    const ann = visitor(await site());
    const challenge = challengeOn(await ann.enter('ann'));
    for (let tries = 0; tries < 5; tries++) {
      const page = await ann.go('/challenge', { challenge, response: '12' });
      expect(page.html).toContain('just the digits');
    }
    expect((await ann.answer(await ann.go('/challenge'), 'DSC-A')).path).toBe('/home');
  });

  it('when the challenge has expired: the page says so and starts over', async () => {
    const here = await site();
    const ann = visitor(here);
    const page = await ann.enter('ann');
    here.clock.advance(2 * MINUTE);
    const late = await ann.answer(page, 'DSC-A');
    expect(late.path).toBe('/');
    expect(late.html).toContain('The Challenge Code has expired');
  });

  it('for an answer that was accepted before', async () => {
    const here = await site();
    const ann = visitor(here);
    const page = await ann.enter('ann');
    const thief = visitor(here);
    for (const [name, value] of ann.cookies) thief.cookies.set(name, value);
    await ann.answer(page, 'DSC-A');
    const again = await thief.answer(page, 'DSC-A');
    expect(again.path).toBe('/');
    expect(again.html).toContain('This login has ended');
    expect(thief.cookies.has('dsc-session')).toBe(false);
  });

  it('for the answer of another login of the same browser, without counting it', async () => {
    const ann = visitor(await site());
    const first = await ann.enter('ann');
    const second = await ann.enter('ann');
    const crossed = await ann.answer(first, 'DSC-A');
    expect(crossed.html).toContain('Another login was begun in another window');
    expect(challengeOn(crossed)).toBe(challengeOn(second));
    expect((await ann.answer(crossed, 'DSC-A')).path).toBe('/home');
  });

  it('for cookies that somebody made up', async () => {
    const here = await site();
    for (const value of ['x', '%', 'A'.repeat(51), '"><script>', '../..', '\u00e9']) {
      const stranger = visitor(here);
      for (const name of ['dsc-session', 'dsc-login', 'dsc-browser', 'dsc-notice', 'dsc-lang']) {
        stranger.cookies.set(name, encodeURIComponent(value));
      }
      for (const path of ['/home', '/device', '/challenge', '/admin/users', '/devices/request', '/']) {
        const seen = await stranger.go(path);
        expect([seen.status, seen.path]).toEqual([200, '/']);
        expect(seen.html).not.toContain('<script>');
      }
    }
  });
});

describe('a session', () => {
  it('has a token that the browser did not have before: one that was planted opens nothing', async () => {
    const here = await site({ ann: ['DSC-A'], eve: ['DSC-E'] });
    const eve = visitor(here);
    await eve.logIn('eve', 'DSC-E');
    const planted = eve.cookies.get('dsc-session') ?? '';
    const ann = visitor(here);
    ann.cookies.set('dsc-session', planted);
    expect((await ann.go('/login', { name: 'ann', password: 'the password of ann' })).path).toBe(
      '/challenge',
    );
    await ann.answer(await ann.go('/challenge'), 'DSC-A');
    expect(ann.cookies.get('dsc-session')).not.toBe(planted);
    expect(await here.host.session(planted)).toBeUndefined();
    expect((await eve.go('/home')).path).toBe('/');
  });

  it('ends with the logout', async () => {
    const here = await site();
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    const token = ann.cookies.get('dsc-session') ?? '';
    expect(await here.host.session(token)).toBeDefined();
    const page = await ann.go('/logout', {});
    expect(page.html).toContain('You have logged out');
    expect(await here.host.session(token)).toBeUndefined();
    expect(ann.cookies.has('dsc-session')).toBe(false);
  });

  it('before the first activation only gets and activates a device', async () => {
    const here = await site({ eve: [] });
    await here.host.enrol({ user: 'eve', pin: '1234', ...here.newCard('DSC-E').enrolment, mailed: true });
    const eve = visitor(here);
    const home = await eve.enter('eve');
    expect(home.path).toBe('/home');
    for (const path of ['/devices/pin?serial=DSC-E', '/devices/lost?serial=DSC-E', '/admin/users']) {
      expect((await eve.go(path)).path).toBe('/home');
    }
    for (const path of ['/devices/lost', '/devices/withdraw', '/devices/found', '/sessions/elsewhere']) {
      await eve.go(path, { serial: 'DSC-E' });
    }
    expect((await here.host.device('DSC-E')).state).toBe('mailed');
    const restricted = eve.cookies.get('dsc-session') ?? '';
    const done = await eve.answer(await eve.go('/devices/activate', { serial: 'DSC-E' }), 'DSC-E');
    expect(done.path).toBe('/home');
    expect((await here.host.device('DSC-E')).state).toBe('active');
    expect(eve.cookies.get('dsc-session')).not.toBe(restricted);
    expect((await eve.go('/devices/lost?serial=DSC-E')).status).toBe(200);
  });
});
