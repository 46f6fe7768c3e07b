// The list of common passwords, read and cut when the bundle is made: the package it is from is not shipped.
import type { Rolldown } from 'tsdown';
import { commonPasswords, LIST } from '../src/host/common-passwords.ts';

/** Puts the list in the place of the module that reads it: as a module of its package, for the notices. */
export const commonPasswordsInside: Rolldown.Plugin = {
  name: 'common-passwords-inside',
  load(id) {
    if (id.endsWith('/src/host/common-passwords.ts')) {
      return `export { commonPasswords } from ${JSON.stringify(LIST)};`;
    }
    const code = `export const commonPasswords = ${JSON.stringify(commonPasswords)};`;
    return id === LIST ? { code, moduleType: 'js' } : undefined;
  },
};
