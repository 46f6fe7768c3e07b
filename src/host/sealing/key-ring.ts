// The host's master keys: one that seals now, and those before it, which still open what they sealed.
import { randomBytes } from 'node:crypto';
import { HostError } from '../error.ts';
import { hexToBytes } from '../hex.ts';

/** A master key. */
export interface MasterKey {
  /** Names it in every value it sealed: 1 to 16 lower-case letters or digits. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** Master keys by id; the active one seals. */
export interface KeyRing {
  readonly active: MasterKey;
  /** All of them, in the order they are written in. */
  readonly keys: readonly MasterKey[];
  find(id: string): MasterKey | undefined;
}

/** Where a key ring comes from. It may change while the host runs: several hosts get a new key one after the other. */
export interface KeySource {
  /** The ring as last read. */
  ring(): KeyRing;
  /** Reads it again. */
  reload(): Promise<void>;
}

const KEY_BYTES = 32;
const ID = /^[a-z0-9]{1,16}$/;
const KEY = /^[0-9a-f]{64}$/;

/**
 * Reads a key ring from JSON: `{"active": "k1", "keys": {"k1": "64 hexadecimal digits"}}`.
 *
 * @throws {HostError} `bad-key-ring`. Its message repeats nothing of the text.
 */
export function parseKeyRing(text: string): KeyRing {
  const { active, keys } = fields(text);
  if (typeof active !== 'string' || typeof keys !== 'object' || keys === null) {
    throw bad('it needs "active", the id of a key, and "keys", the keys by id');
  }
  const ring = new Map<string, MasterKey>();
  for (const [id, hex] of Object.entries(keys)) {
    if (!ID.test(id)) throw bad('an id must be 1 to 16 of a-z and 0-9');
    if (typeof hex !== 'string' || !KEY.test(hex)) throw bad('a key must be 64 hexadecimal digits');
    ring.set(id, { id, key: hexToBytes(hex) });
  }
  return keyRing(active, ring);
}

/** Writes a key ring as {@link parseKeyRing} reads it. Whoever reads the text can open what the host sealed. */
export function printKeyRing(active: string, keys: readonly MasterKey[]): string {
  const hex = keys.map(({ id, key }) => [id, Buffer.from(key).toString('hex')]);
  return `${JSON.stringify({ active, keys: Object.fromEntries(hex) }, undefined, 2)}\n`;
}

/** A new random master key. */
export const newMasterKey = (id: string): MasterKey => ({ id, key: Uint8Array.from(randomBytes(KEY_BYTES)) });

/** A ring of one new key that lasts as long as the process. */
export function passingKeys(): KeySource {
  const key = newMasterKey('k1');
  const ring = keyRing(key.id, new Map([[key.id, key]]));
  return { ring: () => ring, reload: () => Promise.resolve() };
}

function keyRing(active: string, keys: ReadonlyMap<string, MasterKey>): KeyRing {
  const first = keys.get(active);
  if (!first) throw bad('the active key is not among its keys');
  return { active: first, keys: [...keys.values()], find: (id) => keys.get(id) };
}

function fields(text: string): { active?: unknown; keys?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw bad('it is not JSON');
  }
}

const bad = (reason: string): HostError => new HostError('bad-key-ring', { reason });
