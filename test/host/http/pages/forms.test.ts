import { describe, expect, it } from 'vitest';
import { site } from './site.ts';
import { visitor } from './visitor.ts';

const FOREIGN: Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost.evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'http://other.localhost', 'sec-fetch-site': 'same-site' },
  { origin: 'https://localhost' },
  { origin: '', 'sec-fetch-site': 'none' },
];

describe('a form that another site sent', () => {
  it.each(FOREIGN)('%j is refused, and nothing is done', async (headers) => {
    const here = await site();
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=x',
    ]) {
      const seen = await ann.send('/devices/lost', { serial: 'DSC-A' }, { ...headers, 'content-type': type });
      expect(seen.status).toBe(403);
      expect(seen.html).toContain('This was refused');
    }
    const login = await ann.send('/login', { name: 'ann', password: 'the password of ann' }, headers);
    expect(login.status).toBe(403);
    expect(login.headers.getSetCookie()).toEqual([]);
    expect((await here.host.device('DSC-A')).state).toBe('active');
  });

  it.each(['application/json', 'application/xml', 'text/html', 'image/png', 'x/y'])(
    'is refused as %s too, at every address that takes one',
    async (type) => {
      const here = await site({ root: ['DSC-R'] }, { users: { root: { role: 'administrator' } } });
      const root = visitor(here);
      await root.logIn('root', 'DSC-R');
      const posts = here.app.routes.filter(
        ({ method, path }) => method === 'POST' && !path.startsWith('/v1/'),
      );
      const paths = new Set(posts.map(({ path }) => path));
      expect([...paths]).toEqual(expect.arrayContaining(['/login', '/logout', '/sessions/elsewhere']));
      expect(paths.size).toBeGreaterThan(20);
      for (const path of paths) {
        for (const headers of [...FOREIGN, { origin: '' }]) {
          const seen = await root.send(path, {}, { ...headers, 'content-type': type });
          expect([path, seen.status]).toEqual([path, 403]);
        }
      }
      // Nobody was logged out.
      expect((await root.go('/home')).path).toBe('/home');
    },
  );

  it('is no matter to one that only reads', async () => {
    const ann = visitor(await site());
    expect((await ann.send('/', undefined, { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
  });

  it('is told from our own by the browser’s word alone', async () => {
    const ann = visitor(await site());
    const form = { name: 'ann', password: 'the password of ann' };
    const seen = await ann.send('/login', form, { origin: 'null', 'sec-fetch-site': 'same-origin' });
    expect(seen.headers.get('location')).toBe('/challenge');
  });
});

describe('a form', () => {
  it('of another type is refused, where a browser would have asked before sending it', async () => {
    const here = await site();
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    for (const type of ['application/json', 'multipart/form-data; boundary=x']) {
      const seen = await ann.send('/devices/lost', { serial: 'DSC-A' }, { 'content-type': type });
      expect(seen.status).toBe(415);
      expect(seen.html).toContain('This form was not understood');
    }
    expect((await here.host.device('DSC-A')).state).toBe('active');
  });

  it('without its fields, or with far too much in them, is refused in words', async () => {
    const ann = visitor(await site());
    expect((await ann.go('/login', {})).html).toContain('User name or password is wrong');
    expect((await ann.send('/login', { name: 'x'.repeat(5000) })).status).toBe(400);
    expect((await ann.send('/login', { name: 'x'.repeat(20_000) })).status).toBe(413);
  });

  it('always leads on by GET, so that no reload sends it again', async () => {
    const ann = visitor(await site());
    const sent = [
      await ann.send('/login', { name: 'ann', password: 'wrong' }),
      await ann.send('/login', { name: 'ann', password: 'the password of ann' }),
      await ann.send('/challenge', { challenge: '', response: '' }),
      await ann.send('/device', { serial: '' }),
      await ann.send('/logout', {}),
    ];
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
  });
});

describe('what somebody typed', () => {
  const MARKUP = '"><script>alert(1)</script>\'&';

  it('is never repeated by the login', async () => {
    const ann = visitor(await site());
    const seen = await ann.go('/login', { name: MARKUP, password: 'planted-secret' });
    expect(seen.html).not.toMatch(/alert\(1|planted-secret/);
    expect([...ann.cookies.values()].join()).not.toMatch(/alert\(1|planted-secret/);
  });

  it('is escaped where it comes back', async () => {
    const here = await site({ root: ['DSC-R'] }, { users: { root: { role: 'administrator' } } });
    const root = visitor(here);
    await root.logIn('root', 'DSC-R');
    for (const path of ['/admin/users?prefix=', '/admin/trail?user=', '/admin/user?name=', '/?a=']) {
      const { html } = await root.go(path + encodeURIComponent(MARKUP));
      expect(html).not.toContain('<script>');
      expect(html).not.toContain('alert(1)</script>');
    }
    expect((await root.go(`/admin/users?prefix=${encodeURIComponent(MARKUP)}`)).html).toContain(
      'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;"',
    );
  });

  it('never brings the host what no database takes', async () => {
    const here = await site({ root: ['DSC-R'] }, { users: { root: { role: 'administrator' } } });
    const root = visitor(here);
    await root.logIn('root', 'DSC-R');
    const asked: unknown[] = [];
    here.host.users = async (page) => {
      asked.push(page);
      return [];
    };
    here.host.trail = async (page) => {
      asked.push(page);
      return [];
    };
    await root.go('/admin/users?prefix=a%00b&after=%00');
    await root.go('/admin/trail?user=%00&serial=a%00');
    expect(asked).toHaveLength(2);
    expect(JSON.stringify(asked)).not.toContain('u0000');
    for (const path of ['/devices/lost', '/devices/activate', '/device', '/login', '/admin/user/edit']) {
      const form = { name: 'root\0', serial: 'DSC-R\0', password: '\0' };
      expect((await root.send(path, form)).status).toBe(400);
    }
  });

  it('leads to no other site', async () => {
    const ann = visitor(await site());
    for (const path of ['//evil.example/?lang=ru', '/\\evil.example?lang=ru', '/?lang=ru&x=//evil.example']) {
      const location = (await ann.send(path)).headers.get('location') ?? '/';
      expect(new URL(location, 'http://localhost').origin).toBe('http://localhost');
    }
  });
});
