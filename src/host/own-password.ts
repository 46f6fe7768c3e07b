// A user's own change of password.
import type { Actor } from './audit/event.ts';
import { HostError } from './error.ts';
import type { HostParts } from './host-parts.ts';
import type { Origin } from './known-browser.ts';
import { createNewPasswords, isPassword } from './new-password.ts';
import { tokenHashOf } from './sessions.ts';
import type { UserRecord } from './store/store.ts';
import { admit, forgetTries, subjectOf } from './throttle.ts';

/** A change of password. */
export interface PasswordChange {
  readonly user: string;
  /** The one until now: who finds a session open must not take the user over. */
  readonly password: string;
  readonly newPassword: string;
  /** Token of the session in which it is changed. It goes on, all others of the user end; all do without it. */
  readonly session?: string | undefined;
  /** Where it comes from, for the audit trail. */
  readonly from?: Origin | undefined;
}

/** What a user does with the password, in a session. */
export interface OwnPassword {
  /**
   * Changes the password, and in the same step ends the user's other sessions and unfinished logins: who began one with
   * the old password is not let in by it. Wrong tries are slowed down as at a login, on a count of
   * their own: they delay nobody's login, and what strangers try at the login does not delay them.
   * Refuses with `bad-password`, `contextual-password` or `common-password` for the new one, and with `wrong-password` or
   * `too-many-tries`.
   */
  changePassword(change: PasswordChange): Promise<void>;
}

/** A record that was raised to today's cost meanwhile is read again; more often than this, something else is wrong. */
const MOST_TRIES = 3;

export function createOwnPassword(parts: HostParts): OwnPassword {
  const { clock, store, hasher, policy } = parts;
  const newPasswords = createNewPasswords(parts);

  return {
    async changePassword(asked) {
      const { user: name } = asked;
      await newPasswords.checkNewPassword(asked.newPassword, name);
      const subject = subjectOf('password-change', name);
      const admission = await store.strike(subject, (strike) =>
        admit(strike, clock.now(), policy.triesPerUser),
      );
      if (!admission.admitted) throw new HostError('too-many-tries', admission);
      await change(asked);
      await store.strike(subject, forgetTries);
    },
  };

  async function change({ user: name, password, newPassword, session, from }: PasswordChange): Promise<void> {
    const tokenHash = tokenHashOf(session);
    const actor: Actor = `user:${name}`;
    const told = { user: name, actor, address: from?.address };
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const user = await store.user(name);
      if (!(await isRight(user, password))) {
        await store.tell([
          { ...told, at: clock.now(), event: 'password-wrong', detail: 'change of password' },
        ]);
        break;
      }
      const record = await hasher.hash(newPassword);
      const changes = { password: record, passwordCost: hasher.costOf(record) };
      const changed = await store.changeUser(
        name,
        changes,
        (done) => (done ? [{ ...told, at: clock.now(), event: 'password-changed' }] : []),
        { ifPassword: user?.password, spares: tokenHash === undefined ? undefined : { tokenHash } },
      );
      if (changed) return;
    }
    throw new HostError('wrong-password');
  }

  async function isRight(user: UserRecord | undefined, password: string): Promise<boolean> {
    const matches = await hasher.verify(isPassword(password) ? password : '', user?.password ?? hasher.decoy);
    return matches && user?.disabled === false;
  }
}
