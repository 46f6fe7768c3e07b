import { describe, expect, it } from 'vitest';
import { site, PIN } from './site.ts';
import { challengeOn, visitor } from './visitor.ts';

describe('a new PIN', () => {
  it('holds when the card has answered with it, and the old one until then', async () => {
    const here = await site();
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    const page = await ann.go('/devices/pin', { serial: 'DSC-A', pin: '4321', again: '4321' });
    expect(page.html).toContain('Confirm your new PIN');
    expect((await visitor(here).logIn('ann', 'DSC-A')).path).toBe('/home');
    const home = await ann.answer(page, 'DSC-A', '4321');
    expect(home.html).toContain('The new PIN holds now');
    const other = visitor(here);
    expect((await other.answer(await other.enter('ann'), 'DSC-A', PIN)).html).toContain('2 attempts left');
    expect((await other.answer(await other.go('/challenge'), 'DSC-A', '4321')).path).toBe('/home');
  });

  it('is entered twice the same, and is four digits', async () => {
    const ann = visitor(await site());
    await ann.logIn('ann', 'DSC-A');
    const differ = await ann.go('/devices/pin', { serial: 'DSC-A', pin: '4321', again: '4322' });
    expect(differ.path).toBe('/devices/pin?serial=DSC-A');
    expect(differ.html).toMatch(/<a href="#again">The two PINs differ/);
    expect(differ.html).not.toMatch(/4321|4322/);
    const letters = await ann.go('/devices/pin', { serial: 'DSC-A', pin: 'abcd', again: 'abcd' });
    expect(letters.html).toMatch(/<a href="#pin">A PIN is 4 digits/);
  });

  it('is confirmed by its own user only: a stolen cookie shows and takes nothing', async () => {
    const here = await site({ ann: ['DSC-A'], eve: ['DSC-E'] });
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    const page = await ann.go('/devices/pin', { serial: 'DSC-A', pin: '4321', again: '4321' });
    const stolen = ann.cookies.get('dsc-login') ?? '';
    const eve = visitor(here);
    await eve.logIn('eve', 'DSC-E');
    for (const thief of [eve, visitor(here)]) {
      thief.cookies.set('dsc-login', stolen);
      expect((await thief.go('/challenge')).html).not.toContain(challengeOn(page));
      thief.cookies.set('dsc-login', stolen);
      expect((await thief.answer(page, 'DSC-A', '4321')).html).toContain('not known any more');
    }
    expect((await visitor(here).logIn('ann', 'DSC-A')).path).toBe('/home');
  });
});

describe('a lost device', () => {
  it('is asked about before it is reported', async () => {
    const here = await site({ ann: ['DSC-A', 'DSC-B'] });
    const ann = visitor(here);
    await ann.answer(await toChallenge(ann, 'DSC-A'), 'DSC-A');
    const question = await ann.go('/devices/lost?serial=DSC-B');
    expect(question.html).toContain('Is DSC-B lost?');
    expect((await here.host.device('DSC-B')).state).toBe('active');
    const home = await ann.go('/devices/lost', { serial: 'DSC-B' });
    expect(home.html).toContain('The device is reported lost');
    expect((await here.host.device('DSC-B')).state).toBe('lost');
  });

  it('is back in use when it has answered', async () => {
    const here = await site({ ann: ['DSC-A', 'DSC-B'] });
    await here.host.reportLost('ann', 'DSC-B');
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    const page = await ann.go('/devices/found', { serial: 'DSC-B' });
    expect(page.html).toContain('Confirm that you have your device');
    expect((await ann.answer(page, 'DSC-B')).html).toContain('The device is in use again');
    expect((await here.host.device('DSC-B')).state).toBe('active');
  });

  it('of somebody else is out of reach', async () => {
    const here = await site({ ann: ['DSC-A'], eve: ['DSC-E'] });
    const eve = visitor(here);
    await eve.logIn('eve', 'DSC-E');
    for (const path of ['/devices/lost?serial=DSC-A', '/devices/pin?serial=DSC-A', '/devices/pin']) {
      expect((await eve.go(path)).status).toBe(404);
    }
    for (const path of ['/devices/lost', '/devices/found', '/devices/withdraw', '/devices/activate']) {
      expect((await eve.go(path, { serial: 'DSC-A' })).html).toContain('You have no such device');
    }
    expect((await here.host.device('DSC-A')).state).toBe('active');
  });
});

describe('a request', () => {
  it('is made with a PIN, shown, and taken back', async () => {
    const here = await site();
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    const home = await ann.go('/devices/request', { pin: '4321', again: '4321', replaces: '' });
    expect(home.html).toContain('The card is requested');
    const twice = await ann.go('/devices/request', { pin: '4321', again: '4321', replaces: '' });
    expect(twice.html).toContain('You have requested a card already');
    const requested = (await here.host.ownDevices('ann')).find(({ state }) => state === 'requested');
    const withdrawn = await ann.go('/devices/withdraw', { serial: requested?.serial ?? '' });
    expect(withdrawn.html).toContain('The request is withdrawn');
  });

  it('is made and taken back before the first activation too', async () => {
    const here = await site({ eve: [] });
    const eve = visitor(here);
    await eve.enter('eve');
    const asked = await eve.go('/devices/request', { pin: '4321', again: '4321', replaces: '' });
    expect(asked.html).toContain('action="/devices/withdraw"');
    const [requested] = await here.host.ownDevices('eve');
    const withdrawn = await eve.go('/devices/withdraw', { serial: requested?.serial ?? '' });
    expect(withdrawn.html).toContain('The request is withdrawn');
    expect((await here.host.ownDevices('eve')).map(({ state }) => state)).toEqual(['retired']);
  });

  it('can stand in for a lost device', async () => {
    const here = await site({ ann: ['DSC-A', 'DSC-B'] });
    await here.host.reportLost('ann', 'DSC-B');
    const ann = visitor(here);
    await ann.logIn('ann', 'DSC-A');
    expect((await ann.go('/devices/request')).html).toMatch(/<option value="DSC-B">/);
    await ann.go('/devices/request', { pin: '4321', again: '4321', replaces: 'DSC-B' });
    expect((await here.host.device('DSC-B')).state).toBe('replaced');
  });

  it('below the balance it takes is refused with the reason', async () => {
    const ann = visitor(await site({ ann: ['DSC-A'] }, { users: { ann: { balance: 499_999 } } }));
    await ann.logIn('ann', 'DSC-A');
    const refused = await ann.go('/devices/request', { pin: '4321', again: '4321' });
    expect(refused.path).toBe('/devices/request');
    expect(refused.html).toContain('balances of at least USD 500,000');
  });
});

it('ends the sessions on other browsers', async () => {
  const here = await site();
  const ann = visitor(here);
  const elsewhere = visitor(here);
  await elsewhere.logIn('ann', 'DSC-A');
  const home = await ann.logIn('ann', 'DSC-A');
  expect(home.html.match(/<tr role="row"><td/g)).toHaveLength(2);
  expect((await ann.go('/sessions/elsewhere', {})).html).toContain('1 other session has ended');
  expect((await elsewhere.go('/home')).path).toBe('/');
  expect((await ann.go('/home')).path).toBe('/home');
});

async function toChallenge(ann: ReturnType<typeof visitor>, serial: string) {
  await ann.enter('ann');
  return ann.go('/device', { serial });
}
