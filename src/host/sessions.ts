// Sessions: what a finished login gives. The token is the user's alone; the host keeps its hash.
import type { Actor } from './audit/event.ts';
import { hadFactor } from './had-factor.ts';
import type { Policy } from './policy.ts';
import type { HostClock } from './reply-time.ts';
import type { Role, SessionRecord, Store } from './store/store.ts';
import { newTimedName, timedHash } from './timed-name.ts';

/** Who is logged in. */
export interface SessionStatus {
  readonly user: string;
  readonly role: Role;
  /** A restricted session, from the password alone before the first device is activated, can only get and activate one. */
  readonly kind: 'full' | 'restricted';
  /** Serial number of the device that confirmed the login; undefined for a restricted session. */
  readonly serial: string | undefined;
  /** Milliseconds since 1970; from then on the session is none. It ends earlier if it is not used. */
  readonly expiresAt: number;
}

/** A session just opened. */
export interface Session extends Pick<SessionStatus, 'user' | 'kind' | 'expiresAt'> {
  /** 6 bytes of time and 32 random ones in base64url, 51 characters. Whoever has it is logged in. */
  readonly token: string;
  /** For a browser to keep: with it, what strangers try never slows its next login down. */
  readonly knownBrowser?: string | undefined;
}

/** One of a user's sessions, as its user sees it. Times are in milliseconds since 1970. */
export interface OpenSession extends Pick<SessionStatus, 'kind' | 'serial' | 'expiresAt'> {
  readonly openedAt: number;
  /** Near the last time it was used. */
  readonly seenAt: number;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

/** Sessions of a host. */
export interface Sessions {
  /** Whose session a token is; undefined for one that has expired, lay idle, was logged out or never was. */
  session(token: string): Promise<SessionStatus | undefined>;
  /** A user's sessions that have neither expired nor lain idle, the newest first; `token` is the one that asks. */
  openSessions(user: string, token?: string): Promise<readonly OpenSession[]>;
  /** Ends a session; does nothing if there is none. */
  logout(token: string): Promise<void>;
  /** Ends all sessions of a user but the one with this token; says how many. */
  logoutElsewhere(user: string, token?: string): Promise<number>;
}

const RANDOM_BYTES = 32;
const HASH_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{51}$/;
/** A session's last use is written down when it is later than what stands there by this much, in milliseconds. */
const SEEN_STEP = 60_000;

/** A new session, and the record of it that the host keeps. */
export function newSession(opened: Omit<SessionRecord, 'tokenHash' | 'seenAt'>): {
  session: Session;
  record: SessionRecord;
} {
  const { user, kind, expiresAt, openedAt } = opened;
  const token = newTimedName(openedAt, RANDOM_BYTES);
  return {
    session: { token, user, kind, expiresAt },
    record: { ...opened, tokenHash: hashToken(token), seenAt: openedAt },
  };
}

export function createSessions({
  clock,
  store,
  policy,
}: {
  clock: HostClock;
  store: Store;
  policy: Policy;
}): Sessions {
  return {
    async session(token) {
      const record = isToken(token) ? await store.session(hashToken(token)) : undefined;
      const now = clock.now();
      if (!record || !isOpen(record, now)) return undefined;
      const user = await store.user(record.user);
      if (!user || user.disabled) return undefined;
      // From the first active device on, the password alone opens nothing, also what it opened before.
      if (record.kind === 'restricted' && (await hadFactor(store, user, now))) return undefined;
      if (now >= record.seenAt + SEEN_STEP) await store.seen(record.tokenHash, now);
      const { kind, serial, expiresAt } = record;
      return { user: user.name, role: user.role, kind, serial, expiresAt };
    },

    async openSessions(user, token) {
      const asking = tokenHashOf(token);
      const now = clock.now();
      const holder = await store.user(user);
      const isRestricted = holder && !(await hadFactor(store, holder, now));
      return (await store.sessions(user))
        .filter((record) => isOpen(record, now) && (record.kind === 'full' || isRestricted))
        .map(({ tokenHash, kind, serial, openedAt, seenAt, expiresAt }) => {
          return { kind, serial, openedAt, seenAt, expiresAt, current: tokenHash === asking };
        });
    },

    async logout(token) {
      if (!isToken(token)) return;
      const record = await store.session(hashToken(token));
      if (!record) return;
      const { user } = record;
      await store.endSession(record.tokenHash, (ended) =>
        ended ? [{ at: clock.now(), event: 'session-ended', user, actor: `user:${user}` }] : [],
      );
    },

    async logoutElsewhere(user, token) {
      const actor: Actor = `user:${user}`;
      return store.endSessions(user, tokenHashOf(token), (ended) =>
        ended > 0
          ? [{ at: clock.now(), event: 'session-ended', user, actor, detail: `elsewhere: ${ended}` }]
          : [],
      );
    },
  };

  function isOpen({ expiresAt, seenAt }: SessionRecord, now: number): boolean {
    return now < expiresAt && now < seenAt + policy.sessionIdle;
  }
}

const isToken = (text: unknown): text is string => typeof text === 'string' && TOKEN.test(text);

/** By what the store finds the session of a token; undefined for what is none. */
export const tokenHashOf = (token: unknown): string | undefined =>
  isToken(token) ? hashToken(token) : undefined;

/**
 * What a session is found by, in hexadecimal: its time, and the token's hash. Who reads the store cannot use what is in it.
 * A token is random, so a plain SHA-256 does; salt and cost are for passwords, which people choose.
 */
const hashToken = (token: string): string => timedHash(token, HASH_BYTES);
