// Passwords that are not hashed, for scripts with made-up users.
import type { PasswordHasher } from './passwords.ts';

/**
 * Keeps passwords as they are: it costs nothing and protects nothing. Real hashing runs on threads, which finish in
 * another order each time; without it, a script with a scripted `random` sees the same challenges in every run.
 */
export const plainPasswords: PasswordHasher = {
  hash: async (password) => `plain ${password}`,
  verify: async (password, record) => record === `plain ${password}`,
  decoy: 'no password',
  costOf: () => 0,
  timeOf: async () => 0,
};
