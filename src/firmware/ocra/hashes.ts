// The noble hash of each name in a suite.
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { CHash } from '@noble/hashes/utils.js';
import type { HashName } from './suite.ts';

export const HASHES: Readonly<Record<HashName, CHash>> = { SHA1: sha1, SHA256: sha256, SHA512: sha512 };
