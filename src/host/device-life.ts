// The life of a device, from request to retirement: one table, and what is not in it is refused.
import { HostError } from './error.ts';

/**
 * Where a device is in its life.
 *
 * - `requested`: asked for, its PIN chosen; no device yet.
 * - `mailed`: on its way. The first login with it activates it; 14 days later it counts as active by itself.
 * - `active`: in use.
 * - `blocked`: after too many wrong answers, or by an administrator.
 * - `lost`, `replaced` (lost, and another requested in its place), `retired`: answers nothing.
 */
export type DeviceState = 'requested' | 'mailed' | 'active' | 'blocked' | 'lost' | 'replaced' | 'retired';

/** What may happen to a device. */
export type DeviceMove =
  'mail' | 'activate' | 'block' | 'unblock' | 'lose' | 'find' | 'replace' | 'withdraw' | 'retire';

/** How a device stands, as far as its life is concerned. Times are in milliseconds since 1970. */
export interface DeviceStanding {
  readonly state: DeviceState;
  readonly mailedAt: number | undefined;
  readonly activatedAt: number | undefined;
}

/** A device that was mailed is required from then on, activated or not: 14 days (public help pages of the broker). */
const DUE_AFTER = 14 * 24 * 3_600_000;

const LIFE: Readonly<Record<DeviceState, Partial<Record<DeviceMove, DeviceState>>>> = {
  requested: { mail: 'mailed', withdraw: 'retired' },
  mailed: { activate: 'active', block: 'blocked', lose: 'lost', retire: 'retired' },
  active: { block: 'blocked', lose: 'lost', retire: 'retired' },
  blocked: { unblock: 'active', lose: 'lost', retire: 'retired' },
  lost: { find: 'active', replace: 'replaced', retire: 'retired' },
  replaced: { retire: 'retired' },
  retired: {},
};

/** All moves, in the order of a life. */
export const DEVICE_MOVES: readonly DeviceMove[] = [
  'mail',
  'activate',
  'block',
  'unblock',
  'lose',
  'find',
  'replace',
  'withdraw',
  'retire',
];

/**
 * The state a move leads to. A device that is unblocked or found before it was ever activated is as if just mailed.
 *
 * @throws {HostError} `illegal-move`.
 */
export function moved({ state, activatedAt }: DeviceStanding, move: DeviceMove): DeviceState {
  const next = LIFE[state][move];
  if (!next) throw new HostError('illegal-move', { state, move, moves: movesFrom(state) });
  const wasInUse = activatedAt !== undefined || move === 'activate';
  return next === 'active' && !wasInUse ? 'mailed' : next;
}

/** Moves that a device in this state can make. */
export const movesFrom = (state: DeviceState): readonly DeviceMove[] =>
  DEVICE_MOVES.filter((move) => LIFE[state][move] !== undefined);

/** States from which a move leads anywhere. */
export const statesBefore = (move: DeviceMove): readonly DeviceState[] =>
  (Object.keys(LIFE) as DeviceState[]).filter((state) => LIFE[state][move] !== undefined);

/** States in which a challenge may be put to a device at a login. */
export const USABLE: readonly DeviceState[] = ['active', 'mailed'];

/** States in which its answers are checked: a lost one's, to be found again. */
export const CHECKED: readonly DeviceState[] = [...USABLE, 'lost'];

/** Whether a challenge may be put to it at a login. */
export const isUsable = ({ state }: DeviceStanding): boolean => USABLE.includes(state);

/**
 * When a device that is not activated counts as active by itself, in milliseconds since 1970. Undefined for one that is
 * active already, is not mailed yet, or was lost or retired on its way.
 */
export const dueAt = ({ state, mailedAt, activatedAt }: DeviceStanding): number | undefined =>
  activatedAt === undefined && mailedAt !== undefined && (state === 'mailed' || state === 'blocked')
    ? mailedAt + DUE_AFTER
    : undefined;

/** Whether it is, or has been, a factor that its user's logins need: activated, or mailed long enough ago. */
export const hasBeenActive = (device: DeviceStanding, now: number): boolean =>
  device.activatedAt !== undefined || now >= (dueAt(device) ?? Infinity);
