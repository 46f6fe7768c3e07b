import { expect, it } from 'vitest';
import { site } from './site.ts';
import { visitor } from './visitor.ts';

it('an address with nothing at it is a page for people, in their language, and a problem for programs', async () => {
  const here = await site();
  const page = await visitor(here, { headers: { 'accept-language': 'ru' } }).go('/nothing?here="><script>');
  expect(page.status).toBe(404);
  expect(page.html).toContain('Такой страницы нет');
  expect(page.html).not.toContain('<script>');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  for (const [path, accept] of [
    ['/nothing', 'application/json'],
    ['/v1/nothing', 'text/html'],
  ] as const) {
    const reply = await here.app.request(path, { headers: { accept } });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  }
});

it('a fault of the host is a page that tells nothing of it', async () => {
  const here = await site();
  const ann = visitor(here);
  await ann.logIn('ann', 'DSC-A');
  here.host.ownDevices = async () => {
    throw new Error('planted: the database at 10.0.0.7 is gone');
  };
  const page = await ann.go('/home');
  expect(page.status).toBe(500);
  expect(page.html).toContain('Something went wrong here');
  expect(page.html).not.toMatch(/planted|10\.0\.0\.7|at \S+ \(/);
});

it('a database that is not to be had is a page that says to come again', async () => {
  const here = await site();
  const ann = visitor(here);
  await ann.logIn('ann', 'DSC-A');
  here.host.ownDevices = async () => {
    throw Object.assign(new Error('planted: connect 10.0.0.7'), { code: 'ECONNREFUSED' });
  };
  const page = await ann.go('/home');
  expect(page.status).toBe(503);
  expect(page.html).toContain('The service cannot be reached now');
  expect(page.html).not.toMatch(/planted|10\.0\.0\.7/);
});

it('pages are kept by nobody, and say so', async () => {
  const ann = visitor(await site());
  await ann.logIn('ann', 'DSC-A');
  for (const path of ['/', '/home', '/nothing']) {
    expect((await ann.send(path)).headers.get('cache-control')).toBe('no-store');
  }
});

it('nothing in a page runs or styles but our own files', async () => {
  const ann = visitor(await site());
  const pages = [
    await ann.go('/'),
    await ann.enter('ann'),
    await ann.answer(await ann.go('/challenge'), 'DSC-A'),
  ];
  for (const { html } of pages) {
    expect(html).not.toMatch(/ style=|<style| on\w+=|javascript:/);
    expect(html.match(/<script[^>]*>[^<]*/g)).toEqual([
      expect.stringMatching(/^<script src="\/assets\/pages\.js\?v=/),
    ]);
  }
});

it('the files the pages need are kept for good under their mark, and asked after under any other', async () => {
  const here = await site();
  const { html } = await visitor(here).go('/');
  const addresses = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]*)"/g)].map(
    ([, address = '']) => address,
  );
  expect(addresses).toHaveLength(3);
  for (const address of addresses) {
    const file = await here.app.request(address);
    expect(file.status).toBe(200);
    expect(file.headers.get('cache-control')).toMatch(/immutable/);
    const etag = file.headers.get('etag') ?? '';
    const again = await here.app.request(address, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const other = await here.app.request(address.replace(/v=.*/, 'v=other'));
    expect([other.status, other.headers.get('cache-control')]).toEqual([200, 'no-cache']);
  }
});

it.each(['//other.example/', '///other.example', String.raw`/\other.example`])(
  'the languages of the page for %s are of this site',
  async (path) => {
    const { status, html } = await visitor(await site()).go(path);
    expect(status).toBe(404);
    const links = [...html.matchAll(/href="([^"]*lang=[^"]*)"/g)].map(([, address = '']) => address);
    expect(links).toHaveLength(3);
    for (const address of links) expect(address).toMatch(/^\/other\.example/);
  },
);
