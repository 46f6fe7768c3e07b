// What a login in progress waits for: whoever comes back to its page is shown it again.
import { attemptsLeft, type Login } from './challenge-desk.ts';
import { isUsable } from './device-life.ts';
import { HostError } from './error.ts';
import type { HostParts } from './host-parts.ts';
import { isLoginId } from './login-id.ts';
import type { LoginPurpose } from './store/store.ts';

/** A login that waits for a device to be chosen, or for an answer. */
export type PendingLogin = { readonly user: string; readonly purpose: LoginPurpose } & (
  | {
      readonly step: 'device';
      /** Serial numbers, in the order the devices became the user's. */
      readonly devices: readonly string[];
      readonly expiresAt: number;
    }
  | ({ readonly step: 'challenge' } & Omit<Login, 'id'>)
);

/** Logins in progress. */
export interface PendingLogins {
  /**
   * What a login waits for, whatever it is for. It changes nothing.
   * Refuses with `unknown-login`, `login-ended` or `challenge-expired`.
   */
  pending(login: string): Promise<PendingLogin>;
}

export function createPendingLogins({ clock, store, policy }: HostParts): PendingLogins {
  return {
    async pending(id) {
      const login = isLoginId(id) ? await store.login(id) : undefined;
      if (!login) throw new HostError('unknown-login');
      const { user, purpose, serial, challenge, attempts, expiresAt } = login;
      if (login.finished || attempts >= policy.wrongAnswersPerLogin) throw new HostError('login-ended');
      if (clock.now() >= expiresAt) throw new HostError('challenge-expired');
      const holdings = await store.holdings(user);
      if (serial === undefined || challenge === undefined) {
        const devices = holdings.filter(isUsable).map((holding) => holding.serial);
        return { step: 'device', user, purpose, devices, expiresAt };
      }
      const holding = holdings.find((each) => each.serial === serial);
      if (!holding) throw new HostError('unknown-login');
      const left = attemptsLeft(policy, { attempts, wrongInARow: holding.wrongInARow });
      return { step: 'challenge', user, purpose, challenge, serial, expiresAt, attemptsLeft: left };
    },
  };
}
