// What a user does with devices of their own: request, activate, change the PIN, report lost, find again.
import { randomInt } from 'node:crypto';
import type { Actor } from './audit/event.ts';
import { createChallengeDesk, type Answer, type Login } from './challenge-desk.ts';
import { createDeviceMoves, type DeviceStatus } from './device-moves.ts';
import { HostError } from './error.ts';
import { cardPinHash, cardSuite } from './factors/digital-security-card.ts';
import { openSecret, sealSecret } from './factors/secret.ts';
import type { HostParts } from './host-parts.ts';
import { moved } from './device-life.ts';
import type { Origin } from './known-browser.ts';
import { isSerial } from './serial.ts';
import type { Holding } from './store/store.ts';

/** A user's own device. */
export interface OwnDevice extends Omit<DeviceStatus, 'users'> {
  /** Whether other user names of the same person have it too. */
  readonly shared: boolean;
}

/** What the holder of a full session does with devices; `ownDevices`, `request` and `withdraw` in a restricted one too. */
export interface OwnDevices {
  /** A user's devices, in the order they became the user's. */
  ownDevices(user: string): Promise<readonly OwnDevice[]>;
  /**
   * Requests a card, its PIN chosen; `replaces` is a lost one that it stands in for. Gives the serial number it will have.
   * Refuses with `not-eligible`, `already-requested`, `bad-pin`, `pins-differ`, `no-device` or `illegal-move`.
   */
  request(asked: {
    readonly user: string;
    readonly pin: string;
    /** The PIN once more. */
    readonly again: string;
    readonly replaces?: string | undefined;
  }): Promise<string>;
  /** Takes a request back. Refuses with `no-device` or `illegal-move`. */
  withdraw(user: string, serial: string): Promise<void>;
  /**
   * Reports a device lost: it answers nothing from now on, and the sessions that it opened end, all but the one with this
   * token. Refuses with `no-device` or `illegal-move`.
   */
  reportLost(user: string, serial: string, token?: string): Promise<void>;
  /**
   * Begins a change of PIN: a challenge, to be answered by the card with the new PIN. The old one holds until then. A card
   * shared among user names has a PIN for each.
   * Refuses with `no-device`, `device-blocked`, `bad-pin`, `pins-differ`, `too-many-logins` or `challenges-exhausted`.
   */
  changePin(change: {
    readonly user: string;
    readonly serial: string;
    readonly pin: string;
    readonly again: string;
    readonly from?: Origin | undefined;
  }): Promise<Login>;
  /**
   * Begins the reactivation of a device that was lost and is found: a challenge, to be answered by the device.
   * Refuses with `no-device`, `illegal-move`, `too-many-logins` or `challenges-exhausted`.
   */
  reactivate(user: string, serial: string, from?: Origin): Promise<Login>;
  /** The answer that completes a change of PIN or a reactivation. Refuses as {@link Ceremony.answer}. */
  confirm(user: string, answer: Answer): Promise<void>;
}

/** Requested cards have serial numbers `DSC-` and this many digits. */
const SERIAL_DIGITS = 10;

export function createOwnDevices(parts: HostParts): OwnDevices {
  const { clock, store, policy, vault } = parts;
  const desk = createChallengeDesk(parts);
  const moves = createDeviceMoves(parts);

  return {
    async ownDevices(user) {
      const devices: OwnDevice[] = [];
      for (const holding of await store.holdings(user)) {
        const { users, ...status } = await moves.status(holding);
        devices.push({ ...status, shared: users.length > 1 });
      }
      return devices;
    },

    async request({ user, pin, again, replaces }) {
      if (pin !== again) throw new HostError('pins-differ');
      const suite = cardSuite();
      const pinHash = cardPinHash(suite, pin);
      const record = await store.user(user);
      if (!record || record.balance < policy.eligibleBalance) throw new HostError('not-eligible');
      const holdings = await store.holdings(user);
      if (holdings.some(({ state }) => state === 'requested')) throw new HostError('already-requested');
      if (replaces !== undefined) moved(await owned(user, replaces), 'replace');
      const serial = await addRequested(user, suite, pinHash);
      try {
        // Two requests at once see each other now, if they did not before: the first one added stays.
        const first = (await store.holdings(user)).find(({ state }) => state === 'requested');
        if (first && first.serial !== serial) throw new HostError('already-requested');
        if (replaces !== undefined) await moves.move(replaces, 'replace', actor(user));
      } catch (error) {
        await moves.move(serial, 'withdraw', actor(user));
        throw error;
      }
      return serial;
    },

    async withdraw(user, serial) {
      await owned(user, serial);
      await moves.move(serial, 'withdraw', actor(user));
    },

    async reportLost(user, serial, token) {
      await owned(user, serial);
      await moves.move(serial, 'lose', actor(user), { token });
    },

    async changePin({ user, serial, pin, again, from }) {
      if (pin !== again) throw new HostError('pins-differ');
      const holding = await owned(user, serial);
      if (holding.state === 'blocked') throw new HostError('device-blocked');
      if (holding.state !== 'active') throw new HostError('no-device');
      const { key, suite } = await openSecret(vault, holding);
      const sealed = sealSecret(vault, { key, pinHash: cardPinHash(suite, pin) }, { user, serial });
      return desk.open(holding, { issuedAt: clock.now(), purpose: 'pin-change', sealed, from });
    },

    async reactivate(user, serial, from) {
      const holding = await owned(user, serial);
      moved(holding, 'find');
      return desk.open(holding, { issuedAt: clock.now(), purpose: 'reactivation', from });
    },

    async confirm(user, { login: id, ...answer }) {
      const login = await desk.find(id, ['pin-change', 'reactivation']);
      if (login.user !== user) throw new HostError('unknown-login');
      const { serial = '', purpose, sealed } = login;
      const at = clock.now();
      await desk.answer(login, answer, {
        from: purpose === 'pin-change' ? ['active'] : ['lost'],
        // The master key may have been changed since, and the one it is under be gone soon.
        ...(sealed !== undefined && { sealed: (await vault.reseal(sealed, { user, serial })) ?? sealed }),
        tell:
          purpose === 'pin-change'
            ? [{ at, event: 'pin-changed', user, serial, actor: actor(user), address: answer.from?.address }]
            : [],
      });
    },
  };

  async function owned(user: string, serial: string): Promise<Holding> {
    const holding = isSerial(serial) ? await store.holding(user, serial) : undefined;
    if (!holding) throw new HostError('no-device');
    return holding;
  }

  async function addRequested(user: string, suite: string, pinHash: Uint8Array): Promise<string> {
    const at = clock.now();
    for (;;) {
      const serial = `DSC-${String(randomInt(10 ** SERIAL_DIGITS)).padStart(SERIAL_DIGITS, '0')}`;
      const outcome = await store.addDevice(
        {
          serial,
          kind: 'card',
          suite,
          keyHash: undefined,
          state: 'requested',
          requestedAt: at,
          mailedAt: undefined,
          activatedAt: undefined,
          wrongInARow: 0,
          revision: 0,
        },
        { user, sealed: sealSecret(vault, { key: new Uint8Array(), pinHash }, { user, serial }) },
        (added) =>
          added === 'added' ? [{ at, event: 'device-requested', user, serial, actor: actor(user) }] : [],
      );
      if (outcome === 'added') return serial;
    }
  }
}

const actor = (user: string): Actor => `user:${user}`;
