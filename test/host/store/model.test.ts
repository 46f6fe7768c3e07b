import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../src/host/audit/event.ts';
import { createAuditChain, createChainCheck } from '../../../src/host/audit/chain.ts';
import type { Challenge } from '../../../src/host/challenges.ts';
import type { DeviceState } from '../../../src/host/device-life.ts';
import type { LoginId } from '../../../src/host/login-id.ts';
import { MemoryStore } from '../../../src/host/store/memory.ts';
import type { Store, TrailPage, UserRecord } from '../../../src/host/store/store.ts';
import { admit, forgive } from '../../../src/host/throttle.ts';
import { timeBytes } from '../../../src/host/timed-name.ts';
import { usualRuns } from '../../usual-runs.ts';
import { device, login, session, SQL, user, VAULT } from './stores.ts';

/** Whether a password is what is asked for. */
type Password = 'is' | 'is not' | 'any';

/** What is done; numbers choose among what there is. */
type Act =
  | { readonly act: 'add-user'; readonly who: number; readonly cost: number }
  | {
      readonly act: 'change-user';
      readonly who: number;
      readonly what: 'disable' | 'enable' | 'password' | 'balance' | 'person' | 'nothing';
      readonly ifPassword: Password;
      readonly spares: number | 'everything' | undefined;
    }
  | {
      readonly act: 'add-device';
      readonly which: number;
      readonly who: number;
      readonly key: number | undefined;
      readonly state: DeviceState;
      readonly wasActive: boolean;
    }
  | {
      readonly act: 'change-device';
      readonly which: number;
      readonly state: DeviceState | undefined;
      readonly key: number | undefined;
      readonly forgives: boolean;
      readonly hadFactor: boolean;
      readonly ends: number | 'all' | undefined;
      readonly late: boolean;
    }
  | { readonly act: 'share' | 'unshare'; readonly which: number; readonly who: number }
  | { readonly act: 'unblock'; readonly which: number }
  | {
      readonly act: 'open';
      readonly who: number;
      readonly which: number | undefined;
      readonly challenge: number;
      readonly ahead: number;
      readonly ifPassword: Password;
    }
  | { readonly act: 'put'; readonly login: number; readonly which: number; readonly challenge: number }
  | { readonly act: 'wrong'; readonly login: number; readonly perLogin: number }
  | {
      readonly act: 'finish';
      readonly login: number;
      readonly perLogin: number;
      readonly lost: boolean;
      readonly opens: boolean;
      readonly seals: boolean;
      readonly late: boolean;
    }
  | { readonly act: 'session'; readonly who: number; readonly ifPassword: Password }
  | { readonly act: 'seen' | 'end-session'; readonly session: number }
  | { readonly act: 'end-sessions'; readonly who: number; readonly but: number | undefined }
  | { readonly act: 'shut-out'; readonly who: number }
  | { readonly act: 'strike'; readonly subject: number; readonly how: 'admit' | 'forgive' | 'forget' }
  | { readonly act: 'reseal'; readonly which: number; readonly who: number; readonly fits: boolean };

const STATES: readonly DeviceState[] = [
  'requested',
  'mailed',
  'active',
  'active',
  'blocked',
  'lost',
  'replaced',
  'retired',
];
const who = fc.nat(2);
const which = fc.nat(2);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const state = fc.constantFrom(...STATES);
const perLogin = fc.integer({ min: 1, max: 3 });
/** Most often the newest. */
const aLogin = fc.constantFrom(0, 0, 0, 1, 1, 2, 3);
const seldom = fc.constantFrom(true, false, false, false, false, false);

/** Most often it does not keep anything from happening. */
const password = fc.constantFrom<Password>('any', 'is', 'is', 'is', 'is not');

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant('add-user' as const), who, cost: fc.nat(9) }),
  fc.record({
    act: fc.constant('change-user' as const),
    who,
    what: fc.constantFrom('disable', 'enable', 'password', 'balance', 'person', 'nothing'),
    ifPassword: fc.constantFrom('is', 'is not', 'any'),
    spares: fc.constantFrom(undefined, 'everything' as const, 0, 1),
  }),
  fc.record({
    act: fc.constant('add-device' as const),
    which,
    who,
    key: optional(fc.nat(3)),
    state,
    wasActive: fc.boolean(),
  }),
  fc.record({
    act: fc.constant('change-device' as const),
    which,
    state: optional(state),
    key: optional(fc.nat(3)),
    forgives: fc.boolean(),
    hadFactor: fc.boolean(),
    ends: fc.constantFrom(undefined, 'all' as const, 0, 1),
    late: fc.boolean(),
  }),
  fc.record({ act: fc.constantFrom('share' as const, 'unshare' as const), which, who }),
  fc.record({ act: fc.constant('unblock' as const), which }),
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('open' as const),
      who,
      which: optional(which),
      challenge: fc.nat(60),
      ahead: fc.nat(3000),
      ifPassword: password,
    }),
  },
  fc.record({ act: fc.constant('put' as const), login: aLogin, which, challenge: fc.nat(60) }),
  { weight: 5, arbitrary: fc.record({ act: fc.constant('wrong' as const), login: aLogin, perLogin }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('finish' as const),
      login: aLogin,
      perLogin,
      lost: seldom,
      opens: fc.boolean(),
      seals: fc.boolean(),
      late: seldom,
    }),
  },
  fc.record({ act: fc.constant('session' as const), who, ifPassword: password }),
  fc.record({ act: fc.constantFrom('seen' as const, 'end-session' as const), session: fc.nat(3) }),
  fc.record({ act: fc.constant('end-sessions' as const), who, but: optional(fc.nat(3)) }),
  fc.record({ act: fc.constant('shut-out' as const), who }),
  fc.record({
    act: fc.constant('strike' as const),
    subject: fc.nat(2),
    how: fc.constantFrom('admit', 'forgive', 'forget'),
  }),
  fc.record({ act: fc.constant('reseal' as const), which, who, fits: fc.boolean() }),
);

/** How a life begins, so that most of it is about something. */
const BIRTH: readonly Act[] = [
  { act: 'add-user', who: 0, cost: 3 },
  { act: 'add-user', who: 1, cost: 1 },
  { act: 'add-device', which: 0, who: 0, key: 0, state: 'active', wasActive: true },
  { act: 'add-device', which: 1, who: 1, key: undefined, state: 'mailed', wasActive: false },
  { act: 'share', which: 0, who: 1 },
];

const PER_DEVICE = 3;
const OPENED = { max: 3, window: 60_000 };
const TRIES = { free: 2, pause: 1000, longest: 4000, window: 20_000 };

/** One life of a store: names that no other life has, and what was made in it. */
class Life {
  readonly #store: Store;
  readonly #name: string;
  readonly #start: number;
  readonly #logins: LoginId[] = [];
  readonly #sessions: string[] = [];
  #step = 0;
  told = 0;

  constructor(store: Store, number: number) {
    this.#store = store;
    this.#name = String(number).padStart(6, '0');
    this.#start = number * 1_000_000_000;
  }

  #user = (number: number) => `${this.#name}-user${number}`;
  #serial = (number: number) => `${this.#name}-card${number}`;
  #hash = (text: string) => createHash('sha256').update(`${this.#name}${text}`).digest('hex');
  /** As they are made, in the order of their times, but the same in every store. */
  #timed = (at: number, what: string) => Buffer.concat([timeBytes(at), Buffer.from(this.#hash(what), 'hex')]);
  #loginId = (at: number) =>
    this.#timed(at, `login${this.#step}`).subarray(0, 22).toString('base64url') as LoginId;
  #tokenHash = (at: number) => this.#timed(at, `session${this.#step}`).toString('hex');
  /** Times are all different, so that what is newest is so everywhere. */
  #now = () => this.#start + this.#step * 5000;
  #tell =
    (event: AuditEvent['event'], names: Partial<AuditEvent>) =>
    (outcome: unknown): AuditEvent[] => {
      if (outcome === false) return [];
      this.told += 1;
      return [{ at: this.#now(), event, detail: JSON.stringify(outcome), ...names }];
    };

  /** Does it; gives what came of it. What the model does not say anything about is left out. */
  async does(action: Act): Promise<unknown> {
    this.#step += 1;
    const store = this.#store;
    const now = this.#now();
    switch (action.act) {
      case 'add-user': {
        const name = this.#user(action.who);
        return store.addUser(
          user(name, { passwordCost: action.cost, balance: now }),
          this.#tell('user-added', { user: name }),
        );
      }
      case 'change-user': {
        const name = this.#user(action.who);
        const changes = {
          disable: { disabled: true },
          enable: { disabled: false, hadFactor: true },
          password: { password: `password ${this.#step}`, passwordCost: this.#step },
          balance: { balance: now },
          person: { person: this.#step % 2 ? 'ann' : undefined },
          nothing: {},
        }[action.what];
        const ifPassword = await this.#password(name, action.ifPassword);
        const spares =
          typeof action.spares === 'number' ? { tokenHash: this.#session(action.spares) } : action.spares;
        const tell = this.#tell('user-changed', { user: name });
        return store.changeUser(name, changes, tell, { ifPassword, spares });
      }
      case 'add-device': {
        const name = this.#user(action.who);
        const serial = this.#serial(action.which);
        if (!(await store.user(name))) return 'no user';
        return store.addDevice(
          device(serial, {
            keyHash: action.key === undefined ? undefined : this.#hash(`key${action.key}`),
            state: action.state,
            requestedAt: now,
            mailedAt: action.wasActive ? now : undefined,
            activatedAt: action.wasActive ? now : undefined,
          }),
          { user: name, sealed: `1.k1.${this.#step}` },
          this.#tell('device-enrolled', { user: name, serial }),
        );
      }
      case 'change-device': {
        const serial = this.#serial(action.which);
        const record = await store.device(serial);
        const holders = await store.holders(serial);
        return store.changeDevice(
          serial,
          (record?.revision ?? 0) - (action.late ? 1 : 0),
          {
            ...(action.state !== undefined && { state: action.state, mailedAt: now, activatedAt: now }),
            // A device gets its key once.
            ...(action.key !== undefined &&
              record?.keyHash === undefined && { keyHash: this.#hash(`key${action.key}`) }),
            ...(action.forgives && { wrongInARow: 0 as const }),
            ...(action.hadFactor && { hadFactor: true as const }),
            ...(action.ends !== undefined && {
              endsSessions: { but: action.ends === 'all' ? undefined : this.#session(action.ends) },
            }),
            secrets: holders.slice(1).map((holder) => ({ user: holder.user, sealed: `1.k2.${this.#step}` })),
          },
          this.#tell('device-moved', { serial }),
        );
      }
      case 'share': {
        const serial = this.#serial(action.which);
        if (!(await store.device(serial))) return 'no device';
        const secret = { user: this.#user(action.who), sealed: `1.k1.${this.#step}` };
        return store.share(serial, secret, this.#tell('device-shared', { serial, user: secret.user }));
      }
      case 'unshare': {
        const serial = this.#serial(action.which);
        return store.unshare(serial, this.#user(action.who), this.#tell('device-unshared', { serial }));
      }
      case 'unblock': {
        const serial = this.#serial(action.which);
        return store.unblock(serial, now, this.#tell('device-moved', { serial }));
      }
      case 'open': {
        const name = this.#user(action.who);
        if (!(await store.user(name))) return 'no user';
        const serial = action.which === undefined ? undefined : this.#serial(action.which);
        const record = serial === undefined ? undefined : await store.device(serial);
        const opened = login(name, '', {
          id: this.#loginId(now + action.ahead),
          serial,
          challenge: serial === undefined ? undefined : challengeOf(action.challenge),
          issuedAt: now + action.ahead,
          expiresAt: now + action.ahead + 100_000,
          revision: record?.revision,
        });
        const terms = { ...OPENED, ifPassword: await this.#password(name, action.ifPassword) };
        const opening = await store.openLogin(opened, terms, this.#tell('login-begun', { user: name }));
        if (opening.outcome === 'opened') this.#logins.unshift(opened.id);
        return opening;
      }
      case 'put': {
        const serial = this.#serial(action.which);
        const record = await store.device(serial);
        const id = this.#login(action.login);
        const name = (await store.login(id))?.user ?? '';
        // At a device of another user nobody begins a login.
        const names = (await store.holding(name, serial)) ? { serial, user: name } : { user: name };
        return store.putChallenge(
          id,
          {
            serial,
            challenge: challengeOf(action.challenge),
            revision: record?.revision ?? 0,
            expiresAt: now + 100_000,
          },
          this.#tell('login-begun', names),
        );
      }
      case 'wrong':
        return store.countWrong(
          this.#login(action.login),
          { perLogin: action.perLogin, perDevice: PER_DEVICE },
          this.#tell('answer-wrong', {}),
        );
      case 'finish': {
        const id = this.#login(action.login);
        const record = await store.login(id);
        const holds =
          record?.serial !== undefined && (await store.holding(record.user, record.serial)) !== undefined;
        const opened = session(record?.user ?? '', {
          tokenHash: this.#tokenHash(now),
          serial: record?.serial,
          openedAt: now,
          expiresAt: now + 1000,
        });
        const right = await store.finish(
          id,
          {
            at: action.late ? now + 100_000 : now,
            from: action.lost ? ['lost'] : ['active', 'mailed'],
            perLogin: action.perLogin,
            perDevice: PER_DEVICE,
            ...(action.opens && { session: opened }),
            ...(action.seals && holds && { sealed: `1.k3.${this.#step}` }),
          },
          this.#tell('login-finished', {}),
        );
        if (right.outcome === 'finished' && action.opens) this.#sessions.unshift(opened.tokenHash);
        return right;
      }
      case 'session': {
        const name = this.#user(action.who);
        const opened = session(name, { tokenHash: this.#tokenHash(now), openedAt: now });
        const opens = await store.openSession(
          opened,
          this.#tell('session-opened', { user: name }),
          await this.#password(name, action.ifPassword),
        );
        if (opens) this.#sessions.unshift(opened.tokenHash);
        return opens;
      }
      case 'seen':
        return store.seen(this.#session(action.session), now);
      case 'end-session':
        return store.endSession(this.#session(action.session), this.#tell('session-ended', {}));
      case 'end-sessions': {
        const but = action.but === undefined ? undefined : this.#session(action.but);
        return store.endSessions(this.#user(action.who), but, this.#tell('session-ended', {}));
      }
      case 'shut-out':
        return store.shutOut(this.#user(action.who), this.#tell('session-ended', {}));
      case 'strike':
        return store.strike<unknown>(`${this.#name}${action.subject}`, (strike) => {
          if (action.how === 'admit') return admit(strike, now, TRIES);
          if (action.how === 'forgive') return forgive(strike);
          return { strike: undefined, verdict: strike };
        });
      case 'reseal': {
        const holding = await store.holding(this.#user(action.who), this.#serial(action.which));
        const from = action.fits ? (holding?.sealed ?? '') : 'other';
        return store.reseal(this.#serial(action.which), this.#user(action.who), from, `1.k4.${this.#step}`);
      }
    }
  }

  async #password(name: string, asked: Password): Promise<string | undefined> {
    return { is: (await this.#store.user(name))?.password ?? 'none', 'is not': 'no', any: undefined }[asked];
  }

  #login = (number: number) => this.#logins[number] ?? ('none'.padEnd(30, 'A') as LoginId);
  #session = (number: number) => this.#sessions[number] ?? this.#hash('none');

  /** All that can be asked of it. */
  async everything(): Promise<unknown> {
    const store = this.#store;
    const users = [0, 1, 2].map(this.#user);
    const serials = [0, 1, 2].map(this.#serial);
    const trail = async (page: TrailPage) =>
      (await store.trail(page)).map((entry) => Object.assign(entry, { chain: '', place: 0, code: '' }));
    const [newest] = await store.trail({ limit: 1 });
    return {
      users: (await store.users({ after: this.#name, limit: 2 })).map(plain),
      devices: await store.devices({ after: this.#name, limit: 2 }),
      user: (await Promise.all(users.map((name) => store.user(name)))).map(plain),
      device: await Promise.all(serials.map((serial) => store.device(serial))),
      holders: await Promise.all(serials.map((serial) => store.holders(serial))),
      holdings: await Promise.all(users.map((name) => store.holdings(name))),
      logins: await Promise.all(this.#logins.map((id) => store.login(id))),
      loginsAtDevices: await Promise.all(this.#logins.map((id) => store.loginAtDevice(id))),
      sessions: await Promise.all(users.map((name) => store.sessions(name))),
      session: await Promise.all(this.#sessions.map((hash) => store.session(hash))),
      trail: await trail({ limit: this.told }),
      later: await trail({ limit: Math.max(this.told - 1, 0), before: newest }),
      ofUser: await trail({ limit: 5, user: users[0] }),
      ofDevice: await trail({ limit: 5, serial: serials[0] }),
    };
  }
}

/** What the model knows of a user besides the record is its own affair. */
const plain = (record: UserRecord | undefined) => record && { ...record, secrets: undefined };

const challengeOf = (number: number) => String(number).padStart(6, '0') as Challenge;

describe.each(SQL)('%s', (_, make) => {
  test('does as the store in memory does, whatever is done', { timeout: 120_000 }, async () => {
    const store = await (await make())();
    let lives = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 60, size: 'max' }), async (actions) => {
        lives += 1;
        const model = new Life(new MemoryStore(createAuditChain(VAULT)), lives);
        const real = new Life(store, lives);
        for (const action of [...BIRTH, ...actions])
          expect(await real.does(action)).toEqual(await model.does(action));
        expect(await real.everything()).toEqual(await model.everything());
      }),
      { numRuns: usualRuns() },
    );
    for (const head of await store.heads()) {
      const check = createChainCheck(VAULT, head.chain);
      for (const entry of await store.chain(head.chain, 0, head.place + 1)) check.next(entry);
      expect(check.fault()).toBeUndefined();
      expect(check.head()).toEqual(head);
      expect(head.place).toBeGreaterThan(lives);
    }
  });
});
