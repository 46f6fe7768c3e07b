import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { migrateDatabase, openSqlStore } from '../../../src/host/store/open-store.ts';
import { openSqlite } from '../../../src/host/store/node-sqlite.ts';
import type { AuditEvent } from '../../../src/host/audit/event.ts';
import type { SessionRecord, Store, UserChanges } from '../../../src/host/store/store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import {
  ALL,
  login,
  NOW,
  people,
  right,
  session,
  SHARED,
  SILENT,
  SQL,
  UNLIMITED,
  user,
  VAULT,
} from './stores.ts';

const told = (name: string): AuditEvent => ({ at: NOW, event: 'user-changed', user: name });

const fails = () => {
  throw new Error('no words');
};

const trailOf = async (store: Store, name: string) => (await store.trail({ user: name, limit: 99 })).length;

vi.setConfig({ testTimeout: 30_000 });

describe.each(ALL)('%s', (_, make) => {
  test('names are in the order of their code points', async () => {
    const store = await (await make())();
    for (const name of ['b', 'B', 'a', '_', '10', '9', 'a-b', 'a.b', 'ab', '@']) {
      await store.addUser(user(name), SILENT);
    }
    const names = (await store.users({ limit: 99 })).map(({ name }) => name);
    expect(names).toEqual(['10', '9', '@', 'B', '_', 'a', 'a-b', 'a.b', 'ab', 'b']);
    const page = await store.users({ after: 'B', limit: 3 });
    expect(page.map(({ name }) => name)).toEqual(['_', 'a', 'a-b']);
  });

  test('knows the dearest password', async () => {
    const store = await (await make())();
    expect(await store.dearestPassword()).toBe(0);
    await store.addUser(user('ann', { passwordCost: 17 }), SILENT);
    await store.addUser(user('bob', { passwordCost: 15 }), SILENT);
    expect(await store.dearestPassword()).toBe(17);
    await store.changeUser('ann', { password: 'new', passwordCost: 10 }, SILENT);
    expect(await store.dearestPassword()).toBe(15);
  });

  describe('who is shut out', () => {
    /** Three sessions of two users, and a login of each. */
    async function inside(store: Store) {
      await people(store, 'ann', 'bob');
      const [here, there, bob] = [session('ann'), session('ann'), session('bob')];
      for (const each of [here, there, bob]) await store.openSession(each, SILENT);
      const logins = [login('ann', 'ANN'), login('bob', 'BOB')];
      for (const each of logins) await store.openLogin(each, UNLIMITED, SILENT);
      return {
        here,
        bob,
        left: async () => {
          const found = await Promise.all([
            ...[here, there, bob].map(({ tokenHash }) => store.session(tokenHash)),
            ...logins.map(({ id }) => store.login(id)),
          ]);
          const names = ['here', 'there', 'bob', 'login of ann', 'login of bob'];
          return names.filter((__, index) => found[index] !== undefined);
        },
      };
    }

    const password = { password: 'new', passwordCost: 1 };
    const all = ['here', 'there', 'bob', 'login of ann', 'login of bob'];

    test.each<[string, UserChanges, 'nothing' | 'everything' | 'here' | 'bob', readonly string[]]>([
      ['another password', password, 'nothing', ['bob', 'login of bob']],
      ['the same password hashed anew', password, 'everything', all],
      ['another password from a session', password, 'here', ['here', 'bob', 'login of bob']],
      ['another password from a session of somebody else', password, 'bob', ['bob', 'login of bob']],
      ['disabled', { disabled: true }, 'nothing', ['bob', 'login of bob']],
      ['enabled', { disabled: false }, 'nothing', all],
      ['another balance', { balance: 1 }, 'nothing', all],
    ])('by a change: %s', async (__, changes, spared, expected) => {
      const store = await (await make())();
      const { left, ...sessions } = await inside(store);
      const spares = spared === 'here' || spared === 'bob' ? sessions[spared] : undefined;
      const terms = { spares: spared === 'everything' ? spared : spares };
      const ifNot = { ...terms, ifPassword: 'another' };
      expect(await store.changeUser('ann', changes, SILENT, ifNot)).toBe(false);
      expect(await left()).toEqual(all);
      const ifSo = { ...terms, ifPassword: user('ann').password };
      expect(await store.changeUser('ann', changes, SILENT, ifSo)).toBe(true);
      expect(await left()).toEqual(expected);
    });

    test('at a word, all sessions and unfinished logins of the user and of nobody else', async () => {
      const store = await (await make())();
      const { left } = await inside(store);
      expect(await store.shutOut('ann', SILENT)).toBe(2);
      expect(await left()).toEqual(['bob', 'login of bob']);
      expect(await store.shutOut('ann', SILENT)).toBe(0);
      expect(await store.shutOut('nobody', SILENT)).toBe(0);
    });
  });

  test('a device ends the sessions that it opened, of all who have it, but for one', async () => {
    const store = await (await make())();
    await people(store, 'ann', 'bob', 'eve');
    await store.share('ANN', { user: 'bob', sealed: '1.k1.x' }, SILENT);
    const [here, there, bobs] = ['ann', 'ann', 'bob'].map((name) => session(name, { serial: 'ANN' })) as [
      SessionRecord,
      SessionRecord,
      SessionRecord,
    ];
    // The last one has a serial that is not hers.
    const others = [session('bob', { serial: 'BOB' }), session('ann'), session('eve', { serial: 'ANN' })];
    for (const each of [here, there, bobs, ...others]) await store.openSession(each, SILENT);
    const left = async () => {
      const found = await Promise.all(['ann', 'bob', 'eve'].map((name) => store.sessions(name)));
      return new Set(found.flat().map(({ tokenHash }) => tokenHash));
    };
    const hashes = (...sessions: readonly SessionRecord[]) => new Set(sessions.map((each) => each.tokenHash));
    expect(await store.changeDevice('ANN', 7, { endsSessions: {} }, SILENT)).toBe('device-changed');
    expect(await store.changeDevice('ANN', 0, { state: 'lost' }, SILENT)).toBe('changed');
    expect(await left()).toEqual(hashes(here, there, bobs, ...others));
    const but = here.tokenHash;
    expect(await store.changeDevice('ANN', 1, { endsSessions: { but } }, SILENT)).toBe('changed');
    expect(await left()).toEqual(hashes(here, ...others));
    expect(await store.changeDevice('ANN', 2, { endsSessions: {} }, SILENT)).toBe('changed');
    expect(await left()).toEqual(hashes(...others));
  });

  describe('what is begun with a password', () => {
    const { password } = user('ann');

    test.each<[string, UserChanges, string | undefined, boolean]>([
      ['is, if it is the user’s', {}, password, true],
      ['is not, if it no longer is', { password: 'new', passwordCost: 1 }, password, false],
      ['is not, if the user is disabled', { disabled: true }, password, false],
      ['is, if it is hashed anew and asked for so', { password: 'new', passwordCost: 1 }, 'new', true],
      ['is, if nobody asks', { password: 'new', passwordCost: 1, disabled: true }, undefined, true],
    ])('%s', async (__, changes, ifPassword, begun) => {
      const store = await (await make())();
      await people(store, 'ann', 'bob');
      await store.changeUser('ann', changes, SILENT);
      const [record, opened] = [login('ann', 'ANN'), session('ann')];
      const outcome = begun ? 'opened' : 'password-changed';
      const terms = { max: 1, window: UNLIMITED.window, ifPassword };
      expect(await store.openLogin(record, terms, SILENT)).toEqual({ outcome });
      expect(await store.login(record.id)).toEqual(begun ? record : undefined);
      expect(await store.openSession(opened, SILENT, ifPassword)).toBe(begun);
      expect(await store.session(opened.tokenHash)).toEqual(begun ? opened : undefined);
      if (begun) return;
      // Nothing of it was counted or taken.
      expect(await store.openLogin(record, { ...terms, ifPassword: undefined }, SILENT)).toEqual({
        outcome: 'opened',
      });
    });
  });

  test('what has expired may go, and what has not stays', async () => {
    const store = await (await make())();
    await people(store, 'ann');
    const [old, young] = [
      login('ann', 'ANN', { expiresAt: NOW }),
      login('ann', 'ANN', { expiresAt: NOW + 2 }),
    ];
    const [ended, open] = [session('ann', { expiresAt: NOW }), session('ann', { expiresAt: NOW + 2 })];
    for (const each of [old, young]) await store.openLogin(each, UNLIMITED, SILENT);
    for (const each of [ended, open]) await store.openSession(each, SILENT);
    await store.strike('old', () => ({ strike: { count: 1, at: NOW, nextAt: NOW }, verdict: 0 }));
    await store.forget(NOW + 1);
    expect(await store.login(old.id)).toBeUndefined();
    expect(await store.login(young.id)).toEqual(young);
    expect(await store.sessions('ann')).toEqual([open]);
    // The challenge of a login that is forgotten is not.
    const again = login('ann', 'ANN', { challenge: old.challenge });
    expect(await store.openLogin(again, UNLIMITED, SILENT)).toEqual({ outcome: 'challenge-used' });
  });

  test('many events of one moment all come to the trail, in order', async () => {
    const store = await (await make())();
    const events = Array.from({ length: 333 }, (__, index) => ({ ...told('ann'), detail: String(index) }));
    await store.tell(events);
    const [head] = await store.heads();
    // The first says that the chain begins.
    expect(head?.place).toBe(334);
    const entries = await store.chain(head?.chain ?? '', 101, 50);
    expect(entries.map(({ detail }) => detail)).toEqual(events.slice(100, 150).map(({ detail }) => detail));
    const seen: (string | undefined)[] = [];
    let page = await store.trail({ limit: 100 });
    while (page.length > 0) {
      seen.push(...page.map(({ detail }) => detail));
      page = await store.trail({ limit: 100, before: page.at(-1) });
    }
    expect(seen).toEqual(events.map(({ detail }) => detail).toReversed());
  });

  test('answers while others write', async () => {
    const store = await (await make())();
    const names = Array.from({ length: 300 }, (__, index) => `user-${index}`);
    const written = people(store, ...names);
    await store.ping();
    const found = await store.user('user-299');
    expect(found === undefined || found.name === 'user-299').toBe(true);
    await written;
    expect(await store.users({ limit: 999 })).toHaveLength(300);
  });
});

describe.each(SQL)('%s', (_, make) => {
  test('finds every secret under another master key, part by part', async () => {
    const store = await (await make())();
    const names = Array.from({ length: 7 }, (__, index) => `user-${index}`);
    await people(store, ...names);
    expect(await store.sealedOtherwise('k1', { limit: 9 })).toEqual([]);
    expect(await store.sealedOtherwise('k', { limit: 9 })).toHaveLength(7);
    const first = await store.sealedOtherwise('k2', { limit: 3 });
    expect(first.map((secret) => secret.user)).toEqual(names.slice(0, 3));
    const [one] = first;
    const reseal = () => store.reseal(one!.serial, one!.user, one!.sealed, `1.k2.${one!.serial}`);
    expect([await reseal(), await reseal()]).toEqual([true, false]);
    const rest = await store.sealedOtherwise('k2', { after: first.at(-1), limit: 9 });
    expect(rest.map((secret) => secret.user)).toEqual(names.slice(3));
    expect(await store.sealedOtherwise('k2', { after: rest.at(-1), limit: 9 })).toEqual([]);
    expect(await store.sealedOtherwise('k2', { limit: 9 })).toHaveLength(6);
  });

  test('what is told is written with the change, and neither if telling fails', async () => {
    const store = await (await make())();
    await people(store, 'ann');
    await expect(store.changeUser('ann', { balance: 5 }, fails)).rejects.toThrow('no words');
    expect(await store.user('ann')).toMatchObject({ balance: 0 });
    const [one, other] = await Promise.all([
      store.changeUser('ann', { balance: 6 }, () => [told('ann'), told('ann')]),
      store.changeUser('bob', { balance: 6 }, (done) => (done ? [told('bob')] : [])),
    ]);
    expect([one, other]).toEqual([true, false]);
    expect([await trailOf(store, 'ann'), await trailOf(store, 'bob')]).toEqual([2, 0]);
  });

  test('an answer that could not be told has not been taken', async () => {
    const store = await (await make())();
    await people(store, 'ann');
    const record = login('ann', 'ANN');
    await store.openLogin(record, UNLIMITED, SILENT);
    await expect(store.finish(record.id, right(), fails)).rejects.toThrow('no words');
    expect(await store.finish(record.id, right(), SILENT)).toEqual({ outcome: 'finished', activated: false });
  });
});

describe.each(SHARED)('hosts that share %s', (_, make) => {
  test('what one has written the other reads at once', async () => {
    const open = await make();
    const [one, other] = [await open(), await open()];
    await people(one, 'ann');
    expect(await other.holding('ann', 'ANN')).toMatchObject({ user: 'ann', sealed: '1.k1.ANN' });
  });

  test('each has a chain of its own', async () => {
    const open = await make();
    const stores = [await open(), await open(), await open()];
    await Promise.all(stores.map((store, index) => store.tell([told(`user-${index}`)])));
    const heads = await stores[0]!.heads();
    expect(heads.map(({ place }) => place)).toEqual([2, 2, 2]);
    expect(heads.map(({ chain }) => chain)).toEqual(heads.map(({ chain }) => chain).toSorted());
    const page = await stores[1]!.trail({ limit: 1 });
    const rest = await stores[1]!.trail({ limit: 9, before: page[0] });
    expect([...page, ...rest].map(({ chain }) => chain)).toEqual(
      heads.map(({ chain }) => chain).toReversed(),
    );
  });

  test('no write is taken after it was closed, and none before is lost', async () => {
    const open = await make();
    const [store, other] = [await open(), await open()];
    const added = store.addUser(user('ann'), SILENT);
    const closed = store.close();
    await expect(store.addUser(user('bob'), SILENT)).rejects.toThrow('closed');
    expect(await added).toBe(true);
    await closed;
    expect((await other.users({ limit: 9 })).map(({ name }) => name)).toEqual(['ann']);
  });
});

describe('opening', () => {
  const file = () => join(temporaryFolder(), 'host.db');

  test('tables are made when asked, and only then', async () => {
    const database = file();
    await expect(openSqlStore({ database, vault: VAULT })).rejects.toMatchObject({ code: 'older-schema' });
    expect(await migrateDatabase(database)).toEqual({ from: 0, to: 2 });
    expect(await migrateDatabase(database)).toEqual({ from: 2, to: 2 });
    await (await openSqlStore({ database, vault: VAULT })).close();
  });

  test('a newer database is refused, whatever was asked', async () => {
    const database = file();
    await migrateDatabase(database);
    const opened = openSqlite(database);
    await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('0003-later', '')`.execute(
      opened.writes,
    );
    await opened.close();
    const refused = { name: 'HostError', code: 'newer-schema' };
    await expect(openSqlStore({ database, vault: VAULT })).rejects.toMatchObject(refused);
    await expect(openSqlStore({ database, vault: VAULT, migrate: true })).rejects.toMatchObject(refused);
    await expect(migrateDatabase(database)).rejects.toMatchObject(refused);
  });

  test('a file is its owner’s alone', async () => {
    const database = file();
    await migrateDatabase(database);
    const store = await openSqlStore({ database, vault: VAULT });
    await store.addUser(user('ann'), SILENT);
    for (const each of [database, `${database}-wal`]) expect(statSync(each).mode & 0o777).toBe(0o600);
    await store.close();
  });

  test('a file that is no database is refused and stays as it is', async () => {
    const database = file();
    writeFileSync(database, 'Dear diary, '.repeat(100));
    await expect(openSqlStore({ database, vault: VAULT, migrate: true })).rejects.toThrow('not a database');
    expect(readFileSync(database, 'utf8')).toMatch(/^Dear diary/);
  });

  test('a PostgreSQL that is not there is an error of opening', async () => {
    const database = 'postgres://nobody@127.0.0.1:1/none';
    await expect(openSqlStore({ database, vault: VAULT })).rejects.toThrow('ECONNREFUSED');
  });
});
