// The administrator's desk: users, devices and the audit trail.
import type { Actor, AuditEntry, AuditEvent } from './audit/event.ts';
import { movesFrom, type DeviceState } from './device-life.ts';
import { createDeviceMoves, movedFor, whileChanged, type DeviceStatus } from './device-moves.ts';
import { checkBalance, checkPerson, checkRole, isName } from './enrolment.ts';
import { HostError } from './error.ts';
import { cardKey, cardPinHash } from './factors/digital-security-card.ts';
import { openSecret, sealSecret } from './factors/secret.ts';
import type { HostParts } from './host-parts.ts';
import { createNewPasswords } from './new-password.ts';
import { isSerial } from './serial.ts';
import type { DeviceRecord, Page, Role, TrailPage, UserChanges, UserRecord } from './store/store.ts';

/** How a user stands with the host. */
export interface UserStatus {
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  /** Whole USD. */
  readonly balance: number;
  readonly person: string | undefined;
}

/** What may be changed of a user; what is left out stays. */
export interface UserUpdate {
  readonly disabled?: boolean | undefined;
  /** A new password ends all sessions and unfinished logins of the user. */
  readonly password?: string | undefined;
  readonly role?: Role | undefined;
  readonly balance?: number | undefined;
  /** `null`: none. */
  readonly person?: string | null | undefined;
}

/** What an administrator does. `by` is who did it, for the audit trail. */
export interface Administration {
  /** Refuses with `unknown-user`. */
  user(name: string): Promise<UserStatus>;
  /** Users in the order of their names' code points. */
  users(page: Page): Promise<readonly UserStatus[]>;
  /**
   * Changes a user. Disabling ends the user's sessions and unfinished logins.
   * Refuses with `unknown-user`, `bad-password`, `contextual-password`, `common-password`, `bad-role`, `bad-balance` or
   * `bad-person`.
   */
  updateUser(name: string, update: UserUpdate, by?: Actor): Promise<void>;
  /** Ends all sessions and unfinished logins of a user; says how many sessions. Refuses with `unknown-user`. */
  endSessions(name: string, by?: Actor): Promise<number>;
  /** Refuses with `unknown-device`. */
  device(serial: string): Promise<DeviceStatus>;
  /** Devices in the order of their serial numbers' code points. */
  devices(page: Page): Promise<readonly DeviceStatus[]>;
  /** All devices of a user, in the order they became the user's. */
  devicesOf(user: string): Promise<readonly DeviceStatus[]>;
  /**
   * The administrator's word: forgets the device's wrong answers and its users' unfinished logins, and takes a block away.
   * Logins that have ended stay ended. Refuses with `unknown-device`.
   */
  unblock(serial: string, by?: Actor): Promise<void>;
  /**
   * Moves a device on in its life: blocked, lost, found again (its wrong answers are forgiven), replaced by another that
   * was enrolled for its user, retired. Blocking, losing and retiring end the sessions that it opened, all but the one with
   * this token.
   * Refuses with `unknown-device` or `illegal-move`.
   */
  moveDevice(
    serial: string,
    move: 'block' | 'lose' | 'find' | 'replace' | 'withdraw' | 'retire',
    by?: Actor,
    token?: string,
  ): Promise<void>;
  /**
   * Mails a requested card: it has its key from now on.
   * Refuses with `unknown-device`, `illegal-move`, `bad-key` or `key-taken`.
   */
  mail(serial: string, key: Uint8Array, by?: Actor): Promise<void>;
  /** Gives a user of a device a new PIN. Refuses with `unknown-device`, `illegal-move` or `bad-pin`. */
  resetPin(
    reset: { readonly user: string; readonly serial: string; readonly pin: string },
    by?: Actor,
  ): Promise<void>;
  /**
   * Gives a device one more user name of the same person, with the PIN of the user who has it.
   * Refuses with `unknown-device`, `unknown-user`, `not-shareable` or `already-shared`.
   */
  share(serial: string, user: string, by?: Actor): Promise<void>;
  /** Takes a device from one of several user names. Refuses with `unknown-device` or `last-holder`. */
  unshare(serial: string, user: string, by?: Actor): Promise<void>;
  /** The audit trail, the newest entries first. */
  trail(page: TrailPage): Promise<readonly AuditEntry[]>;
}

/** States in which a device has a PIN that may be reset. */
const TAKES_PIN: ReadonlySet<DeviceState> = new Set(['requested', 'mailed', 'active', 'blocked']);

export function createAdministration(parts: HostParts): Administration {
  const { clock, store, hasher, policy, vault } = parts;
  const newPasswords = createNewPasswords(parts);
  const moves = createDeviceMoves({ clock, store, policy });

  return {
    async user(name) {
      const user = isName(name) ? await store.user(name) : undefined;
      if (!user) throw new HostError('unknown-user');
      return userStatus(user);
    },

    users: async (page) => (await store.users(page)).map(userStatus),

    async updateUser(name, { disabled, password, role, balance, person }, by) {
      if (!isName(name)) throw new HostError('unknown-user');
      if (password !== undefined) await newPasswords.checkNewPassword(password, name);
      if (role !== undefined) checkRole(role);
      if (balance !== undefined) checkBalance(balance);
      if (person !== null) checkPerson(person);
      const record = password === undefined ? undefined : await hasher.hash(password);
      const changes: UserChanges = {
        ...(disabled !== undefined && { disabled }),
        ...(record !== undefined && { password: record, passwordCost: hasher.costOf(record) }),
        ...(role !== undefined && { role }),
        ...(balance !== undefined && { balance }),
        ...(person !== undefined && { person: person ?? undefined }),
      };
      const at = clock.now();
      const told = { at, user: name, actor: by };
      const events: AuditEvent[] = [];
      if (disabled !== undefined)
        events.push({ ...told, event: disabled ? 'user-disabled' : 'user-enabled' });
      if (record !== undefined) events.push({ ...told, event: 'password-changed' });
      const details = [
        ...(role === undefined ? [] : [`role: ${role}`]),
        ...(balance === undefined ? [] : [`balance: ${balance}`]),
        ...(person === undefined ? [] : [`person: ${person ?? 'none'}`]),
      ];
      if (details.length > 0) events.push({ ...told, event: 'user-changed', detail: details.join(', ') });
      const changed = await store.changeUser(name, changes, (done) => (done ? events : []));
      if (!changed) throw new HostError('unknown-user');
    },

    async endSessions(name, by) {
      if (!isName(name) || !(await store.user(name))) throw new HostError('unknown-user');
      return store.shutOut(name, (ended) => [
        { at: clock.now(), event: 'session-ended', user: name, actor: by, detail: `all: ${ended}` },
      ]);
    },

    async device(serial) {
      return moves.status(await moves.known(serial));
    },

    devices: async (page) => statusOf(await store.devices(page)),
    devicesOf: async (user) => statusOf(await store.holdings(user)),

    async unblock(serial, by) {
      const at = clock.now();
      const holders = isSerial(serial) ? await store.holders(serial) : [];
      const found =
        holders.length > 0 &&
        (await store.unblock(serial, at, (done) =>
          done ? movedFor(holders, { at, serial, actor: by, detail: 'unblocked' }) : [],
        ));
      if (!found) throw new HostError('unknown-device');
    },

    moveDevice: (serial, move, by, token) => moves.move(serial, move, by, { token }),

    async mail(serial, given, by) {
      const { key, keyHash } = cardKey(given);
      await moves.move(serial, 'mail', by, {
        more: async (_, holders) => ({
          keyHash,
          mailedAt: clock.now(),
          secrets: await Promise.all(
            holders.map(async (holding) => {
              const { pinHash } = await openSecret(vault, holding);
              return { user: holding.user, sealed: sealSecret(vault, { key, pinHash }, holding) };
            }),
          ),
        }),
      });
    },

    async resetPin({ user, serial, pin }, by) {
      await whileChanged(async () => {
        const holding = isSerial(serial) && isName(user) ? await store.holding(user, serial) : undefined;
        if (!holding) throw new HostError('unknown-device');
        if (!TAKES_PIN.has(holding.state)) {
          const { state } = holding;
          throw new HostError('illegal-move', { state, move: 'reset-pin', moves: movesFrom(state) });
        }
        const { key } = await openSecret(vault, holding);
        const secret = { key, pinHash: cardPinHash(holding.suite, pin) };
        const secrets = [{ user, sealed: sealSecret(vault, secret, { user, serial }) }];
        const at = clock.now();
        return store.changeDevice(serial, holding.revision, { secrets }, (outcome) =>
          outcome === 'changed' ? [{ at, event: 'pin-reset', user, serial, actor: by }] : [],
        );
      });
    },

    async share(serial, name, by) {
      const device = await moves.known(serial);
      const holders = await store.holders(serial);
      const user = isName(name) ? await store.user(name) : undefined;
      if (!user) throw new HostError('unknown-user');
      const [first] = holders;
      const owner = first && (await store.user(first.user));
      const isSame = user.person !== undefined && owner?.person === user.person;
      if (!first || device.state !== 'active' || !isSame) throw new HostError('not-shareable');
      const sealed = sealSecret(vault, await openSecret(vault, first), { user: name, serial });
      const at = clock.now();
      const shared = await store.share(serial, { user: name, sealed }, (done) =>
        done ? [{ at, event: 'device-shared', user: name, serial, actor: by }] : [],
      );
      if (!shared) throw new HostError('already-shared');
    },

    async unshare(serial, name, by) {
      await moves.known(serial);
      const at = clock.now();
      const done =
        isName(name) &&
        (await store.unshare(serial, name, (taken) =>
          taken ? [{ at, event: 'device-unshared', user: name, serial, actor: by }] : [],
        ));
      if (!done) throw new HostError('last-holder');
    },

    trail: (page) => store.trail(page),
  };

  function statusOf(devices: readonly DeviceRecord[]): Promise<DeviceStatus[]> {
    return Promise.all(devices.map((device) => moves.status(device)));
  }
}

const userStatus = ({ name, role, disabled, balance, person }: UserRecord): UserStatus => ({
  name,
  role,
  disabled,
  balance,
  person,
});
