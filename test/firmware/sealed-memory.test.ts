import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCard } from '../../src/firmware/card.ts';
import { newContents, UNKNOWN, type Contents, type Identity } from '../../src/firmware/memory.ts';
import {
  BANK_RECORD,
  bankOffset,
  HEADER_BYTES,
  MEMORY_BYTES,
  SEQUENCE_BYTES,
  type KeySource,
} from '../../src/firmware/memory-format.ts';
import { DSC, DSC_PLUS, OCRA_CARD, PROFILES, type Profile } from '../../src/firmware/profiles.ts';
import { RamMedium } from '../../src/firmware/ram-medium.ts';
import { newMemoryImage, readHeader, SealedMemory } from '../../src/firmware/sealed-memory.ts';
import { VolatileMemory } from '../../src/firmware/volatile-memory.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { operate } from '../../src/ui/script/operator.ts';
import { FaultyMedium } from './faulty-medium.ts';
import { KEY } from './reference-card.ts';

const DEVICE_KEY = new Uint8Array(32).fill(0x5a);
const SALT = Uint8Array.from({ length: 16 }, (_, i) => i);
const FILLED: Contents = {
  key: Uint8Array.from(KEY),
  counter: 0x0123_4567_89ab_cdefn,
  powerOns: 12,
  responses: 11,
  battery: { charge: 24_321.5, at: 1_800_000_000_000 },
};

const identityOf = (profile: Profile, serial = 'DSC-1'): Identity => ({
  serial,
  profile,
  suite: profile.suite,
});

interface Made {
  readonly contents?: Contents;
  readonly identity?: Identity;
  readonly salt?: Uint8Array;
  readonly deviceKey?: Uint8Array;
  readonly source?: KeySource;
}

function imageOf({
  contents = FILLED,
  identity = identityOf(DSC_PLUS),
  salt = SALT,
  deviceKey = DEVICE_KEY,
  source = { kind: 'device' },
}: Made = {}): Uint8Array {
  return newMemoryImage({ source, salt, identity }, contents, deviceKey);
}

function open(bytes: Uint8Array, deviceKey: Uint8Array = DEVICE_KEY): SealedMemory {
  return new SealedMemory(new FaultyMedium(bytes), deviceKey);
}

/** The bytes with one of them changed. */
function changed(bytes: Uint8Array, at: number, by = 1): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ by;
  return copy;
}

const bankOf = (bytes: Uint8Array, bank: number): Uint8Array =>
  bytes.slice(bankOffset(bank), bankOffset(bank) + BANK_RECORD);

function withBank(bytes: Uint8Array, bank: number, record: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(record, bankOffset(bank));
  return copy;
}

const unreadable = expect.objectContaining({
  name: 'MemoryError',
  code: 'unreadable',
  message: 'neither bank of the memory can be read',
});

function refuses(bytes: Uint8Array, deviceKey?: Uint8Array): void {
  const memory = open(bytes, deviceKey);
  expect(() => memory.load()).toThrow(unreadable);
  expect(memory.identity.serial).toBe(UNKNOWN.serial);
}

const charges = fc.record({
  charge: fc.double({ min: 0, max: 1e6, noNaN: true }),
  at: fc.integer({ min: -8.64e15, max: 8.64e15 }),
});

const contents: fc.Arbitrary<Contents> = fc.record({
  key: fc.uint8Array({ minLength: 16, maxLength: 64 }),
  counter: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  powerOns: fc.maxSafeNat(),
  responses: fc.maxSafeNat(),
  battery: fc.option(charges, { nil: undefined }),
});

describe('what is kept', () => {
  test('comes back, through the image and through both banks', () => {
    fc.assert(
      fc.property(contents, contents, contents, fc.uint8Array({ minLength: 32, maxLength: 32 }), (...all) => {
        const [first, second, third, deviceKey] = all;
        const medium = new FaultyMedium(imageOf({ contents: first, deviceKey }));
        expect(new SealedMemory(medium, deviceKey).load()).toEqual(first);
        const memory = new SealedMemory(medium, deviceKey);
        for (const next of [second, third]) {
          memory.store(next);
          expect(memory.load()).toEqual(next);
          expect(new SealedMemory(medium, deviceKey).load()).toEqual(next);
        }
      }),
    );
  });

  test('the identity comes back, of a device of one’s own too', () => {
    for (const profile of PROFILES) {
      expect(open(imageOf({ identity: identityOf(profile) })).identity.profile).toBe(profile);
    }
    const own: Profile = { ...DSC, id: 'dsc', name: 'Own', pinLength: 6 };
    const identity = { serial: 'OWN-7', profile: own, suite: 'OCRA-1:HOTP-SHA256-8:C-QN06-PSHA1' };
    expect(open(imageOf({ identity })).identity).toEqual(identity);
  });

  test('the header comes back, where the device key comes from too', () => {
    for (const source of [{ kind: 'device' }, { kind: 'passphrase', logN: 17, r: 8, p: 1 }] as const) {
      const header = readHeader(imageOf({ source }));
      expect(header).toEqual({
        format: 2,
        source,
        salt: SALT,
        identity: identityOf(DSC_PLUS),
      });
    }
  });

  test('what does not begin as a memory does, or ends in the header, has none', () => {
    const image = imageOf();
    expect(readHeader(image.subarray(0, HEADER_BYTES))).toEqual(readHeader(image));
    expect(readHeader(image.subarray(0, HEADER_BYTES - 1))).toBeUndefined();
    for (let i = 0; i < 8; i++) expect(readHeader(changed(image, i, 0x20))).toBeUndefined();
  });

  test('writes go to the banks by turns, are numbered, and are as long whatever they say', () => {
    const medium = new FaultyMedium(imageOf());
    const memory = new SealedMemory(medium, DEVICE_KEY);
    expect(memory.sequence).toBe(2);
    for (const sequence of [3, 4, 5]) {
      const before = medium.bytes.slice();
      const bank = sequence % 2;
      expect(memory.store(newContents(KEY))).toEqual({ bank, sequence, length: BANK_RECORD });
      expect(medium.bytes).not.toEqual(before);
      expect(withBank(medium.bytes, bank, bankOf(before, bank))).toEqual(before);
    }
    expect(new SealedMemory(medium, DEVICE_KEY).sequence).toBe(5);
  });

  test('a profile too long for the header is refused', () => {
    const identity = identityOf({ ...DSC_PLUS, name: 'x'.repeat(4000) });
    expect(() => imageOf({ identity })).toThrow(
      expect.objectContaining({
        name: 'MemoryError',
        code: 'too-long',
        message: 'profile: must be at most 4062 bytes of JSON with serial and suite',
      }),
    );
    const longest = 4096 - 34 - JSON.stringify(identityOf({ ...DSC_PLUS, name: '' })).length;
    const fits = identityOf({ ...DSC_PLUS, name: 'x'.repeat(longest) });
    expect(open(imageOf({ identity: fits })).identity).toEqual(fits);
    expect(() => imageOf({ identity: identityOf({ ...DSC_PLUS, name: 'x'.repeat(longest + 1) }) })).toThrow();
  });
});

describe('banks', () => {
  const newer: Contents = { ...FILLED, responses: 12, counter: FILLED.counter + 1n };
  const [old, young] = [0, 1];

  /** A memory that was written once more. */
  function used(): Uint8Array {
    const medium = new FaultyMedium(imageOf());
    new SealedMemory(medium, DEVICE_KEY).store(newer);
    return medium.bytes;
  }

  test('the newest that is authentic wins', () => {
    const image = used();
    expect(open(image).load()).toEqual(newer);
  });

  test('one that is destroyed in any byte is passed over for the other', () => {
    const image = used();
    for (let i = 0; i < BANK_RECORD; i++) {
      for (const by of [1, 0x80, 0xff]) {
        expect(open(changed(image, bankOffset(young) + i, by)).load()).toEqual(FILLED);
        expect(open(changed(image, bankOffset(old) + i, by)).load()).toEqual(newer);
      }
    }
  });

  test('the next write goes over the one that is destroyed', () => {
    const image = used();
    const hurt = new FaultyMedium(changed(image, bankOffset(young) + 50));
    const memory = new SealedMemory(hurt, DEVICE_KEY);
    expect(memory.store(newer).bank).toBe(young);
    expect(bankOf(hurt.bytes, old)).toEqual(bankOf(image, old));
    expect(new SealedMemory(hurt, DEVICE_KEY).load()).toEqual(newer);
  });

  test('with both destroyed nothing can be read', () => {
    const image = used();
    fc.assert(
      fc.property(
        fc.nat(BANK_RECORD - 1),
        fc.nat(BANK_RECORD - 1),
        fc.integer({ min: 1, max: 255 }),
        (a, b, by) => {
          refuses(changed(changed(image, bankOffset(old) + a, by), bankOffset(young) + b, by));
        },
      ),
    );
  });

  test('a file that ends early is read as far as it goes, and never by mistake', () => {
    const image = used();
    expect(open(image.slice(0, bankOffset(1) + BANK_RECORD)).load()).toEqual(newer);
    expect(open(image.slice(0, bankOffset(1) + BANK_RECORD - 1)).load()).toEqual(FILLED);
    for (const length of [0, 7, 8, 33, HEADER_BYTES - 1, HEADER_BYTES, bankOffset(0) + BANK_RECORD - 1]) {
      refuses(image.slice(0, length));
    }
  });

  test('a bank moved to the other’s place is refused', () => {
    const image = used();
    refuses(withBank(withBank(image, 0, bankOf(image, 1)), 1, bankOf(image, 0)));
    expect(open(withBank(image, old, bankOf(image, young))).load()).toEqual(newer);
    expect(open(withBank(image, young, bankOf(image, old))).load()).toEqual(FILLED);
  });

  test('a bank with another number is refused', () => {
    const image = used();
    const renumbered = bankOf(image, young);
    renumbered[SEQUENCE_BYTES - 1] = 5;
    expect(open(withBank(image, young, renumbered)).load()).toEqual(FILLED);
  });

  test.each([
    ['another serial', { identity: identityOf(DSC_PLUS, 'DSC-2') }],
    ['another device', { identity: identityOf(DSC) }],
    ['another salt', { salt: changed(SALT, 15) }],
    ['another source of the device key', { source: { kind: 'passphrase', logN: 17, r: 8, p: 1 } as const }],
  ])('one moved to a card with %s is refused', (_, other) => {
    const image = used();
    const card = imageOf(other);
    expect(open(card).load()).toEqual(FILLED);
    expect(open(withBank(card, young, bankOf(image, young))).load()).toEqual(FILLED);
    refuses(withBank(withBank(card, young, bankOf(image, young)), old, bankOf(image, old)));
  });
});

describe('the seal', () => {
  test('holds for every byte of the header', () => {
    const image = imageOf();
    // Every one of those that say something; of the others, which are zero, enough of them.
    for (let i = 0; i < HEADER_BYTES; i += i < 256 ? 1 : 15) refuses(changed(image, i, 1 + (i % 255)));
  });

  test('opens with its own device key only', () => {
    const image = imageOf();
    for (let i = 0; i < 32; i++) refuses(image, changed(DEVICE_KEY, i));
    expect(() => open(image, new Uint8Array(31))).toThrow(new RangeError('deviceKey: must be 32 bytes'));
  });

  test('shows nothing of the key, the counter, the counts or the charge', () => {
    const image = imageOf();
    const bytes = Buffer.from(image);
    const eight = (value: bigint): Buffer => {
      const buffer = Buffer.alloc(8);
      buffer.writeBigUInt64BE(value);
      return buffer;
    };
    const charge = Buffer.alloc(8);
    charge.writeDoubleBE(24_321.5);
    for (const secret of [KEY, eight(FILLED.counter), eight(12n), eight(11n), charge]) {
      for (let i = 0; i + 4 <= secret.length; i += 4) {
        const part = secret.subarray(i, i + 4);
        // Zeros are everywhere, and tell nothing.
        if (part.some((byte) => byte !== 0 && byte !== 12 && byte !== 11))
          expect(bytes.includes(part)).toBe(false);
      }
      expect(bytes.subarray(HEADER_BYTES).includes(secret)).toBe(false);
    }
    expect(bytes.includes(KEY.toString('hex'))).toBe(false);
  });

  test('no two memories, and no two banks of one, share sealed bytes', () => {
    const image = imageOf();
    const others = [
      image,
      imageOf({ salt: changed(SALT, 0) }),
      imageOf({ identity: identityOf(DSC_PLUS, 'DSC-2') }),
    ];
    const seen = new Set<string>();
    for (const each of others) {
      for (const bank of [0, 1]) {
        const sealed = Buffer.from(bankOf(each, bank)).subarray(SEQUENCE_BYTES).toString('hex');
        for (let i = 0; i + 16 <= sealed.length; i += 16) {
          const block = sealed.slice(i, i + 16);
          expect(seen).not.toContain(block);
          seen.add(block);
        }
      }
    }
  });

  test('a write that comes again after a cut is no other: the nonce is the number, and GCM-SIV bears that', () => {
    const image = imageOf();
    const [one, same, other] = [
      newContents(KEY),
      newContents(KEY),
      { ...newContents(KEY), responses: 1 },
    ].map((written) => {
      const medium = new FaultyMedium(image);
      new SealedMemory(medium, DEVICE_KEY).store(written);
      return Buffer.from(bankOf(medium.bytes, 1)).toString('hex');
    });
    expect(same).toBe(one);
    expect(other?.slice(0, 16)).toBe(one?.slice(0, 16));
    expect(other?.slice(16, 48)).not.toBe(one?.slice(16, 48));
  });
});

describe('a card whose memory cannot be read', () => {
  const shown = (bytes: Uint8Array, deviceKey: Uint8Array = DEVICE_KEY): string => {
    const clock = new VirtualClock();
    const card = createCard({ memory: open(bytes, deviceKey), clock });
    operate(card, clock).switchOn();
    expect(card.state()).toBe('fault');
    return card.display();
  };
  const hurt = (image: Uint8Array): Uint8Array =>
    changed(changed(image, bankOffset(0) + 40), bankOffset(1) + 40);

  test.each([
    [DSC_PLUS, 'ERROR 2'],
    [DSC, 'Err 2'],
    [OCRA_CARD, 'Error 2'],
  ])('says so in the words of its device: $id', (profile, text) => {
    const image = imageOf({ identity: identityOf(profile) });
    expect(shown(hurt(image))).toBe(text);
    expect(shown(image, changed(DEVICE_KEY, 0))).toBe(text);
    expect(open(hurt(image)).identity).toEqual({ serial: 'UNKNOWN', profile, suite: profile.suite });
  });

  test('is taken for a DSC+ if the header says nothing that can be believed', () => {
    const own = imageOf({ identity: identityOf({ ...DSC, id: 'own' }) });
    const noJson = changed(imageOf({ identity: identityOf(DSC) }), 34);
    const nothing = new Uint8Array(MEMORY_BYTES);
    for (const image of [hurt(own), noJson, nothing, new Uint8Array()]) {
      expect(open(image).identity).toBe(UNKNOWN);
      expect(shown(image)).toBe('ERROR 2');
    }
  });

  test('of a later format says so too, and cannot be written', () => {
    const later = changed(imageOf(), 8, 2 ^ 3);
    expect(readHeader(later)?.format).toBe(3);
    expect(shown(later)).toBe('ERROR 2');
    expect(() => open(later).store(FILLED)).toThrow(
      expect.objectContaining({ code: 'unreadable', message: 'the memory has no header' }),
    );
  });

  test('finds out when it is switched on, if the memory goes bad while it is off', () => {
    const clock = new VirtualClock();
    const medium = new FaultyMedium(imageOf());
    const card = createCard({ memory: new SealedMemory(medium, DEVICE_KEY), clock });
    const hand = operate(card, clock);
    hand.switchOn();
    expect(card.display()).toBe('PIN>');
    hand.switchOff();
    medium.bytes.fill(0, bankOffset(0));
    hand.switchOn();
    expect(card.display()).toBe('ERROR 2');
  });
});

test('a medium may give Buffers, whose slices are no copies', () => {
  const bytes = Buffer.from(imageOf());
  const memory = new SealedMemory(
    {
      read: (offset, length) => bytes.subarray(offset, offset + length),
      write: (offset, record) => {
        bytes.set(record, offset);
      },
    },
    DEVICE_KEY,
  );
  const read = memory.load();
  memory.store({ ...read, responses: 12 });
  bytes.fill(0);
  expect(read).toEqual(FILLED);
});

test('an error of the medium itself, which may be of the file system, reaches who opens the memory', () => {
  const image = imageOf();
  for (const from of [0, bankOffset(0), bankOffset(1)]) {
    const read = (offset: number, length: number): Uint8Array =>
      offset >= from ? expect.fail('no such file') : image.slice(offset, offset + length);
    expect(() => new SealedMemory({ read, write: () => {} }, DEVICE_KEY)).toThrow('no such file');
  }
});

test('a memory in RAM keeps what is written, and what was read of it stays as it was', () => {
  const medium = new RamMedium(imageOf());
  const memory = new SealedMemory(medium, DEVICE_KEY);
  const before = medium.read(bankOffset(1), BANK_RECORD);
  expect(before).toEqual(bankOf(imageOf(), 1));
  const kept = before.slice();
  memory.store(newContents(KEY));
  expect(before).toEqual(kept);
  expect(new SealedMemory(medium, DEVICE_KEY).load()).toEqual(newContents(Uint8Array.from(KEY)));
});

test('a memory that is not sealed tells of its writes what a sealed one tells', () => {
  const sealed = open(imageOf());
  const { sequence, identity } = sealed;
  const volatile = new VolatileMemory(identity, FILLED, sequence);
  for (const next of [newContents(KEY), FILLED, newContents(KEY)]) {
    expect(volatile.store(next)).toEqual(sealed.store(next));
    expect(volatile.sequence).toBe(sealed.sequence);
    expect(volatile.load()).toEqual(next);
  }
});

describe('format 2, for ever', () => {
  // Written once; never to be written again: if a test here fails, cards that people have can no longer be read.
  const frozen = readFileSync(new URL('../fixtures/cards/format-2.card', import.meta.url));

  test('is read', () => {
    const memory = open(frozen);
    expect(memory.identity).toEqual({ serial: 'DSC-1', profile: DSC_PLUS, suite: DSC_PLUS.suite });
    expect(memory.load()).toEqual(FILLED);
  });

  test('is written, byte for byte', () => {
    expect(Buffer.from(imageOf()).equals(frozen)).toBe(true);
  });
});
