// What the host takes for a user and for a card.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createResponder, hashPin, parseSuite } from '../../src/firmware/ocra/index.ts';
import { MemoryStore, type NewCard } from '../../src/host/index.ts';
import { passingKeys } from '../../src/host/sealing/key-ring.ts';
import { createVault } from '../../src/host/sealing/vault.ts';
import { outcome, passwordOf, refusal, setting, SUITE } from './setting.ts';

const CARD: NewCard = { user: 'ann', serial: 'DSC-A', key: new Uint8Array(20).fill(1), pin: '1234' };

test.each(['', ' ', 'a b', 'ann\n', 'аnn', 'ann\0', 'x'.repeat(65), 'a/b', '.', '..', '-x', '_x', '@x'])(
  'no user can be named %j',
  async (name) => {
    const { host } = await setting({});
    expect(await outcome(host.addUser({ name, password: 'x' }))).toBe('bad-name');
  },
);

test.each(['a', 'Ann', 'ann.lee_2@example-bank.com', '7', 'constructor', 'x'.repeat(64)])(
  'a user can be named %j',
  async (name) => {
    const { host } = await setting({});
    await host.addUser({ name, password: passwordOf(name) });
    expect(await outcome(host.addUser({ name, password: 'other' }))).toBe('name-taken');
    expect(await outcome(host.begin({ name, password: passwordOf(name) }))).toBe('no-device');
  },
);

test.each(['', 'x'.repeat(1025), 'lone \ud800 surrogate'])('no password can be %j', async (password) => {
  const { host } = await setting({});
  expect(await outcome(host.addUser({ name: 'ann', password }))).toBe('bad-password');
});

test.each<[string, Partial<NewCard>]>([
  ['bad-serial', { serial: '' }],
  ['bad-serial', { serial: '-1' }],
  ['bad-serial', { serial: 'DSC A' }],
  ['bad-serial', { serial: 'DSC-A\n' }],
  ['bad-serial', { serial: '１２３' }],
  ['bad-serial', { serial: 'x'.repeat(33) }],
  ['bad-key', { key: new Uint8Array(15) }],
  ['bad-key', { key: new Uint8Array(65) }],
  ['bad-pin', { pin: '' }],
  ['bad-pin', { pin: '123' }],
  ['bad-pin', { pin: '12345' }],
  ['bad-pin', { pin: '12a4' }],
  ['bad-pin', { pin: '١٢٣٤' }],
  ['bad-pin', { pin: '1234\n' }],
  ['unknown-user', { user: 'bob' }],
  ['unknown-user', { user: 'ann\0' }],
])('%s: a card with %o is not enrolled', async (code, change) => {
  const { host } = await setting({ ann: [] });
  expect(await outcome(host.enrol({ ...CARD, ...change }))).toBe(code);
  expect(await outcome(host.device('DSC-A'))).toBe('unknown-device');
});

test.each([
  ['', 'algorithm'],
  ['OCRA-1:HOTP-SHA1-8:QN99-PSHA1', 'question'],
  ['OCRA-1:HOTP-SHA1-8:QA06-PSHA1', 'QN'],
  ['OCRA-1:HOTP-SHA1-8:QH06-PSHA1', 'QN'],
  ['OCRA-1:HOTP-SHA1-8:QN15-PSHA1', '14 digits'],
  ['OCRA-1:HOTP-SHA1-8:QN06', 'PIN'],
  ['OCRA-1:HOTP-SHA1-0:QN06-PSHA1', '4 to 10 digits'],
  ['OCRA-1:HOTP-SHA1-8:C-QN06-PSHA1', 'counter'],
  ['OCRA-1:HOTP-SHA1-8:QN06-PSHA1-S064', 'session'],
  ['OCRA-1:HOTP-SHA1-8:QN06-PSHA1-T1M', 'time'],
])('the host cannot use the suite %j, and says why', async (suite, why) => {
  const { host } = await setting({ ann: [] });
  const error = await refusal(host.enrol({ ...CARD, suite }));
  expect(error.code).toBe('unsuitable-suite');
  expect(error.message).toContain(why);
  expect(error.message.match(/suite:/g)).toHaveLength(1);
});

test('a serial number names one card of one user', async () => {
  const { host } = await setting({ ann: ['DSC-A'], bob: [] });
  expect(await outcome(host.enrol(CARD))).toBe('serial-taken');
  expect(await outcome(host.enrol({ ...CARD, user: 'bob' }))).toBe('serial-taken');
  expect((await host.device('DSC-A')).users).toEqual(['ann']);
});

test('a card has a key of its own: with another’s it could answer for that one', async () => {
  const { host } = await setting({ ann: [], bob: [] });
  await host.enrol(CARD);
  for (const user of ['ann', 'bob']) {
    expect(await outcome(host.enrol({ ...CARD, user, serial: 'DSC-B', pin: '4321' }))).toBe('key-taken');
  }
  expect(await outcome(host.device('DSC-B'))).toBe('unknown-device');
  const own = { serial: 'DSC-B', key: new Uint8Array(20).fill(2) };
  expect(await outcome(host.enrol({ ...CARD, ...own }))).toBe('granted');
});

test('two keys are the same if they give the same responses, as keys do that differ in zeros at the end', async () => {
  const key = fc.tuple(
    fc.uint8Array({ minLength: 16, maxLength: 18 }),
    fc.integer({ min: 0, max: 46 }),
    fc.boolean(),
  );
  await fc.assert(
    fc.asyncProperty(key, fc.constantFrom('SHA1', 'SHA512'), async ([start, zeros, changed], hash) => {
      const suite = `OCRA-1:HOTP-${hash}-10:QN06-PSHA1`;
      const other = new Uint8Array(start.length + zeros);
      other.set(start);
      if (changed) other[0]! ^= 1;
      const { host } = await setting({ ann: [] });
      await host.enrol({ ...CARD, suite, key: start });
      const [one, two] = [start, other].map((each) =>
        createResponder(parseSuite(suite), each)({ question: '123456', pin: '1234' }),
      );
      const expected = one === two ? 'key-taken' : 'granted';
      expect(await outcome(host.enrol({ ...CARD, suite, serial: 'DSC-B', key: other }))).toBe(expected);
    }),
  );
});

test('the host keeps the hash of the PIN, not the PIN, and that and the key only sealed', async () => {
  const store = new MemoryStore();
  const vault = createVault(passingKeys());
  const { host } = await setting({ ann: [] }, { store, vault });
  await host.enrol(CARD);
  const [holding] = await store.holdings('ann');
  expect(holding).toEqual({
    serial: 'DSC-A',
    kind: 'card',
    user: 'ann',
    suite: SUITE,
    keyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    sealed: expect.stringMatching(/^1\.k1\.[A-Za-z0-9_-]+$/),
    state: 'active',
    requestedAt: 0,
    mailedAt: 0,
    activatedAt: 0,
    wrongInARow: 0,
    revision: 0,
  });
  expect(Buffer.from(await vault.open(holding!.sealed, holding!))).toEqual(
    Buffer.concat([Uint8Array.of(20), CARD.key, hashPin(parseSuite(SUITE), '1234')]),
  );
});

test('the caller may wipe the key once the card is enrolled', async () => {
  const { host, begin, rightResponse } = await setting({ ann: [] });
  const key = new TextEncoder().encode('DSC-A'.padEnd(20, '.'));
  await host.enrol({ ...CARD, key });
  key.fill(0);
  const login = await begin('ann');
  expect(await outcome(host.answer({ login: login.id, response: rightResponse(login) }))).toBe('granted');
});

test('every four digits are a PIN, and no other one of them is right', async () => {
  const pin = fc.integer({ min: 0, max: 9999 }).map((value) => String(value).padStart(4, '0'));
  await fc.assert(
    fc.asyncProperty(pin, pin, async (chosen, typed) => {
      const { host, begin, respond } = await setting({ ann: [] });
      await host.enrol({ ...CARD, key: new TextEncoder().encode('DSC-A'.padEnd(20, '.')), pin: chosen });
      const login = await begin('ann');
      const response = respond('DSC-A', login.challenge, typed);
      const expected = response === respond('DSC-A', login.challenge, chosen) ? 'granted' : 'wrong-response';
      expect(await outcome(host.answer({ login: login.id, response }))).toBe(expected);
    }),
  );
});
