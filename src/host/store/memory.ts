// A store that lasts as long as the process. No method awaits anything, so each runs to its end before another begins.
import { createAuditChain, type AuditChain } from '../audit/chain.ts';
import type { AuditEntry, AuditEvent, ChainHead } from '../audit/event.ts';
import { moved } from '../device-life.ts';
import type { LoginId } from '../login-id.ts';
import { passingKeys } from '../sealing/key-ring.ts';
import { createVault } from '../sealing/vault.ts';
import type { Strike } from '../throttle.ts';
import { countWrong, finish, openLogin } from './memory-logins.ts';
import { MemoryRecords } from './memory-records.ts';
import { MemoryTrail } from './memory-trail.ts';
import type {
  DeviceChange,
  DeviceRecord,
  Holding,
  LoginAtDevice,
  LoginRecord,
  Opening,
  OpeningTerms,
  Page,
  Right,
  RightAnswer,
  SealedSecret,
  SecretPlace,
  SessionRecord,
  Store,
  Telling,
  TrailPage,
  UserChanges,
  UserRecord,
  UserTerms,
  Wrong,
} from './store.ts';

/** What a host has that is given no store, and the model of the others. */
export class MemoryStore implements Store {
  readonly #records = new MemoryRecords();
  readonly #trail: MemoryTrail;

  /** @param chain - links the audit trail; by default under a key that is gone with the process. */
  constructor(chain: AuditChain = createAuditChain(createVault(passingKeys()))) {
    this.#trail = new MemoryTrail(chain);
  }

  async addUser(user: UserRecord, tell: Telling<boolean>): Promise<boolean> {
    const isNew = !this.#records.users.has(user.name);
    if (isNew) this.#records.users.set(user.name, { ...user, secrets: new Map() });
    return this.#trail.told(tell, isNew);
  }

  async user(name: string): Promise<UserRecord | undefined> {
    return this.#records.users.get(name);
  }

  async users({ after, limit }: Page): Promise<readonly UserRecord[]> {
    return pageOf(this.#records.users, after, limit);
  }

  async changeUser(
    name: string,
    changes: UserChanges,
    tell: Telling<boolean>,
    { ifPassword, spares }: UserTerms = {},
  ): Promise<boolean> {
    const user = this.#records.users.get(name);
    if (!user || (ifPassword !== undefined && user.password !== ifPassword))
      return this.#trail.told(tell, false);
    this.#records.users.set(name, { ...user, ...changes });
    const shutsOut = changes.disabled === true || changes.password !== undefined;
    if (shutsOut && spares !== 'everything') this.#records.shutOut(name, spares?.tokenHash);
    return this.#trail.told(tell, true);
  }

  async dearestPassword(): Promise<number> {
    return [...this.#records.users.values()].reduce(
      (dearest, user) => Math.max(dearest, user.passwordCost),
      0,
    );
  }

  async addDevice(
    device: DeviceRecord,
    secret: SealedSecret,
    tell: Telling<'added' | 'serial-taken' | 'key-taken'>,
  ): Promise<'added' | 'serial-taken' | 'key-taken'> {
    if (this.#records.devices.has(device.serial)) return this.#trail.told(tell, 'serial-taken');
    if (!this.#records.takeKey(device.keyHash)) return this.#trail.told(tell, 'key-taken');
    this.#records.devices.set(device.serial, device);
    this.#records.challenges.set(device.serial, new Set());
    this.#records.give(device.serial, secret);
    if (device.activatedAt !== undefined) this.#records.noteFactor(device.serial);
    return this.#trail.told(tell, 'added');
  }

  async device(serial: string): Promise<DeviceRecord | undefined> {
    return this.#records.devices.get(serial);
  }

  async devices({ after, limit }: Page): Promise<readonly DeviceRecord[]> {
    return pageOf(this.#records.devices, after, limit);
  }

  async holders(serial: string): Promise<readonly Holding[]> {
    return this.#records.holders(serial);
  }

  async holdings(user: string): Promise<readonly Holding[]> {
    const secrets = this.#records.users.get(user)?.secrets ?? new Map<string, string>();
    return [...secrets].flatMap(([serial, sealed]) => {
      const device = this.#records.devices.get(serial);
      return device ? [{ ...device, user, sealed }] : [];
    });
  }

  async holding(user: string, serial: string): Promise<Holding | undefined> {
    return (await this.holdings(user)).find((holding) => holding.serial === serial);
  }

  async changeDevice(
    serial: string,
    revision: number,
    { secrets = [], hadFactor, endsSessions, ...change }: DeviceChange,
    tell: Telling<'changed' | 'device-changed' | 'key-taken'>,
  ): Promise<'changed' | 'device-changed' | 'key-taken'> {
    const device = this.#records.devices.get(serial);
    if (device?.revision !== revision) return this.#trail.told(tell, 'device-changed');
    if (!this.#records.takeKey(change.keyHash)) return this.#trail.told(tell, 'key-taken');
    this.#records.devices.set(serial, { ...device, ...change, revision: revision + 1 });
    for (const secret of secrets) this.#records.give(serial, secret);
    if (hadFactor) this.#records.noteFactor(serial);
    if (endsSessions) {
      for (const { user } of this.#records.holders(serial))
        this.#records.dropSessions(user, endsSessions.but, serial);
    }
    return this.#trail.told(tell, 'changed');
  }

  async share(serial: string, secret: SealedSecret, tell: Telling<boolean>): Promise<boolean> {
    const user = this.#records.users.get(secret.user);
    const isActive = this.#records.devices.get(serial)?.state === 'active';
    if (!isActive || !user || user.secrets.has(serial)) return this.#trail.told(tell, false);
    this.#records.give(serial, secret);
    this.#records.noteFactor(serial);
    return this.#trail.told(tell, true);
  }

  async unshare(serial: string, name: string, tell: Telling<boolean>): Promise<boolean> {
    const user = this.#records.users.get(name);
    if (!user?.secrets.has(serial) || this.#records.holders(serial).length === 1)
      return this.#trail.told(tell, false);
    const secrets = new Map(user.secrets);
    secrets.delete(serial);
    this.#records.users.set(name, { ...user, secrets });
    return this.#trail.told(tell, true);
  }

  async unblock(serial: string, at: number, tell: Telling<boolean>): Promise<boolean> {
    const device = this.#records.devices.get(serial);
    if (!device) return this.#trail.told(tell, false);
    this.#records.devices.set(serial, {
      ...device,
      wrongInARow: 0,
      state: device.state === 'blocked' ? moved(device, 'unblock') : device.state,
    });
    for (const { user } of this.#records.holders(serial)) this.#records.forgivenAt.set(user, at);
    return this.#trail.told(tell, true);
  }

  async openLogin(login: LoginRecord, terms: OpeningTerms, tell: Telling<Opening>): Promise<Opening> {
    return this.#trail.told(tell, openLogin(this.#records, login, terms));
  }

  async login(id: LoginId): Promise<LoginRecord | undefined> {
    return this.#records.logins.get(id);
  }

  async loginAtDevice(id: LoginId): Promise<LoginAtDevice | undefined> {
    const login = this.#records.logins.get(id);
    const { user, serial } = login ?? {};
    const device = serial === undefined ? undefined : this.#records.devices.get(serial);
    const sealed = device && this.#records.users.get(user ?? '')?.secrets.get(device.serial);
    const holding =
      sealed === undefined || !device || !login ? undefined : { ...device, user: login.user, sealed };
    return login && { ...login, holding };
  }

  async putChallenge(
    id: LoginId,
    put: Parameters<Store['putChallenge']>[1],
    tell: Parameters<Store['putChallenge']>[2],
  ): Promise<'put' | 'challenge-used' | 'login-ended'> {
    const login = this.#records.logins.get(id);
    if (!login || login.challenge !== undefined || login.finished)
      return this.#trail.told(tell, 'login-ended');
    if (!this.#records.takeChallenge(put.serial, put.challenge))
      return this.#trail.told(tell, 'challenge-used');
    this.#records.logins.set(id, { ...login, ...put });
    return this.#trail.told(tell, 'put');
  }

  async countWrong(
    id: LoginId,
    limit: { perLogin: number; perDevice: number },
    tell: Telling<Wrong>,
  ): Promise<Wrong> {
    return this.#trail.told(tell, countWrong(this.#records, id, limit));
  }

  async finish(id: LoginId, answer: RightAnswer, tell: Telling<Right>): Promise<Right> {
    return this.#trail.told(tell, finish(this.#records, id, answer));
  }

  async openSession(session: SessionRecord, tell: Telling<boolean>, ifPassword?: string): Promise<boolean> {
    const opens = this.#records.isStill(session.user, ifPassword);
    if (opens) this.#records.sessions.set(session.tokenHash, session);
    return this.#trail.told(tell, opens);
  }

  async session(tokenHash: string): Promise<SessionRecord | undefined> {
    return this.#records.sessions.get(tokenHash);
  }

  async sessions(user: string): Promise<readonly SessionRecord[]> {
    return [...this.#records.sessions.values()]
      .filter((session) => session.user === user)
      .toSorted((one, other) => other.openedAt - one.openedAt);
  }

  async seen(tokenHash: string, at: number): Promise<void> {
    const session = this.#records.sessions.get(tokenHash);
    if (session) this.#records.sessions.set(tokenHash, { ...session, seenAt: at });
  }

  async endSession(tokenHash: string, tell: Telling<boolean>): Promise<boolean> {
    return this.#trail.told(tell, this.#records.sessions.delete(tokenHash));
  }

  async endSessions(user: string, but: string | undefined, tell: Telling<number>): Promise<number> {
    return this.#trail.told(tell, this.#records.dropSessions(user, but));
  }

  async shutOut(user: string, tell: Telling<number>): Promise<number> {
    return this.#trail.told(tell, this.#records.shutOut(user));
  }

  async strike<Verdict>(
    subject: string,
    judge: (strike: Strike | undefined) => { strike: Strike | undefined; verdict: Verdict },
  ): Promise<Verdict> {
    const { strike, verdict } = judge(this.#records.strikes.get(subject));
    // Put at the end: the order of the strikes is nearly that of their last tries.
    this.#records.strikes.delete(subject);
    if (strike) this.#records.strikes.set(subject, strike);
    return verdict;
  }

  async tell(events: readonly AuditEvent[]): Promise<void> {
    this.#trail.told(() => events, undefined);
  }

  async trail(page: TrailPage): Promise<readonly AuditEntry[]> {
    return this.#trail.trail(page);
  }

  async heads(): Promise<readonly ChainHead[]> {
    return this.#trail.heads();
  }

  async chain(name: string, after: number, limit: number): Promise<readonly AuditEntry[]> {
    return this.#trail.chain(name, after, limit);
  }

  async sealedOtherwise(
    keyId: string,
    { after, limit }: { after?: SecretPlace | undefined; limit: number },
  ): Promise<readonly (SealedSecret & SecretPlace)[]> {
    return [...this.#records.users.values()]
      .flatMap(({ name, secrets }) =>
        [...secrets].map(([serial, sealed]) => ({ user: name, serial, sealed })),
      )
      .filter(({ sealed }) => keyIdOf(sealed) !== keyId)
      .filter((secret) => !after || comesAfter(secret, after))
      .toSorted((one, other) => (comesAfter(one, other) ? 1 : -1))
      .slice(0, limit);
  }

  async reseal(serial: string, user: string, from: string, to: string): Promise<boolean> {
    if (this.#records.users.get(user)?.secrets.get(serial) !== from) return false;
    this.#records.give(serial, { user, sealed: to });
    return true;
  }

  async forget(time: number): Promise<void> {
    this.#records.forget(time);
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {}
}

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

/** Names have no characters that UTF-16 puts in another order than a database does. */
const comesAfter = (one: SecretPlace, other: SecretPlace): boolean =>
  one.user === other.user ? one.serial > other.serial : one.user > other.user;
