// What a store in memory remembers, and the changes that several of its methods make.
import type { LoginId } from '../login-id.ts';
import type { Strike } from '../throttle.ts';
import type { DeviceRecord, Holding, LoginRecord, SealedSecret, SessionRecord, UserRecord } from './store.ts';

/** A user as remembered. */
interface KeptUser extends UserRecord {
  /** Sealed secrets by serial, in the order the devices became the user's. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Records are never changed, only replaced: who holds one holds what was true when it was read, as with a database. */
export class MemoryRecords {
  readonly users = new Map<string, KeptUser>();
  readonly devices = new Map<string, DeviceRecord>();
  readonly keyHashes = new Set<string>();
  /** Challenges each device has had, by serial. */
  readonly challenges = new Map<string, Set<string>>();
  /** When an unblocking last made a user's unfinished logins forgotten. */
  readonly forgivenAt = new Map<string, number>();
  readonly logins = new Map<LoginId, LoginRecord>();
  readonly sessions = new Map<string, SessionRecord>();
  readonly strikes = new Map<string, Strike>();

  /** Whether a user is not disabled and has this password's record; true where none is asked for. */
  isStill(name: string, password: string | undefined): boolean {
    const user = this.users.get(name);
    return password === undefined || (user?.password === password && !user.disabled);
  }

  /** The device as each of its users has it, in the order of their names. */
  holders(serial: string): readonly Holding[] {
    const device = this.devices.get(serial);
    if (!device) return [];
    return [...this.users.values()]
      .flatMap(({ name, secrets }) => {
        const sealed = secrets.get(serial);
        return sealed === undefined ? [] : [{ ...device, user: name, sealed }];
      })
      .toSorted((one, other) => (one.user < other.user ? -1 : 1));
  }

  /** Gives a user the secret of a device, in place of the one there was. */
  give(serial: string, { user: name, sealed }: SealedSecret): void {
    const user = this.users.get(name);
    if (user) this.users.set(name, { ...user, secrets: new Map(user.secrets).set(serial, sealed) });
  }

  /** False if a device has the key. */
  takeKey(keyHash: string | undefined): boolean {
    if (keyHash === undefined) return true;
    if (this.keyHashes.has(keyHash)) return false;
    this.keyHashes.add(keyHash);
    return true;
  }

  /** False if the device has had the challenge. */
  takeChallenge(serial: string, challenge: string): boolean {
    const had = this.challenges.get(serial);
    if (!had || had.has(challenge)) return false;
    had.add(challenge);
    return true;
  }

  /** All who have the device have had a factor. */
  noteFactor(serial: string): void {
    for (const { user: name } of this.holders(serial)) {
      const user = this.users.get(name);
      if (user) this.users.set(name, { ...user, hadFactor: true });
    }
  }

  /** Ends all sessions of a user but one, and all logins; says how many sessions. */
  shutOut(name: string, but?: string): number {
    for (const [id, { user }] of this.logins) if (user === name) this.logins.delete(id);
    return this.dropSessions(name, but);
  }

  dropSessions(user: string, but?: string, serial?: string): number {
    const ended = [...this.sessions.values()].filter(
      (session) =>
        session.user === user &&
        session.tokenHash !== but &&
        (serial === undefined || session.serial === serial),
    );
    for (const { tokenHash } of ended) this.sessions.delete(tokenHash);
    return ended.length;
  }

  /** Drops what expired, or was last tried, before a time. */
  forget(time: number): void {
    dropOld(this.logins, ({ expiresAt }) => expiresAt < time);
    dropOld(this.sessions, ({ expiresAt }) => expiresAt < time);
    dropOld(this.strikes, ({ at }) => at < time);
  }
}

/** Records stand in the order they were added, which is nearly that of their age: look no further than needed. */
function dropOld<Id, Kept>(records: Map<Id, Kept>, isOld: (kept: Kept) => boolean): void {
  for (const [id, kept] of records) {
    if (!isOld(kept)) return;
    records.delete(id);
  }
}
