// Which new passwords are too easy to guess, for a service: the commonest ones, and those with a word of the context.
import { folded, hasContextWord } from './context-words.ts';

/** Why a password is too easy to guess. */
export type Guessable = 'common-password' | 'contextual-password';

/** Says of a new password of a user why it is too easy to guess; undefined if it is not. */
export type GuessableCheck = (password: string, user: string) => Promise<Guessable | undefined>;

/** Characters of a password at the least: OWASP ASVS 5.0, 6.2.1 asks for 8 and would rather have 15. */
export const LEAST_PASSWORD = 12;

/**
 * The check of a service whose passwords have {@link LEAST_PASSWORD} characters or more (OWASP ASVS 5.0, 6.2.4 and
 * 6.2.11). Shorter ones are not in its list.
 */
export const guessable: GuessableCheck = async (password, user) => {
  if (hasContextWord(password, user)) return 'contextual-password';
  // 0.6 MB that nothing needs before somebody chooses a password.
  const { commonPasswords } = await import('./common-passwords.ts');
  return commonPasswords.includes(`\n${folded(password)}\n`) ? 'common-password' : undefined;
};
