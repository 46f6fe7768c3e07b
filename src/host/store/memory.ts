// A store that lasts as long as the process. No method awaits anything, so each runs to its end before another begins.
import { chainBegun, createAuditChain, type AuditChain } from '../audit/chain.ts';
import type { AuditEntry, AuditEvent, ChainHead } from '../audit/event.ts';
import { moved } from '../device-life.ts';
import type { LoginId } from '../login-id.ts';
import { passingKeys } from '../sealing/key-ring.ts';
import { createVault } from '../sealing/vault.ts';
import type { Strike } from '../throttle.ts';
import type {
  DeviceChange,
  DeviceRecord,
  Holding,
  LoginAtDevice,
  LoginRecord,
  Opening,
  Page,
  Right,
  RightAnswer,
  SealedSecret,
  SessionRecord,
  Store,
  Telling,
  TrailPage,
  UserChanges,
  UserRecord,
  UserTerms,
  Wrong,
} from './store.ts';
import { LOOKED_AT, unfinished } from './unfinished.ts';

/** A user as remembered. */
interface KeptUser extends UserRecord {
  /** Sealed secrets by serial, in the order the devices became the user's. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Records are never changed, only replaced: who holds one holds what was true when it was read, as with a database. */
export class MemoryStore implements Store {
  readonly #users = new Map<string, KeptUser>();
  readonly #devices = new Map<string, DeviceRecord>();
  readonly #keyHashes = new Set<string>();
  /** Challenges each device has had, by serial. */
  readonly #challenges = new Map<string, Set<string>>();
  /** When an unblocking last made a user's unfinished logins forgotten. */
  readonly #forgivenAt = new Map<string, number>();
  readonly #logins = new Map<LoginId, LoginRecord>();
  readonly #sessions = new Map<string, SessionRecord>();
  readonly #strikes = new Map<string, Strike>();
  readonly #trail: AuditEntry[] = [];
  readonly #chain: AuditChain;

  /** @param chain - links the audit trail; by default under a key that is gone with the process. */
  constructor(chain: AuditChain = createAuditChain(createVault(passingKeys()))) {
    this.#chain = chain;
  }

  async addUser(user: UserRecord, tell: Telling<boolean>): Promise<boolean> {
    const isNew = !this.#users.has(user.name);
    if (isNew) this.#users.set(user.name, { ...user, secrets: new Map() });
    return this.#told(tell, isNew);
  }

  async user(name: string): Promise<UserRecord | undefined> {
    return this.#users.get(name);
  }

  async users({ after, limit }: Page): Promise<readonly UserRecord[]> {
    return pageOf(this.#users, after, limit);
  }

  async changeUser(
    name: string,
    changes: UserChanges,
    tell: Telling<boolean>,
    { ifPassword, spares }: UserTerms = {},
  ): Promise<boolean> {
    const user = this.#users.get(name);
    if (!user || (ifPassword !== undefined && user.password !== ifPassword)) return this.#told(tell, false);
    this.#users.set(name, { ...user, ...changes });
    const shutsOut = changes.disabled === true || changes.password !== undefined;
    if (shutsOut && spares !== 'everything') this.#shutOut(name, spares?.tokenHash);
    return this.#told(tell, true);
  }

  async dearestPassword(): Promise<number> {
    return [...this.#users.values()].reduce((dearest, user) => Math.max(dearest, user.passwordCost), 0);
  }

  async addDevice(
    device: DeviceRecord,
    secret: SealedSecret,
    tell: Telling<'added' | 'serial-taken' | 'key-taken'>,
  ): Promise<'added' | 'serial-taken' | 'key-taken'> {
    if (this.#devices.has(device.serial)) return this.#told(tell, 'serial-taken');
    if (!this.#takeKey(device.keyHash)) return this.#told(tell, 'key-taken');
    this.#devices.set(device.serial, device);
    this.#challenges.set(device.serial, new Set());
    this.#give(device.serial, secret);
    if (device.activatedAt !== undefined) this.#noteFactor(device.serial);
    return this.#told(tell, 'added');
  }

  async device(serial: string): Promise<DeviceRecord | undefined> {
    return this.#devices.get(serial);
  }

  async devices({ after, limit }: Page): Promise<readonly DeviceRecord[]> {
    return pageOf(this.#devices, after, limit);
  }

  async holders(serial: string): Promise<readonly Holding[]> {
    return this.#holders(serial);
  }

  async holdings(user: string): Promise<readonly Holding[]> {
    const secrets = this.#users.get(user)?.secrets ?? new Map<string, string>();
    return [...secrets].flatMap(([serial, sealed]) => {
      const device = this.#devices.get(serial);
      return device ? [{ ...device, user, sealed }] : [];
    });
  }

  async holding(user: string, serial: string): Promise<Holding | undefined> {
    return (await this.holdings(user)).find((holding) => holding.serial === serial);
  }

  async changeDevice(
    serial: string,
    revision: number,
    { secrets = [], hadFactor, ...change }: DeviceChange,
    tell: Telling<'changed' | 'device-changed' | 'key-taken'>,
  ): Promise<'changed' | 'device-changed' | 'key-taken'> {
    const device = this.#devices.get(serial);
    if (device?.revision !== revision) return this.#told(tell, 'device-changed');
    if (!this.#takeKey(change.keyHash)) return this.#told(tell, 'key-taken');
    this.#devices.set(serial, { ...device, ...change, revision: revision + 1 });
    for (const secret of secrets) this.#give(serial, secret);
    if (hadFactor) this.#noteFactor(serial);
    return this.#told(tell, 'changed');
  }

  async share(serial: string, secret: SealedSecret, tell: Telling<boolean>): Promise<boolean> {
    const user = this.#users.get(secret.user);
    const isActive = this.#devices.get(serial)?.state === 'active';
    if (!isActive || !user || user.secrets.has(serial)) return this.#told(tell, false);
    this.#give(serial, secret);
    this.#noteFactor(serial);
    return this.#told(tell, true);
  }

  async unshare(serial: string, name: string, tell: Telling<boolean>): Promise<boolean> {
    const user = this.#users.get(name);
    if (!user?.secrets.has(serial) || this.#holders(serial).length === 1) return this.#told(tell, false);
    const secrets = new Map(user.secrets);
    secrets.delete(serial);
    this.#users.set(name, { ...user, secrets });
    return this.#told(tell, true);
  }

  async unblock(serial: string, at: number, tell: Telling<boolean>): Promise<boolean> {
    const device = this.#devices.get(serial);
    if (!device) return this.#told(tell, false);
    this.#devices.set(serial, {
      ...device,
      wrongInARow: 0,
      state: device.state === 'blocked' ? moved(device, 'unblock') : device.state,
    });
    for (const { user } of this.#holders(serial)) this.#forgivenAt.set(user, at);
    return this.#told(tell, true);
  }

  async openLogin(
    login: LoginRecord,
    limit: { max: number; window: number },
    tell: Telling<Opening>,
  ): Promise<Opening> {
    return this.#told(tell, this.#openLogin(login, limit));
  }

  #openLogin(login: LoginRecord, limit: { max: number; window: number }): Opening {
    const { serial, challenge } = login;
    const since = Math.max(login.issuedAt - limit.window, this.#forgivenAt.get(login.user) ?? -Infinity);
    const newest = [...this.#logins.values()]
      .filter(({ user, issuedAt }) => user === login.user && issuedAt > since)
      .toSorted((one, other) => other.issuedAt - one.issuedAt)
      .slice(0, limit.max * LOOKED_AT);
    const begun = unfinished(newest);
    if (begun.length >= limit.max) {
      return { outcome: 'too-many-logins', retryAt: Math.min(...begun) + limit.window };
    }
    if (serial !== undefined && challenge !== undefined && !this.#takeChallenge(serial, challenge)) {
      return { outcome: 'challenge-used' };
    }
    this.#logins.set(login.id, login);
    return { outcome: 'opened' };
  }

  async login(id: LoginId): Promise<LoginRecord | undefined> {
    return this.#logins.get(id);
  }

  async loginAtDevice(id: LoginId): Promise<LoginAtDevice | undefined> {
    const login = this.#logins.get(id);
    const { user, serial } = login ?? {};
    const device = serial === undefined ? undefined : this.#devices.get(serial);
    const sealed = device && this.#users.get(user ?? '')?.secrets.get(device.serial);
    const holding =
      sealed === undefined || !device || !login ? undefined : { ...device, user: login.user, sealed };
    return login && { ...login, holding };
  }

  async putChallenge(
    id: LoginId,
    put: Parameters<Store['putChallenge']>[1],
    tell: Parameters<Store['putChallenge']>[2],
  ): Promise<'put' | 'challenge-used' | 'login-ended'> {
    const login = this.#logins.get(id);
    if (!login || login.challenge !== undefined || login.finished) return this.#told(tell, 'login-ended');
    if (!this.#takeChallenge(put.serial, put.challenge)) return this.#told(tell, 'challenge-used');
    this.#logins.set(id, { ...login, ...put });
    return this.#told(tell, 'put');
  }

  async countWrong(
    id: LoginId,
    limit: { perLogin: number; perDevice: number },
    tell: Telling<Wrong>,
  ): Promise<Wrong> {
    return this.#told(tell, this.#countWrong(id, limit));
  }

  #countWrong(id: LoginId, limit: { perLogin: number; perDevice: number }): Wrong {
    const login = this.#logins.get(id);
    if (login?.serial === undefined || login.finished || login.attempts >= limit.perLogin) {
      return { outcome: 'login-ended' };
    }
    const attempts = login.attempts + 1;
    this.#logins.set(id, { ...login, attempts });
    const device = this.#devices.get(login.serial);
    if (!device || !TAKES_ANSWERS.has(device.state) || device.wrongInARow >= limit.perDevice) {
      return { outcome: 'device-blocked' };
    }
    const wrongInARow = device.wrongInARow + 1;
    const blocked = wrongInARow >= limit.perDevice && device.state !== 'lost';
    this.#devices.set(device.serial, {
      ...device,
      wrongInARow,
      ...(blocked && { state: 'blocked' }),
    });
    return { outcome: 'counted', attempts, wrongInARow, blocked };
  }

  async finish(id: LoginId, answer: RightAnswer, tell: Telling<Right>): Promise<Right> {
    return this.#told(tell, this.#finish(id, answer));
  }

  #finish(id: LoginId, { at, from, perLogin, perDevice, session, sealed }: RightAnswer): Right {
    const login = this.#logins.get(id);
    if (login?.serial === undefined || login.finished || login.attempts >= perLogin) {
      return { outcome: 'login-ended' };
    }
    if (at >= login.expiresAt) return { outcome: 'challenge-expired' };
    this.#logins.set(id, { ...login, finished: true, expiresAt: at });
    const device = this.#devices.get(login.serial);
    if (!device || device.state === 'blocked' || device.wrongInARow >= perDevice) {
      return { outcome: 'device-blocked' };
    }
    const isTheirs = this.#users.get(login.user)?.secrets.has(login.serial) ?? false;
    if (!isTheirs || !from.includes(device.state) || device.revision !== login.revision) {
      return { outcome: 'device-changed' };
    }
    const activated = device.state !== 'active';
    const changes = device.state === 'lost' || sealed !== undefined;
    this.#devices.set(device.serial, {
      ...device,
      state: 'active',
      wrongInARow: 0,
      activatedAt: device.activatedAt ?? at,
      revision: device.revision + (changes ? 1 : 0),
    });
    if (sealed !== undefined) this.#give(device.serial, { user: login.user, sealed });
    if (activated) this.#noteFactor(device.serial);
    if (session) this.#sessions.set(session.tokenHash, session);
    return { outcome: 'finished', activated };
  }

  async openSession(session: SessionRecord, tell: Telling<void>): Promise<void> {
    this.#sessions.set(session.tokenHash, session);
    this.#told(tell, undefined);
  }

  async session(tokenHash: string): Promise<SessionRecord | undefined> {
    return this.#sessions.get(tokenHash);
  }

  async sessions(user: string): Promise<readonly SessionRecord[]> {
    return [...this.#sessions.values()]
      .filter((session) => session.user === user)
      .toSorted((one, other) => other.openedAt - one.openedAt);
  }

  async seen(tokenHash: string, at: number): Promise<void> {
    const session = this.#sessions.get(tokenHash);
    if (session) this.#sessions.set(tokenHash, { ...session, seenAt: at });
  }

  async endSession(tokenHash: string, tell: Telling<boolean>): Promise<boolean> {
    return this.#told(tell, this.#sessions.delete(tokenHash));
  }

  async endSessions(user: string, but: string | undefined, tell: Telling<number>): Promise<number> {
    return this.#told(tell, this.#dropSessions(user, but));
  }

  async shutOut(user: string, tell: Telling<number>): Promise<number> {
    return this.#told(tell, this.#shutOut(user));
  }

  async strike<Verdict>(
    subject: string,
    judge: (strike: Strike | undefined) => { strike: Strike | undefined; verdict: Verdict },
  ): Promise<Verdict> {
    const { strike, verdict } = judge(this.#strikes.get(subject));
    // Put at the end: the order of the strikes is nearly that of their last tries.
    this.#strikes.delete(subject);
    if (strike) this.#strikes.set(subject, strike);
    return verdict;
  }

  async tell(events: readonly AuditEvent[]): Promise<void> {
    this.#told(() => events, undefined);
  }

  async trail({ before, limit, user, serial }: TrailPage): Promise<readonly AuditEntry[]> {
    return this.#trail
      .filter(({ event }) => event !== 'chain-begun')
      .filter((entry) => user === undefined || entry.user === user)
      .filter((entry) => serial === undefined || entry.serial === serial)
      .toSorted(newestFirst)
      .filter((entry) => !before || newestFirst(before, entry) < 0)
      .slice(0, limit);
  }

  async heads(): Promise<readonly ChainHead[]> {
    const heads = new Map(this.#trail.map(({ chain, place, code }) => [chain, { chain, place, code }]));
    return [...heads.values()].toSorted((one, other) => (one.chain < other.chain ? -1 : 1));
  }

  async chain(name: string, after: number, limit: number): Promise<readonly AuditEntry[]> {
    return this.#trail.filter(({ chain, place }) => chain === name && place > after).slice(0, limit);
  }

  async sealedOtherwise(
    keyId: string,
    limit: number,
  ): Promise<readonly (SealedSecret & { serial: string })[]> {
    return [...this.#users.values()]
      .flatMap(({ name, secrets }) =>
        [...secrets].map(([serial, sealed]) => ({ user: name, serial, sealed })),
      )
      .filter(({ sealed }) => keyIdOf(sealed) !== keyId)
      .slice(0, limit);
  }

  async reseal(serial: string, user: string, from: string, to: string): Promise<boolean> {
    if (this.#users.get(user)?.secrets.get(serial) !== from) return false;
    this.#give(serial, { user, sealed: to });
    return true;
  }

  async forget(time: number): Promise<void> {
    dropOld(this.#logins, ({ expiresAt }) => expiresAt < time);
    dropOld(this.#sessions, ({ expiresAt }) => expiresAt < time);
    dropOld(this.#strikes, ({ at }) => at < time);
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {}

  #told<Outcome>(tell: Telling<Outcome>, outcome: Outcome): Outcome {
    const events = [...tell(outcome)];
    const [first] = events;
    if (first && !this.#chain.begun) events.unshift(chainBegun(first.at, undefined));
    const entries = this.#chain.link(events);
    this.#trail.push(...entries);
    this.#chain.kept(entries);
    return outcome;
  }

  #holders(serial: string): readonly Holding[] {
    const device = this.#devices.get(serial);
    if (!device) return [];
    return [...this.#users.values()]
      .flatMap(({ name, secrets }) => {
        const sealed = secrets.get(serial);
        return sealed === undefined ? [] : [{ ...device, user: name, sealed }];
      })
      .toSorted((one, other) => (one.user < other.user ? -1 : 1));
  }

  #give(serial: string, { user: name, sealed }: SealedSecret): void {
    const user = this.#users.get(name);
    if (user) this.#users.set(name, { ...user, secrets: new Map(user.secrets).set(serial, sealed) });
  }

  #takeKey(keyHash: string | undefined): boolean {
    if (keyHash === undefined) return true;
    if (this.#keyHashes.has(keyHash)) return false;
    this.#keyHashes.add(keyHash);
    return true;
  }

  #takeChallenge(serial: string, challenge: string): boolean {
    const had = this.#challenges.get(serial);
    if (!had || had.has(challenge)) return false;
    had.add(challenge);
    return true;
  }

  #noteFactor(serial: string): void {
    for (const { user: name } of this.#holders(serial)) {
      const user = this.#users.get(name);
      if (user) this.#users.set(name, { ...user, hadFactor: true });
    }
  }

  #shutOut(name: string, but?: string): number {
    for (const [id, { user }] of this.#logins) if (user === name) this.#logins.delete(id);
    return this.#dropSessions(name, but);
  }

  #dropSessions(user: string, but?: string): number {
    const ended = [...this.#sessions.values()].filter(
      (session) => session.user === user && session.tokenHash !== but,
    );
    for (const { tokenHash } of ended) this.#sessions.delete(tokenHash);
    return ended.length;
  }
}

/** States in which a device's answers are checked; a lost one's, to be found again. */
const TAKES_ANSWERS: ReadonlySet<string> = new Set(['active', 'mailed', 'lost']);

/** The master key's id in a sealed secret. */
const keyIdOf = (sealed: string): string | undefined => sealed.split('.')[1];

/** The items of a map after a key, in the order of the keys. */
function pageOf<Item>(items: ReadonlyMap<string, Item>, after: string | undefined, limit: number): Item[] {
  return [...items]
    .filter(([key]) => after === undefined || key > after)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, limit)
    .map(([, item]) => item);
}

type Moment = Pick<AuditEntry, 'at' | 'chain' | 'place'>;

const newestFirst = (one: Moment, other: Moment): number =>
  other.at - one.at ||
  (one.chain === other.chain ? other.place - one.place : one.chain < other.chain ? 1 : -1);

/** Records stand in the order they were added, which is nearly that of their age: look no further than needed. */
function dropOld<Id, Kept>(records: Map<Id, Kept>, isOld: (kept: Kept) => boolean): void {
  for (const [id, kept] of records) {
    if (!isOld(kept)) return;
    records.delete(id);
  }
}
