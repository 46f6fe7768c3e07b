// The host's master keys as they are written down.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newMasterKey, parseKeyRing, passingKeys, printKeyRing } from '../../../src/host/sealing/key-ring.ts';
import { HostError } from '../../../src/host/index.ts';

const HEX = 'ab'.repeat(32);
const text = (active: unknown, keys: unknown): string => JSON.stringify({ active, keys });

test.each([
  ['nothing', ''],
  ['no JSON', `{"active": "k1", "keys": {"k1": "${HEX}"}`],
  ['null', 'null'],
  ['a number', '7'],
  ['a text', `"${HEX}"`],
  ['a list', `["k1", "${HEX}"]`],
  ['no keys', JSON.stringify({ active: 'k1' })],
  ['keys that are null', text('k1', null)],
  ['no active key', JSON.stringify({ keys: { k1: HEX } })],
  ['an active key that is not there', text('k2', { k1: HEX })],
  ['an active key of everybody', text('toString', { k1: HEX })],
  ['an id with capitals', text('K1', { K1: HEX })],
  ['an id with a dot', text('k.1', { 'k.1': HEX })],
  ['no id', text('', { '': HEX })],
  ['a long id', text('k'.repeat(17), { ['k'.repeat(17)]: HEX })],
  ['an id of all objects', `{"active": "__proto__", "keys": {"__proto__": "${HEX}"}}`],
  ['a short key', text('k1', { k1: HEX.slice(2) })],
  ['a long key', text('k1', { k1: `${HEX}ab` })],
  ['a key in capitals', text('k1', { k1: HEX.toUpperCase() })],
  ['a key that is no hexadecimal', text('k1', { k1: 'g'.repeat(64) })],
  ['a key with a line end', text('k1', { k1: `${HEX}\n` })],
  ['a key that is no text', text('k1', { k1: 7 })],
  ['a bad key beside a good one', text('k1', { k1: HEX, k2: 'ab' })],
])('no key ring is %s, and the refusal repeats nothing of it', (_, given) => {
  let error: unknown;
  try {
    parseKeyRing(given);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(HostError);
  expect(error).toMatchObject({ code: 'bad-key-ring' });
  expect(String(error)).not.toContain(HEX.slice(0, 8));
});

test('what is printed is read again, every key and which is active', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,16}$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(ids, fc.nat(), (names, pick) => {
      const keys = names.map(newMasterKey);
      const active = names[pick % names.length]!;
      const ring = parseKeyRing(printKeyRing(active, keys));
      expect(ring.active.id).toBe(active);
      for (const { id, key } of keys) expect(ring.find(id)).toEqual({ id, key });
      expect(ring.find('not there')).toBeUndefined();
      expect(ring.find('__proto__')).toBeUndefined();
    }),
  );
});

test('new keys are 32 random bytes', () => {
  const [one, two] = [newMasterKey('k'), newMasterKey('k')];
  expect(one.key).toHaveLength(32);
  expect(one.key).not.toEqual(two.key);
  expect(passingKeys().ring().active.key).not.toEqual(passingKeys().ring().active.key);
});
