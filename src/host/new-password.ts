// A password that is chosen: what it must be from now on, wherever it is given.
import { HostError } from './error.ts';
import type { HostParts } from './host-parts.ts';

const LONGEST_PASSWORD = 1024;

/** Whether a text can be a password. Lone surrogates are refused: hashed, they would all be the same character. */
export const isPassword = (text: unknown): text is string =>
  typeof text === 'string' && text.length >= 1 && text.length <= LONGEST_PASSWORD && text.isWellFormed();

/** What a new password must be. */
export interface NewPasswords {
  /** The fewest characters a new password has here. */
  readonly leastPassword: number;
  /**
   * Whether a text may become a password of a user from now on; it changes nothing. Passwords that are in use already may
   * be shorter or commoner.
   * Refuses with `bad-password`, `contextual-password` or `common-password`.
   */
  checkNewPassword(password: string, user: string): Promise<void>;
}

export function createNewPasswords({
  policy,
  guessable,
}: Pick<HostParts, 'policy' | 'guessable'>): NewPasswords {
  const { leastPassword: least } = policy;
  return {
    leastPassword: least,

    async checkNewPassword(text: unknown, user) {
      if (!isPassword(text) || Array.from(text).length < least)
        throw new HostError('bad-password', { least });
      const fault = await guessable(text, user);
      if (fault) throw new HostError(fault);
    },
  };
}
