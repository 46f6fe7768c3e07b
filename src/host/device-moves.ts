// Moves of a device through its life, told to the audit trail, and safe beside other changes of the same device.
import type { Actor, AuditEvent } from './audit/event.ts';
import { dueAt, hasBeenActive, moved, type DeviceMove, type DeviceState } from './device-life.ts';
import { HostError } from './error.ts';
import type { HostParts } from './host-parts.ts';
import { isSerial } from './serial.ts';
import { tokenHashOf } from './sessions.ts';
import type { DeviceChange, DeviceRecord, Holding } from './store/store.ts';

/** How a device stands with the host. Times are in milliseconds since 1970. */
export interface DeviceStatus {
  readonly serial: string;
  readonly kind: 'card';
  /** The OCRA suite, as text. */
  readonly suite: string;
  readonly state: DeviceState;
  /** Names of its users, in alphabetical order. */
  readonly users: readonly string[];
  /** Answers found to be wrong since the last right one. */
  readonly wrongInARow: number;
  readonly requestedAt: number;
  readonly mailedAt: number | undefined;
  readonly activatedAt: number | undefined;
  /** When it counts as active by itself; undefined if it is, or is not on its way. */
  readonly dueAt: number | undefined;
}

/** What a move changes beyond the state; asked again if the device changed meanwhile. */
type MoreChanges = (device: DeviceRecord, holders: readonly Holding[]) => Promise<DeviceChange>;

export interface DeviceMoves {
  /** Refuses with `unknown-device`. */
  known(serial: string): Promise<DeviceRecord>;
  status(device: DeviceRecord): Promise<DeviceStatus>;
  /**
   * Makes a move. Losing, blocking and retiring end the sessions that the device opened, all but the one with `token`.
   * Refuses with `unknown-device`, `illegal-move` or, for a new key, `key-taken`.
   */
  move(
    serial: string,
    move: DeviceMove,
    by: Actor | undefined,
    how?: { readonly more?: MoreChanges; readonly token?: string | undefined },
  ): Promise<void>;
}

/** Moves after which nobody believes who has the device, nor what it has opened. */
const ENDS_SESSIONS: ReadonlySet<DeviceMove> = new Set(['block', 'lose', 'retire']);

/** One who read a device too early reads it again; more often than this, something else is wrong. */
const MOST_TRIES = 20;

export function createDeviceMoves({
  clock,
  store,
  policy,
}: Pick<HostParts, 'clock' | 'store' | 'policy'>): DeviceMoves {
  const moves: DeviceMoves = {
    async known(serial) {
      const device = isSerial(serial) ? await store.device(serial) : undefined;
      if (!device) throw new HostError('unknown-device');
      return device;
    },

    async status(device) {
      const { serial, kind, suite, state, wrongInARow, requestedAt, mailedAt, activatedAt } = device;
      const users = (await store.holders(serial)).map(({ user }) => user);
      const times = { requestedAt, mailedAt, activatedAt, dueAt: dueAt(device) };
      return { serial, kind, suite, state, users, wrongInARow, ...times };
    },

    async move(serial, move, by, { more = async () => ({}), token } = {}) {
      await whileChanged(async () => {
        const device = await moves.known(serial);
        const state = moved(device, move);
        const holders = await store.holders(serial);
        const at = clock.now();
        const change: DeviceChange = {
          ...(ENDS_SESSIONS.has(move) && { endsSessions: { but: tokenHashOf(token) } }),
          ...(await more(device, holders)),
          state,
          // Whoever loses a device does not fall back to the password alone.
          ...(hasBeenActive(device, at) && { hadFactor: true }),
          // A user who loses and finds it must not undo a block so: one blocked before it was lost answers nothing.
          ...(move === 'lose' && device.state === 'blocked' && { wrongInARow: policy.wrongAnswersPerDevice }),
          // An administrator who gives a device back to its user gives it back usable.
          ...(move === 'find' && { wrongInARow: 0 }),
        };
        return store.changeDevice(serial, device.revision, change, (outcome) =>
          outcome === 'changed' ? movedFor(holders, { at, serial, actor: by, detail: state }) : [],
        );
      });
    },
  };
  return moves;
}

/** Tells each user of a device what became of it. */
export const movedFor = (
  holders: readonly Holding[],
  told: Pick<AuditEvent, 'at' | 'serial' | 'actor' | 'detail'>,
): AuditEvent[] => holders.map(({ user }) => ({ ...told, event: 'device-moved', user }));

/** Does what reads a device and then changes it until nobody else changed it in between. Refuses with `key-taken`. */
export async function whileChanged(
  change: () => Promise<'changed' | 'device-changed' | 'key-taken'>,
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const outcome = await change();
    if (outcome === 'changed') return;
    if (outcome === 'key-taken') throw new HostError('key-taken');
  }
  throw new HostError('device-changed');
}
