// docs/memory-format.md, read as somebody would who writes a reader of their own: what it says is in a real memory.
import { createHash, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gcmsiv } from '@noble/ciphers/aes.js';
import { expect, test } from 'vitest';
import type { Contents, Identity } from '../../src/firmware/memory.ts';
import type { Medium } from '../../src/firmware/medium.ts';
import { FORMAT, type KeySource } from '../../src/firmware/memory-format.ts';
import { DSC, DSC_PLUS, OCRA_CARD, type Profile } from '../../src/firmware/profiles.ts';
import { newMemoryImage, SealedMemory } from '../../src/firmware/sealed-memory.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/memory-format.md'), 'utf8');

interface Place {
  readonly offset: number;
  /** Undefined for what is as long as another field says. */
  readonly bytes: number | undefined;
}

/** All rows of tables that say name, offset and bytes. */
const places = new Map<string, Place>(
  page.split('\n').flatMap((line) => {
    const [, name = '', offset, bytes] =
      /^\| `?([A-Za-z]+(?: [01])?)`? +\| (\d+) +\| (\d+|-) +\|/.exec(line) ?? [];
    return offset === undefined
      ? []
      : [[name, { offset: Number(offset), bytes: bytes === '-' ? undefined : Number(bytes) }] as const];
  }),
);

function place(name: string): Place {
  const found = places.get(name);
  if (!found) throw new Error(`the page has no row ${name}`);
  return found;
}

function field(bytes: Uint8Array, name: string): Buffer {
  const { offset, bytes: length } = place(name);
  return Buffer.from(bytes.subarray(offset, length === undefined ? undefined : offset + length));
}

const DEVICE_KEY = new Uint8Array(32).map((_, index) => index + 1);
const SALT = new Uint8Array(16).fill(0xab);
const CONTENTS: Contents = {
  key: new Uint8Array(20).fill(0x5a),
  counter: 2n ** 63n + 5n,
  powerOns: 300,
  responses: 70_000,
  battery: { charge: 12_345.5, at: 1_790_000_000_123 },
};
const identity = (profile: Profile): Identity => ({ serial: 'DSC-00000001', profile, suite: profile.suite });

function imageOf(profile: Profile, source: KeySource, contents = CONTENTS): Uint8Array {
  return newMemoryImage({ source, salt: SALT, identity: identity(profile) }, contents, DEVICE_KEY);
}

/** Opens a bank by what the page says, with another implementation of HKDF and SHA-256. */
function open(image: Uint8Array, bank: 0 | 1): Buffer {
  const record = field(image, `bank ${bank}`);
  const key = hkdfSync('sha256', DEVICE_KEY, field(image, 'salt'), 'dsc-plus card memory', 32);
  const nonce = Buffer.concat([Buffer.alloc(4), field(record, 'sequence')]);
  const header = createHash('sha256').update(field(image, 'header')).digest();
  const sealed = Buffer.concat([field(record, 'sealed'), field(record, 'tag')]);
  return Buffer.from(gcmsiv(new Uint8Array(key), nonce, header).decrypt(sealed));
}

test('the parts fill the memory, each on a page of its own', () => {
  expect(imageOf(DSC, { kind: 'device' })).toHaveLength(12_288);
  expect(page).toContain('format 2, 12,288 bytes');
  expect(FORMAT).toBe(2);
  expect(['header', 'bank 0', 'bank 1'].map((part) => place(part).offset)).toEqual([0, 4096, 8192]);
});

test('the header says what the page says', () => {
  const image = imageOf(DSC, { kind: 'passphrase', logN: 17, r: 8, p: 1 });
  expect(field(image, 'magic').toString('latin1')).toBe('DSC-CARD');
  expect(['format', 'source', 'logN', 'r', 'p'].map((name) => field(image, name)[0])).toEqual([
    2, 1, 17, 8, 1,
  ]);
  expect(field(image, 'salt')).toEqual(Buffer.from(SALT));
  const length = field(image, 'length').readUInt16BE();
  const { offset } = place('identity');
  expect(JSON.parse(Buffer.from(image.subarray(offset, offset + length)).toString())).toEqual({
    serial: 'DSC-00000001',
    suite: DSC.suite,
    profile: 'dsc',
  });
  expect(place('header').bytes).toBe(4096);
  expect(image.subarray(offset + length, 4096).every((byte) => byte === 0)).toBe(true);
});

test('a device key has no parameters, and a profile of one’s own is there whole', () => {
  const mine = { ...OCRA_CARD, id: 'mine', name: 'Größer' };
  const image = imageOf(mine, { kind: 'device' });
  expect(['source', 'logN', 'r', 'p'].map((name) => field(image, name)[0])).toEqual([0, 0, 0, 0]);
  const length = field(image, 'length').readUInt16BE();
  const { offset } = place('identity');
  const { profile } = JSON.parse(Buffer.from(image.subarray(offset, offset + length)).toString()) as Identity;
  expect(profile).toEqual(mine);
});

test('an identity has the room that the page says', () => {
  const longer = (by: number) => () =>
    imageOf({ ...DSC_PLUS, name: DSC_PLUS.name.padEnd(DSC_PLUS.name.length + by, 'x') }, { kind: 'device' });
  const { serial, suite, profile } = identity({ ...DSC_PLUS });
  const room = 4062 - JSON.stringify({ serial, suite, profile }).length;
  expect(page).toContain('at most 4062');
  expect(longer(room)).not.toThrow();
  expect(longer(room + 1)).toThrow('at most 4062 bytes');
});

test('both banks of a new memory hold the contents, field by field', () => {
  const image = imageOf(DSC_PLUS, { kind: 'device' });
  for (const bank of [0, 1] as const) {
    expect(field(field(image, `bank ${bank}`), 'sequence').readBigUInt64BE()).toBe(bank === 1 ? 1n : 2n);
    const contents = open(image, bank);
    expect(contents).toHaveLength(106);
    expect(field(contents, 'counter').readBigUInt64BE()).toBe(CONTENTS.counter);
    expect(field(contents, 'powerOns').readBigUInt64BE()).toBe(300n);
    expect(field(contents, 'responses').readBigUInt64BE()).toBe(70_000n);
    expect(field(contents, 'drains')[0]).toBe(1);
    expect(field(contents, 'charge').readDoubleBE()).toBe(12_345.5);
    expect(field(contents, 'chargedAt').readDoubleBE()).toBe(1_790_000_000_123);
    expect(field(contents, 'keyLength')[0]).toBe(20);
    expect(field(contents, 'key').toString('hex')).toBe('5a'.repeat(20) + '00'.repeat(44));
  }
  const forever = open(imageOf(DSC_PLUS, { kind: 'device' }, { ...CONTENTS, battery: undefined }), 0);
  expect([...field(forever, 'drains'), ...field(forever, 'charge'), ...field(forever, 'chargedAt')]).toEqual(
    Array.from({ length: 17 }, () => 0),
  );
});

test('writes go to the banks by turns, and the record is as long as the page says', () => {
  const image = imageOf(DSC_PLUS, { kind: 'device' });
  const medium: Medium = {
    read: (offset, length) => image.slice(offset, offset + length),
    write: (offset, bytes) => image.set(bytes, offset),
  };
  const memory = new SealedMemory(medium, DEVICE_KEY);
  const { bytes: length } = place('bank 0');
  expect(memory.store(CONTENTS)).toEqual({ bank: 1, sequence: 3, length });
  expect(memory.store({ ...CONTENTS, responses: 9 })).toEqual({ bank: 0, sequence: 4, length });
  expect(field(open(image, 0), 'responses').readBigUInt64BE()).toBe(9n);
});

test('a change of any byte of the header keeps both banks shut', () => {
  for (let at = 0; at < 4096; at += 1) {
    if (at > 600 && at % 97 > 0) continue;
    const image = imageOf(DSC_PLUS, { kind: 'device' });
    image.set([(image[at] ?? 0) ^ 1], at);
    const medium: Medium = {
      read: (offset, length) => image.slice(offset, offset + length),
      write: () => {},
    };
    expect(() => new SealedMemory(medium, DEVICE_KEY).load(), `byte ${at}`).toThrow('neither bank');
  }
});
