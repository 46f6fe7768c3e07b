// Secrets at rest: sealed with XChaCha20-Poly1305 under a key derived from the host's master key.
//
// A sealed value is text: `version.key id.nonce and ciphertext in base64url`. Whom it belongs to is authenticated, so that
// a value moved to another user or device does not open. The nonce is 192 random bits: enough for any number of values.
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { HostError } from '../error.ts';
import type { KeySource, MasterKey } from './key-ring.ts';

/** Whose secret it is. */
export interface Owner {
  readonly user: string;
  /** Serial number of the device. */
  readonly serial: string;
}

/** What a derived key is for; each purpose has its own. */
export type KeyPurpose = 'seal' | 'audit' | 'browser';

/** A key for one purpose, derived from a master key. */
interface DerivedKey {
  /** The master key's. */
  readonly id: string;
  /** 32 bytes, for HMAC. */
  readonly key: KeyObject;
}

export interface Vault {
  /** Seals a secret under the active key. */
  seal(secret: Uint8Array, owner: Owner): string;
  /**
   * Opens a sealed secret; reads the key ring again if it does not know the key.
   * Refuses with `unknown-master-key` or `damaged-secret`.
   */
  open(sealed: string, owner: Owner): Promise<Uint8Array>;
  /** The same secret under the active key; undefined if it is sealed under that already. Refuses as `open`. */
  reseal(sealed: string, owner: Owner): Promise<string | undefined>;
  /** The key for a purpose under the active master key. */
  activeKey(purpose: KeyPurpose): DerivedKey;
  /** The key for a purpose under the master key of this id; undefined if the ring has none. */
  deriveKey(purpose: KeyPurpose, id: string): DerivedKey | undefined;
  /** Reads the key ring again. */
  reload(): Promise<void>;
}

/** A derived key, as the cipher takes it and as HMAC does. */
interface KeyForms {
  readonly bytes: Uint8Array;
  /** For Node's HMAC, which takes eight times as long with bytes. */
  readonly object: KeyObject;
}

const VERSION = '1';
const NONCE_BYTES = 24;
const SEALED = /^1\.([a-z0-9]{1,16})\.([A-Za-z0-9_-]+)$/;

export function createVault(source: KeySource): Vault {
  const derived = new WeakMap<MasterKey, Map<KeyPurpose, KeyForms>>();

  const vault: Vault = {
    seal(secret, owner) {
      const master = source.ring().active;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = xchacha20poly1305(derive(master, 'seal').bytes, nonce, authenticated(master.id, owner));
      return `${VERSION}.${master.id}.${Buffer.concat([nonce, cipher.encrypt(secret)]).toString('base64url')}`;
    },

    async open(sealed, owner) {
      const [, id = '', text = ''] = SEALED.exec(sealed) ?? [];
      if (id === '') throw new HostError('damaged-secret');
      if (!source.ring().find(id)) await source.reload();
      const master = source.ring().find(id);
      if (!master) throw new HostError('unknown-master-key', { reason: id });
      const bytes = Buffer.from(text, 'base64url');
      // Base64 may have bits at its end that mean nothing; a value that was changed there was changed too.
      if (bytes.length < NONCE_BYTES || bytes.toString('base64url') !== text)
        throw new HostError('damaged-secret');
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const cipher = xchacha20poly1305(derive(master, 'seal').bytes, nonce, authenticated(id, owner));
      try {
        return cipher.decrypt(bytes.subarray(NONCE_BYTES));
      } catch {
        throw new HostError('damaged-secret');
      }
    },

    async reseal(sealed, owner) {
      if (sealed.split('.')[1] === source.ring().active.id) return undefined;
      return vault.seal(await vault.open(sealed, owner), owner);
    },

    activeKey(purpose) {
      const { active } = source.ring();
      return { id: active.id, key: derive(active, purpose).object };
    },

    deriveKey(purpose, id) {
      const master = source.ring().find(id);
      return master && { id: master.id, key: derive(master, purpose).object };
    },

    reload: () => source.reload(),
  };
  return vault;

  function derive(master: MasterKey, purpose: KeyPurpose): KeyForms {
    const keys = derived.get(master) ?? new Map<KeyPurpose, KeyForms>();
    derived.set(master, keys);
    let key = keys.get(purpose);
    if (!key) {
      const bytes = hkdf(sha256, master.key, undefined, infoFor(purpose), 32);
      key = { bytes, object: createSecretKey(bytes) };
      keys.set(purpose, key);
    }
    return key;
  }
}

/** JSON, so that no two owners give the same bytes. */
const authenticated = (keyId: string, { user, serial }: Owner): Uint8Array =>
  new TextEncoder().encode(JSON.stringify([VERSION, keyId, user, serial]));

const infoFor = (purpose: KeyPurpose): Uint8Array => new TextEncoder().encode(`dsc-plus host ${purpose}`);
