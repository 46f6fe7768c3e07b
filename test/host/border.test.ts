// What people and programs send reaches the store only if it has the form of a name, a serial number or a login's id.
import { expect, test } from 'vitest';
import { MemoryStore, type Store } from '../../src/host/index.ts';
import { outcome, setting } from './setting.ts';

/** A store that fails on a NUL, as databases do. */
class PickyStore extends MemoryStore {
  override user(name: string): ReturnType<Store['user']> {
    return super.user(picky(name));
  }

  override device(serial: string): ReturnType<Store['device']> {
    return super.device(picky(serial));
  }

  override unblock(...[serial, ...rest]: Parameters<Store['unblock']>): ReturnType<Store['unblock']> {
    return super.unblock(picky(serial), ...rest);
  }

  override login(...[id]: Parameters<Store['login']>): ReturnType<Store['login']> {
    picky(id);
    return super.login(id);
  }

  override loginAtDevice(...[id]: Parameters<Store['loginAtDevice']>): ReturnType<Store['loginAtDevice']> {
    picky(id);
    return super.loginAtDevice(id);
  }
}

function picky(text: string): string {
  if (text.includes('\0')) throw new Error('invalid byte sequence');
  return text;
}

test.each([
  ['begin', 'bad-credentials'],
  ['card of a login', 'no-device'],
  ['answer', 'unknown-login'],
  ['enrol', 'unknown-user'],
  ['device', 'unknown-device'],
  ['unblock', 'unknown-device'],
  ['session', 'granted'],
  ['logout', 'granted'],
])('%s', async (request, expected) => {
  const { host, begin } = await setting(undefined, { store: new PickyStore() });
  const bad = 'A\0';
  const requests: Record<string, () => Promise<unknown>> = {
    begin: () => host.begin({ name: bad, password: bad }),
    'card of a login': () => begin('ann', bad),
    answer: () => host.answer({ login: bad, response: '12345678' }),
    enrol: () => host.enrol({ user: bad, serial: 'DSC-B', key: new Uint8Array(20), pin: '1234' }),
    device: () => host.device(bad),
    unblock: () => host.unblock(bad),
    session: () => host.session(bad),
    logout: () => host.logout(bad),
  };
  expect(await outcome(requests[request]!())).toBe(expected);
});

test.each([
  ['a number', 12345678],
  ['a list', ['12345678']],
  ['an object that prints as one', { toString: () => '12345678' }],
  ['nothing', undefined],
])('a response that is %s, from untyped code, is malformed and not counted', async (_, value) => {
  const { host, begin, rightResponse } = await setting();
  const { id, ...login } = await begin('ann');
  const untyped: { response: string } = JSON.parse('{}');
  Object.assign(untyped, { response: value });
  for (let times = 0; times < 6; times++) {
    expect(await outcome(host.answer({ login: id, ...untyped }))).toBe('malformed-response');
  }
  expect(await outcome(host.answer({ login: id, response: rightResponse({ id, ...login }) }))).toBe(
    'granted',
  );
});

test.each([
  ['name', { name: ['ann'], password: 'x' }, 'bad-name'],
  ['name', { name: null, password: 'x' }, 'bad-name'],
  ['password', { name: 'ben', password: ['x'] }, 'bad-password'],
  ['password', { name: 'ben' }, 'bad-password'],
])('a user with a wrong type of %s is refused: %j', async (_, user, code) => {
  const { host } = await setting();
  const untyped: { name: string; password: string } = JSON.parse(JSON.stringify(user));
  expect(await outcome(host.addUser(untyped))).toBe(code);
});

test.each([
  ['key', { key: 'z'.repeat(20) }, 'bad-key'],
  ['key', { key: Array.from({ length: 20 }, () => 300) }, 'bad-key'],
  ['key', { key: null }, 'bad-key'],
  ['serial', { serial: null }, 'bad-serial'],
  ['serial', { serial: ['AB'] }, 'bad-serial'],
  ['pin', { pin: 1234 }, 'bad-pin'],
  ['pin', { pin: ['1234'] }, 'bad-pin'],
  ['suite', { suite: 5 }, 'unsuitable-suite'],
])('a card with a wrong type of %s is refused: %j', async (_, change, code) => {
  const { host } = await setting();
  const untyped: object = JSON.parse(JSON.stringify(change));
  const card = { user: 'ann', serial: 'DSC-X', key: new Uint8Array(20).fill(9), pin: '1234', ...untyped };
  expect(await outcome(host.enrol(card))).toBe(code);
});

test('a token that is no text is nobody’s', async () => {
  const { host } = await setting();
  const token: string = JSON.parse('5');
  expect(await host.session(token)).toBeUndefined();
  await expect(host.logout(token)).resolves.toBeUndefined();
});
