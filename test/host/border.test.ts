// What people and programs send reaches the store only if it has the form of a name, a serial number or a login's id.
import { expect, test } from 'vitest';
import { MemoryStore, type Store } from '../../src/host/index.ts';
import { outcome, setting } from './setting.ts';

/** A store that fails on a NUL, as databases do. */
class PickyStore extends MemoryStore {
  override user(name: string): ReturnType<Store['user']> {
    return super.user(picky(name));
  }

  override card(serial: string): ReturnType<Store['card']> {
    return super.card(picky(serial));
  }

  override unblock(serial: string): ReturnType<Store['unblock']> {
    return super.unblock(picky(serial));
  }

  override login(...[id]: Parameters<Store['login']>): ReturnType<Store['login']> {
    picky(id);
    return super.login(id);
  }
}

function picky(text: string): string {
  if (text.includes('\0')) throw new Error('invalid byte sequence');
  return text;
}

test.each([
  ['begin', 'bad-credentials'],
  ['card of a login', 'no-card'],
  ['answer', 'unknown-login'],
  ['enrol', 'unknown-user'],
  ['card', 'unknown-card'],
  ['unblock', 'unknown-card'],
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
    card: () => host.card(bad),
    unblock: () => host.unblock(bad),
    session: () => host.session(bad),
    logout: () => host.logout(bad),
  };
  expect(await outcome(requests[request]!())).toBe(expected);
});
