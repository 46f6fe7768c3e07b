import { describe, expect, it } from 'vitest';
import { site } from './site.ts';
import { visitor, type Visitor } from './visitor.ts';

const nameOf = (line: string): string => line.slice(0, line.indexOf('='));

async function wholeVisit(ann: Visitor): Promise<readonly string[]> {
  await ann.go('/?lang=ru');
  await ann.go('/login', { name: 'ann', password: 'wrong' });
  await ann.logIn('ann', 'DSC-A');
  await ann.go('/logout', {});
  return ann.set;
}

describe('the cookies', () => {
  it('are read by no script and sent along by no other site', async () => {
    const lines = await wholeVisit(visitor(await site()));
    expect(new Set(lines.map(nameOf))).toEqual(
      new Set(['dsc-lang', 'dsc-notice', 'dsc-login', 'dsc-session', 'dsc-browser']),
    );
    for (const line of lines) {
      expect(line).toMatch(/; HttpOnly/);
      expect(line).toMatch(/; SameSite=Strict/);
      expect(line).toMatch(/; Path=\/(;|$)/);
      expect(line).not.toMatch(/Domain|Secure/);
    }
  });

  it('over TLS are secure, and of this host alone', async () => {
    const here = await site({ ann: ['DSC-A'] }, { tls: true });
    const ann = visitor(here, { origin: 'https://login.example' });
    const lines = await wholeVisit(ann);
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      expect(line).toMatch(/^__Host-/);
      expect(line).toMatch(/; Secure/);
      expect(line).not.toMatch(/Domain/);
    }
  });

  it('over TLS count only under that name: another host of the domain cannot plant one', async () => {
    const here = await site({ ann: ['DSC-A'] }, { tls: true });
    const ann = visitor(here, { origin: 'https://login.example' });
    await ann.logIn('ann', 'DSC-A');
    const token = ann.cookies.get('__Host-dsc-session') ?? '';
    const other = visitor(here, { origin: 'https://login.example' });
    other.cookies.set('dsc-session', token);
    expect((await other.go('/home')).path).toBe('/');
    other.cookies.set('__Host-dsc-session', token);
    expect((await other.go('/home')).path).toBe('/home');
  });

  it('keep session and login no longer than the browser’s window', async () => {
    const lines = await wholeVisit(visitor(await site()));
    const kept = lines.filter((line) => /^dsc-(session|login)=[^;]/.test(line));
    expect(kept.length).toBe(2);
    for (const line of kept) expect(line).not.toMatch(/Max-Age|Expires/);
  });

  it('keep a browser known, so that strangers do not slow it down', async () => {
    const here = await site();
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    await ann.go('/logout', {});
    const stranger = visitor(here);
    for (let tries = 0; tries < 14; tries++) await stranger.go('/login', { name: 'ann', password: 'guess' });
    expect((await stranger.enter('ann')).html).toContain('Too many wrong passwords');
    expect((await ann.enter('ann')).path).toBe('/challenge');
  });
});
