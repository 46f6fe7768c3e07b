import { describe, expect, it } from 'vitest';
import { site, type SiteOptions } from './site.ts';
import { visitor } from './visitor.ts';

const KEY = '3132333435363738393031323334353637383930';

async function desk(cards: Readonly<Record<string, readonly string[]>> = {}, options: SiteOptions = {}) {
  const here = await site(
    { root: ['DSC-R'], ann: ['DSC-A'], ...cards },
    { ...options, users: { root: { role: 'administrator' }, ...options.users } },
  );
  const root = visitor(here);
  await root.logIn('root', 'DSC-R');
  return { here, root };
}

const PAGES = [
  '/admin',
  '/admin/users',
  '/admin/users/add',
  '/admin/user?name=ann',
  '/admin/user/edit?name=ann',
  '/admin/user/password?name=ann',
  '/admin/user/enrol?name=ann',
  '/admin/device/mail?serial=DSC-A&name=ann',
  '/admin/device/pin?serial=DSC-A&name=ann',
  '/admin/device/share?serial=DSC-A&name=ann',
  '/admin/device/move?serial=DSC-A&name=ann&move=retire',
  '/admin/trail',
];

const FORMS = [
  '/admin/users/add',
  '/admin/user/edit',
  '/admin/user/password',
  '/admin/user/disable',
  '/admin/user/enable',
  '/admin/user/log-out',
  '/admin/user/enrol',
  '/admin/device/move',
  '/admin/device/mail',
  '/admin/device/pin',
  '/admin/device/share',
  '/admin/device/unshare',
];

describe('the administrator’s pages', () => {
  it('are for administrators: anybody else is sent to the login', async () => {
    const { here, root } = await desk();
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    for (const [who, path] of [
      [ann, '/home'],
      [visitor(here), '/'],
    ] as const) {
      for (const page of PAGES) expect((await who.go(page)).path).toBe(path);
      for (const form of FORMS)
        expect((await who.go(form, { name: 'ann', serial: 'DSC-A' })).path).toBe(path);
    }
    for (const page of PAGES) expect((await root.go(page)).status).toBe(200);
    expect((await here.host.user('ann')).disabled).toBe(false);
  });

  it('are lost with the role, at once', async () => {
    const { here, root } = await desk();
    await here.host.updateUser('root', { role: 'user' });
    expect((await root.go('/admin/users')).path).toBe('/home');
  });
});

describe('users', () => {
  it('are added, given a card, and log in with it', async () => {
    const { here, root } = await desk();
    const form = { name: 'bob', password: 'the password of bob', role: 'user', balance: '12', person: '' };
    expect((await root.go('/admin/users/add', form)).html).toContain('The user is added');
    expect((await root.go('/admin/users/add', form)).html).toMatch(/<a href="#name">Another user/);
    const card = here.newCard('DSC-B');
    const key = Buffer.from(card.enrolment.key).toString('hex');
    const enrol = { name: 'bob', serial: 'DSC-B', key, pin: '1234' };
    expect((await root.go('/admin/user/enrol', { ...enrol, key: 'no' })).html).toMatch(
      /<a href="#key">A key/,
    );
    expect((await root.go('/admin/user/enrol', enrol)).html).toContain('The card is enrolled');
    expect((await visitor(here).logIn('bob', 'DSC-B')).path).toBe('/home');
  });

  it('are found by how their names begin, page by page', async () => {
    const { here, root } = await desk();
    for (let number = 0; number < 30; number++) {
      await here.host.addUser({ name: `x${String(number).padStart(2, '0')}`, password: 'p' });
    }
    for (const name of ['x', 'y', 'w']) await here.host.addUser({ name, password: 'p' });
    const first = await root.go('/admin/users?prefix=x');
    expect(namesOn(first.html)).toEqual([
      'x',
      ...Array.from({ length: 24 }, (_, n) => `x${String(n).padStart(2, '0')}`),
    ]);
    const next = /href="(\/admin\/users\?prefix=x&amp;after=[^"]*)"/.exec(first.html)?.[1] ?? '';
    const second = await root.go(next.replaceAll('&amp;', '&'));
    expect(namesOn(second.html)).toEqual(['x24', 'x25', 'x26', 'x27', 'x28', 'x29']);
    expect(second.html).not.toContain('Next page');
    expect(namesOn((await root.go('/admin/users?prefix=zz')).html)).toEqual([]);
  });

  it('of any name there can be have a page', async () => {
    const { here, root } = await desk();
    for (const name of ['0..', 'a@b', 'z-_.']) {
      await here.host.addUser({ name, password: 'p' });
      expect((await root.go(`/admin/user?name=${encodeURIComponent(name)}`)).html).toContain(
        `<h1>${name}</h1>`,
      );
    }
    expect((await root.go('/admin/user?name=nobody')).status).toBe(404);
  });

  it('are disabled, enabled, changed, and given a password', async () => {
    const { here, root } = await desk();
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    expect((await root.go('/admin/user/disable', { name: 'ann' })).html).toContain('The user is disabled');
    expect((await ann.go('/home')).path).toBe('/');
    await root.go('/admin/user/enable', { name: 'ann' });
    await root.go('/admin/user/edit', { name: 'ann', role: 'administrator', balance: '7', person: 'p' });
    expect(await here.host.user('ann')).toEqual({
      name: 'ann',
      role: 'administrator',
      disabled: false,
      balance: 7,
      person: 'p',
    });
    for (const wrong of [{ role: 'king' }, { balance: '-1' }, { balance: '1e3' }, { person: '<b>' }]) {
      const edit = { name: 'ann', role: 'user', balance: '1', person: '', ...wrong };
      expect((await root.go('/admin/user/edit', edit)).html).toContain('class="notice refused"');
    }
    expect((await here.host.user('ann')).balance).toBe(7);
    await root.go('/admin/user/password', { name: 'ann', password: 'another' });
    expect((await visitor(here).go('/login', { name: 'ann', password: 'another' })).path).toBe('/challenge');
  });
});

describe('a user who is logged out everywhere', () => {
  it('has no session and no unfinished login left, and may log in again', async () => {
    const { here, root } = await desk({ eve: ['DSC-E'] });
    const [ann, elsewhere, begun, eve] = [visitor(here), visitor(here), visitor(here), visitor(here)];
    await ann.logIn('ann', 'DSC-A');
    await elsewhere.logIn('ann', 'DSC-A');
    await eve.logIn('eve', 'DSC-E');
    const challenge = await begun.enter('ann');
    expect((await root.go('/admin/user?name=ann')).html).toContain('action="/admin/user/log-out"');
    const done = await root.go('/admin/user/log-out', { name: 'ann' });
    expect(done.path).toBe('/admin/user?name=ann');
    expect(done.html).toContain('2 sessions have ended');
    for (const each of [ann, elsewhere]) expect((await each.go('/home')).path).toBe('/');
    expect((await begun.answer(challenge, 'DSC-A')).html).toContain('not known any more');
    for (const each of [eve, root]) expect((await each.go('/home')).path).toBe('/home');
    expect((await ann.logIn('ann', 'DSC-A')).path).toBe('/home');
  });

  it('may be the administrator, who has to log in again then', async () => {
    const { root } = await desk();
    expect((await root.go('/admin/user/log-out', { name: 'root' })).path).toBe('/');
  });

  it('is one that there is', async () => {
    const { root } = await desk();
    expect((await root.go('/admin/user/log-out', { name: 'nobody' })).status).toBe(404);
  });
});

describe('devices', () => {
  it('are mailed with their key, and activated by the first login', async () => {
    const { here, root } = await desk({ eve: [] });
    const serial = await here.host.request({ user: 'eve', pin: '1234', again: '1234' });
    const card = here.newCard(serial);
    const key = Buffer.from(card.enrolment.key).toString('hex').replace(/(..)/g, '$1 ');
    expect((await root.go('/admin/device/mail', { serial, name: 'eve', key })).html).toContain(
      'counts as mailed',
    );
    const again = await root.go('/admin/device/mail', { serial, name: 'eve', key: KEY });
    expect(again.html).toContain('not possible in the state');
    const eve = visitor(here);
    await eve.enter('eve');
    await eve.answer(await eve.go('/devices/activate', { serial }), serial);
    expect((await here.host.device(serial)).state).toBe('active');
  });

  it('are moved through their life, and asked about before what cannot be undone', async () => {
    const { here, root } = await desk();
    const move = async (name: string) => {
      await root.go('/admin/device/move', { serial: 'DSC-A', name: 'ann', move: name });
      return (await here.host.device('DSC-A')).state;
    };
    expect(await move('block')).toBe('blocked');
    expect(await move('unblock')).toBe('active');
    expect(await move('lose')).toBe('lost');
    expect(await move('find')).toBe('active');
    expect(await move('mail')).toBe('active');
    expect(await move('replace')).toBe('active');
    expect((await root.go('/admin/device/move?serial=DSC-A&name=ann&move=block')).status).toBe(404);
    const question = await root.go('/admin/device/move?serial=DSC-A&name=ann&move=retire');
    expect(question.html).toContain('Are you sure?');
    expect(await move('retire')).toBe('retired');
  });

  it('get a new PIN, and are shared by one person’s names', async () => {
    const { here, root } = await desk(
      { ann2: [], eve: [] },
      { users: { ann: { person: 'p' }, ann2: { person: 'p' }, eve: { person: 'q' } } },
    );
    const device = { serial: 'DSC-A', name: 'ann' };
    expect((await root.go('/admin/device/pin', { ...device, pin: '12' })).html).toMatch(/<a href="#pin">/);
    await root.go('/admin/device/pin', { ...device, pin: '8765' });
    const ann = visitor(here);
    expect((await ann.answer(await ann.enter('ann'), 'DSC-A', '8765')).path).toBe('/home');
    expect((await root.go('/admin/device/share', { ...device, with: 'eve' })).html).toMatch(
      /<a href="#with">Only/,
    );
    await root.go('/admin/device/share', { ...device, with: 'ann2' });
    expect((await here.host.device('DSC-A')).users).toEqual(['ann', 'ann2']);
    await root.go('/admin/device/unshare', { serial: 'DSC-A', name: 'ann2' });
    expect((await here.host.device('DSC-A')).users).toEqual(['ann']);
  });
});

describe('the audit trail', () => {
  it('tells who did it, and is turned page by page without a gap', async () => {
    const { here, root } = await desk();
    for (let number = 0; number < 60; number++) {
      await here.host.addUser({ name: `u${number}`, password: 'p' }, 'machine:test');
    }
    await root.go('/admin/user/disable', { name: 'ann' });
    const first = await root.go('/admin/trail');
    expect(first.html).toContain('administrator:root');
    const older = /href="(\/admin\/trail\?before=[^"]*)"/.exec(first.html)?.[1] ?? '';
    const second = await root.go(older);
    const rows = [first, second].map(({ html }) => html.match(/<tr role="row"><td/g)?.length ?? 0);
    expect(rows[0]).toBe(50);
    expect((rows[0] ?? 0) + (rows[1] ?? 0)).toBe((await here.host.trail({ limit: 1000 })).length);
    const ofAnn = await root.go('/admin/trail?user=ann');
    expect(ofAnn.html).toContain('Only entries of ann');
    expect(ofAnn.html).not.toContain('>u1<');
    expect((await root.go('/admin/trail?before=nonsense')).html).toContain('administrator:root');
  });

  it('holds nothing that was typed as a secret', async () => {
    const { here, root } = await desk();
    await root.go('/admin/user/password', { name: 'ann', password: 'planted-password' });
    await root.go('/admin/device/pin', { serial: 'DSC-A', name: 'ann', pin: '8765' });
    await root.go('/admin/user/enrol', { name: 'ann', serial: 'DSC-K', key: KEY, pin: '9753' });
    const trail = JSON.stringify(await here.host.trail({ limit: 100 }));
    const { html } = await root.go('/admin/trail');
    for (const secret of ['planted-password', '8765', '9753', KEY]) {
      expect(trail).not.toContain(secret);
      expect(html).not.toContain(secret);
    }
  });
});

const namesOn = (html: string): string[] =>
  [...html.matchAll(/href="\/admin\/user\?name=([^"&]*)"/g)].map(([, name = '']) => name);
