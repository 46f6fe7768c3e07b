// Requests for a card: by whom, once at a time, in a lost one's place, and taken back.
import { describe, expect, test } from 'vitest';
import { keyOf, outcome, setting, type Setting } from './setting.ts';

const PIN = { pin: '4321', again: '4321' };

/** Ann has a card and may request another. */
async function rich(cards: readonly string[] = ['DSC-A']): Promise<Setting> {
  const all = await setting({ ann: cards });
  await all.host.updateUser('ann', { balance: 500_000 });
  return all;
}

describe('a request is refused', () => {
  test.each([
    [0, 'not-eligible'],
    [499_999, 'not-eligible'],
    [500_000, 'granted'],
    [1e12, 'granted'],
  ])('or not by the balance: %d, %s', async (balance, expected) => {
    const { host } = await setting({ ann: [] });
    await host.updateUser('ann', { balance });
    expect(await outcome(host.request({ user: 'ann', ...PIN }))).toBe(expected);
    expect(await host.ownDevices('ann')).toHaveLength(expected === 'granted' ? 1 : 0);
  });

  test('for nobody, and with what is no PIN', async () => {
    const { host } = await rich();
    expect(await outcome(host.request({ user: 'nobody', ...PIN }))).toBe('not-eligible');
    expect(await outcome(host.request({ user: 'ann', pin: '4321', again: '1234' }))).toBe('pins-differ');
    expect(await outcome(host.request({ user: 'ann', pin: '12', again: '12' }))).toBe('bad-pin');
  });

  test('while another one waits, also when both are sent at once', async () => {
    const { host } = await rich();
    const both = await Promise.all([1, 2, 3].map(() => outcome(host.request({ user: 'ann', ...PIN }))));
    expect(both.toSorted()).toEqual(['already-requested', 'already-requested', 'granted']);
    expect(await outcome(host.request({ user: 'ann', ...PIN }))).toBe('already-requested');
    const waiting = (await host.ownDevices('ann')).filter(({ state }) => state === 'requested');
    expect(waiting).toHaveLength(1);
  });
});

describe('a request', () => {
  test('gives a card of its own number, which takes the PIN that was chosen', async () => {
    const all = await rich();
    const serial = await all.host.request({ user: 'ann', ...PIN });
    expect(serial).toMatch(/^DSC-\d{10}$/);
    await all.host.mail(serial, keyOf('NEW'));
    const login = await all.begin('ann', serial);
    const response = all.respond('NEW', login.challenge, '4321');
    expect((await all.host.answer({ login: login.id, response })).kind).toBe('full');
  });

  test('is taken back, and then made again', async () => {
    const { host } = await rich();
    const serial = await host.request({ user: 'ann', ...PIN });
    await host.withdraw('ann', serial);
    expect((await host.device(serial)).state).toBe('retired');
    expect(await outcome(host.withdraw('ann', serial))).toBe('illegal-move');
    expect(await outcome(host.request({ user: 'ann', ...PIN }))).toBe('granted');
  });

  test('is not taken back once the card is mailed', async () => {
    const { host } = await rich();
    const serial = await host.request({ user: 'ann', ...PIN });
    await host.mail(serial, keyOf('NEW'));
    expect(await outcome(host.withdraw('ann', serial))).toBe('illegal-move');
  });

  test('replaces a lost card, which is found no more', async () => {
    const { host } = await rich(['DSC-A', 'DSC-B']);
    await host.reportLost('ann', 'DSC-A');
    const serial = await host.request({ user: 'ann', ...PIN, replaces: 'DSC-A' });
    expect((await host.device('DSC-A')).state).toBe('replaced');
    expect((await host.device(serial)).state).toBe('requested');
    expect(await outcome(host.reactivate('ann', 'DSC-A'))).toBe('illegal-move');
    expect(await outcome(host.moveDevice('DSC-A', 'find'))).toBe('illegal-move');
  });

  test.each<[string, string, string]>([
    ['illegal-move', 'DSC-A', 'in use'],
    ['no-device', 'DSC-X', 'of nobody'],
    ['no-device', 'DSC-B', 'of another user'],
  ])('%s: does not replace a card %s', async (code, replaces) => {
    const all = await setting({ ann: ['DSC-A'], bob: ['DSC-B'] });
    await all.host.updateUser('ann', { balance: 500_000 });
    await all.host.reportLost('bob', 'DSC-B');
    expect(await outcome(all.host.request({ user: 'ann', ...PIN, replaces }))).toBe(code);
    expect(await all.host.ownDevices('ann')).toHaveLength(1);
  });

  test('that would replace a card found meanwhile is taken back', async () => {
    const { host } = await rich(['DSC-A', 'DSC-B']);
    await host.reportLost('ann', 'DSC-A');
    const asked = host.request({ user: 'ann', ...PIN, replaces: 'DSC-A' });
    const found = host.moveDevice('DSC-A', 'find');
    const [code] = await Promise.all([outcome(asked), found]);
    expect(code).toBe('illegal-move');
    expect((await host.device('DSC-A')).state).toBe('active');
    expect(await outcome(host.request({ user: 'ann', ...PIN }))).toBe('granted');
  });
});
