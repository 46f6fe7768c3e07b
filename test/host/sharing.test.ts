// One card under several user names of one person.
import { describe, expect, test } from 'vitest';
import { MemoryStore, type Host, type Store } from '../../src/host/index.ts';
import { keyOf, outcome, setting, type Setting } from './setting.ts';

/** Ann and Bob are one person, Carl is another, Dora is nobody that the host knows of. */
async function people(store?: MemoryStore): Promise<Setting> {
  const all = await setting({ ann: ['DSC-A'], bob: [], carl: ['DSC-C'], dora: [] }, { store });
  for (const [name, person] of [
    ['ann', 'p-1'],
    ['bob', 'p-1'],
    ['carl', 'p-2'],
  ] as const) {
    await all.host.updateUser(name, { person });
  }
  return all;
}

describe('a card is not shared', () => {
  test.each<[string, string, string]>([
    ['not-shareable', 'DSC-A', 'carl'],
    ['not-shareable', 'DSC-A', 'dora'],
    ['not-shareable', 'DSC-C', 'ann'],
    ['already-shared', 'DSC-A', 'ann'],
    ['unknown-user', 'DSC-A', 'nobody'],
    ['unknown-user', 'DSC-A', 'a b'],
    ['unknown-device', 'DSC-X', 'bob'],
    ['unknown-device', '', 'bob'],
  ])('%s: %s with %s', async (code, serial, user) => {
    const { host } = await people();
    const before = await host.devicesOf(user);
    expect(await outcome(host.share(serial, user))).toBe(code);
    expect(await host.devicesOf(user)).toEqual(before);
  });

  test('among two user names that no person was given', async () => {
    const { host } = await people();
    await host.updateUser('ann', { person: null });
    expect(await outcome(host.share('DSC-A', 'dora'))).toBe('not-shareable');
    expect(await outcome(host.share('DSC-A', 'bob'))).toBe('not-shareable');
  });

  test.each<[string, (host: Host) => Promise<unknown>]>([
    ['blocked', (host) => host.moveDevice('DSC-A', 'block')],
    ['lost', (host) => host.moveDevice('DSC-A', 'lose')],
    ['retired', (host) => host.moveDevice('DSC-A', 'retire')],
  ])('that is %s', async (_, move) => {
    const { host } = await people();
    await move(host);
    expect(await outcome(host.share('DSC-A', 'bob'))).toBe('not-shareable');
  });

  test('that was mailed and not yet used', async () => {
    const { host } = await people();
    await host.enrol({ user: 'ann', serial: 'DSC-M', key: keyOf('M'), pin: '1234', mailed: true });
    expect(await outcome(host.share('DSC-M', 'bob'))).toBe('not-shareable');
  });

  test('that is lost at that very moment', async () => {
    const database = Promise.withResolvers<void>();
    class SlowStore extends MemoryStore {
      override async share(...of: Parameters<Store['share']>): ReturnType<Store['share']> {
        await database.promise;
        return super.share(...of);
      }
    }
    const { host } = await people(new SlowStore());
    const shared = outcome(host.share('DSC-A', 'bob'));
    await host.moveDevice('DSC-A', 'lose');
    database.resolve();
    expect(await shared).not.toBe('granted');
    expect((await host.device('DSC-A')).users).toEqual(['ann']);
  });
});

describe('a shared card', () => {
  test('logs each of its user names in, into that one’s own session', async () => {
    const { host, begin, rightResponse } = await people();
    await host.share('DSC-A', 'bob');
    expect((await host.device('DSC-A')).users).toEqual(['ann', 'bob']);
    expect(await host.ownDevices('bob')).toMatchObject([{ serial: 'DSC-A', shared: true }]);
    for (const user of ['ann', 'bob']) {
      const login = await begin(user);
      const session = await host.answer({ login: login.id, response: rightResponse(login) });
      expect(await host.session(session.token)).toMatchObject({ user, serial: 'DSC-A' });
    }
  });

  test('never has one challenge twice, whichever user name it is for', async () => {
    const values = [100_001, 100_001, 100_003];
    const store = new MemoryStore();
    const all = await setting({ ann: ['DSC-A'], bob: [] }, { store, random: () => values.shift() ?? 0 });
    for (const name of ['ann', 'bob']) await all.host.updateUser(name, { person: 'p' });
    await all.host.share('DSC-A', 'bob');
    expect((await all.begin('ann')).challenge).toBe('100001');
    expect((await all.begin('bob')).challenge).toBe('100003');
  });

  test('is blocked for all by five wrong answers, whoever gives them', async () => {
    const { host, begin, wrongResponse } = await people();
    await host.share('DSC-A', 'bob');
    for (const user of ['ann', 'bob', 'ann', 'bob', 'ann']) {
      const login = await begin(user);
      await outcome(host.answer({ login: login.id, response: wrongResponse(login) }));
    }
    for (const user of ['ann', 'bob']) expect(await outcome(begin(user))).toBe('device-blocked');
  });

  test('reported lost by one is lost for all', async () => {
    const { host, enter } = await people();
    await host.share('DSC-A', 'bob');
    await host.reportLost('bob', 'DSC-A');
    for (const user of ['ann', 'bob']) expect(await outcome(enter(user))).toBe('factor-needed');
  });
});

describe('a card taken from a user name', () => {
  test('answers no more for that one, and for the other as before', async () => {
    const { host, begin, rightResponse, logIn, enter } = await people();
    await host.share('DSC-A', 'bob');
    const login = await begin('bob');
    await host.unshare('DSC-A', 'bob');
    expect(await outcome(host.answer({ login: login.id, response: rightResponse(login) }))).toBe(
      'unknown-login',
    );
    expect(await outcome(enter('bob'))).toBe('factor-needed');
    expect(await outcome(logIn('ann'))).toBe('granted');
    expect(await host.ownDevices('ann')).toMatchObject([{ serial: 'DSC-A', shared: false }]);
  });

  test('answers no more for that one either when the answer is on its way', async () => {
    const database = Promise.withResolvers<void>();
    class SlowStore extends MemoryStore {
      override async finish(...of: Parameters<Store['finish']>): ReturnType<Store['finish']> {
        await database.promise;
        return super.finish(...of);
      }
    }
    const { host, begin, rightResponse } = await people(new SlowStore());
    await host.share('DSC-A', 'bob');
    const login = await begin('bob');
    const answered = outcome(host.answer({ login: login.id, response: rightResponse(login) }));
    await host.unshare('DSC-A', 'bob');
    database.resolve();
    expect(await answered).toBe('device-changed');
  });

  test('stays with the last who has it, and is not taken from who has it not', async () => {
    const { host } = await people();
    for (const user of ['ann', 'bob', 'nobody', '']) {
      expect(await outcome(host.unshare('DSC-A', user))).toBe('last-holder');
    }
    expect(await outcome(host.unshare('DSC-X', 'ann'))).toBe('unknown-device');
    expect((await host.device('DSC-A')).users).toEqual(['ann']);
  });

  test('leaves who had it for a moment only with no way in by the password alone', async () => {
    const { host, enter } = await people();
    await host.share('DSC-A', 'bob');
    await host.unshare('DSC-A', 'bob');
    expect(await outcome(enter('bob'))).toBe('factor-needed');
  });

  test('leaves who activated it with none either', async () => {
    const { host, enter, logIn } = await people();
    await host.enrol({ user: 'bob', serial: 'DSC-B', key: keyOf('DSC-B'), pin: '1234', mailed: true });
    await logIn('bob');
    await host.share('DSC-B', 'ann');
    await host.unshare('DSC-B', 'bob');
    expect(await outcome(enter('bob'))).toBe('factor-needed');
    expect(await outcome(logIn('ann', 'DSC-B'))).toBe('granted');
  });
});
