// The bytes of a sealed memory: a header that never changes, and two banks. docs/memory-format.md is the same in words.
import { bytesToUtf8, createView, utf8ToBytes } from '@noble/ciphers/utils.js';
import { KEY_BYTES } from './ocra/index.ts';
import { MemoryError, type Contents, type Identity } from './memory.ts';
import { PROFILES, type Profile } from './profiles.ts';

/** The format this firmware writes. Format 1 was JSON, unsealed. */
export const FORMAT = 2;

/** Header and banks stand on pages of their own, so that a write that goes wrong can harm one bank only. */
const PAGE = 4096;

/** Bytes of a memory. */
export const MEMORY_BYTES = 3 * PAGE;

/** Where a bank begins. */
export const bankOffset = (bank: number): number => (1 + bank) * PAGE;

/** Bytes of the header. */
export const HEADER_BYTES = PAGE;

const MAGIC = utf8ToBytes('DSC-CARD');
const SALT_BYTES = 16;

/** Offsets in the header. */
const AT = { format: 8, source: 9, logN: 10, r: 11, p: 12, salt: 16, length: 32, identity: 34 } as const;

/** Where the device key comes from that a memory is sealed under. */
export type KeySource =
  | { readonly kind: 'device' }
  /** From a passphrase, by scrypt with these parameters (RFC 7914) and the header's salt. */
  | { readonly kind: 'passphrase'; readonly logN: number; readonly r: number; readonly p: number };

/** What stands before the banks, for everybody to read. */
export interface Header {
  readonly format: number;
  readonly source: KeySource;
  /** 16 random bytes, so that no two memories are sealed under one key. */
  readonly salt: Uint8Array;
  readonly identity: Identity;
}

/**
 * The header's bytes.
 *
 * @throws {MemoryError} `too-long` for a profile too long for it.
 */
export function printHeader({ source, salt, identity }: Omit<Header, 'format'>): Uint8Array {
  const { serial, suite, profile } = identity;
  const isKnown = PROFILES.includes(profile);
  const text = utf8ToBytes(JSON.stringify({ serial, suite, profile: isKnown ? profile.id : profile }));
  if (AT.identity + text.length > PAGE) {
    throw new MemoryError(
      'too-long',
      `profile: must be at most ${PAGE - AT.identity} bytes of JSON with serial and suite`,
    );
  }
  const bytes = new Uint8Array(PAGE);
  bytes.set(MAGIC);
  bytes[AT.format] = FORMAT;
  if (source.kind === 'passphrase') bytes.set([1, source.logN, source.r, source.p], AT.source);
  bytes.set(salt.subarray(0, SALT_BYTES), AT.salt);
  createView(bytes).setUint16(AT.length, text.length);
  bytes.set(text, AT.identity);
  return bytes;
}

/**
 * Reads a header. Anybody may have written it: what it says of the card holds only once a bank has authenticated it.
 *
 * @returns undefined for what is none.
 */
export function parseHeader(bytes: Uint8Array): Header | undefined {
  if (bytes.length < PAGE || MAGIC.some((byte, i) => bytes[i] !== byte)) return undefined;
  const at = (offset: number): number => bytes[offset] ?? 0;
  const source: KeySource =
    at(AT.source) === 0
      ? { kind: 'device' }
      : { kind: 'passphrase', logN: at(AT.logN), r: at(AT.r), p: at(AT.p) };
  const identity = parseIdentity(
    bytes.subarray(AT.identity, AT.identity + createView(bytes).getUint16(AT.length)),
  );
  return { format: at(AT.format), source, salt: bytes.slice(AT.salt, AT.salt + SALT_BYTES), identity };
}

function parseIdentity(bytes: Uint8Array): Identity {
  const json = JSON.parse(bytesToUtf8(bytes)) as Identity & { readonly profile: Profile | string };
  const { serial, suite, profile } = json;
  const known = PROFILES.find(({ id }) => id === profile);
  return { serial, suite, profile: known ?? profile };
}

/** Offsets in what a bank seals. All numbers are big-endian. */
const IN = {
  counter: 0,
  powerOns: 8,
  responses: 16,
  drains: 24,
  charge: 25,
  chargedAt: 33,
  keyLength: 41,
  key: 42,
} as const;

/** Bytes that a bank seals: always as many, so that the length of a write tells nothing. */
const CONTENTS_BYTES = IN.key + KEY_BYTES.most;

/** Bytes of a bank's clear sequence number, and of the seal's tag. */
export const SEQUENCE_BYTES = 8;
const TAG_BYTES = 16;

/** Bytes of a bank's record. */
export const BANK_RECORD = SEQUENCE_BYTES + CONTENTS_BYTES + TAG_BYTES;

/** The bytes of the contents. */
export function printContents({ key, counter, powerOns, responses, battery }: Contents): Uint8Array {
  const bytes = new Uint8Array(CONTENTS_BYTES);
  const view = createView(bytes);
  view.setBigUint64(IN.counter, counter);
  view.setBigUint64(IN.powerOns, BigInt(powerOns));
  view.setBigUint64(IN.responses, BigInt(responses));
  if (battery) {
    view.setUint8(IN.drains, 1);
    view.setFloat64(IN.charge, battery.charge);
    view.setFloat64(IN.chargedAt, battery.at);
  }
  view.setUint8(IN.keyLength, key.length);
  bytes.set(key, IN.key);
  return bytes;
}

/** Reads contents that have been authenticated. */
export function parseContents(bytes: Uint8Array): Contents {
  const view = createView(bytes);
  const drains = view.getUint8(IN.drains) === 1;
  return {
    counter: view.getBigUint64(IN.counter),
    powerOns: Number(view.getBigUint64(IN.powerOns)),
    responses: Number(view.getBigUint64(IN.responses)),
    battery: drains ? { charge: view.getFloat64(IN.charge), at: view.getFloat64(IN.chargedAt) } : undefined,
    key: bytes.slice(IN.key, IN.key + view.getUint8(IN.keyLength)),
  };
}
