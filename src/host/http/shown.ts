// The host's records as the API shows them: times as ISO 8601, nothing undefined, nothing more than is asked.
import type { AuditEntry } from '../audit/event.ts';
import type { UserStatus } from '../administration.ts';
import type { Login } from '../challenge-desk.ts';
import type { DeviceStatus } from '../device-moves.ts';
import type { Entry } from '../login.ts';
import type { OwnDevice } from '../own-devices.ts';
import type { OpenSession, Session, SessionStatus } from '../sessions.ts';
import type {
  AuditShown,
  ChallengeShown,
  DeviceShown,
  LoginBegun,
  OpenSessionShown,
  OwnDeviceShown,
  SessionOpened,
  SessionShown,
  UserShown,
} from './wire.ts';

const iso = (time: number): string => new Date(time).toISOString();
const isoOrNone = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : iso(time);

function only<Shown, Name extends keyof Shown>(record: Shown, ...names: Name[]): Pick<Shown, Name> {
  return Object.fromEntries(names.map((name) => [name, record[name]])) as Pick<Shown, Name>;
}

export const challenge = ({
  id,
  challenge: digits,
  serial,
  expiresAt,
  attemptsLeft,
}: Login): ChallengeShown => ({
  id,
  challenge: digits,
  serial,
  expiresAt: iso(expiresAt),
  attemptsLeft,
});

export const openedSession = ({ token, user, kind, expiresAt, knownBrowser }: Session): SessionOpened => ({
  token,
  user,
  kind,
  expiresAt: iso(expiresAt),
  knownBrowser,
});

export function entry(begun: Entry): LoginBegun {
  switch (begun.step) {
    case 'challenge':
      return { step: 'challenge', ...challenge(begun) };
    case 'device':
      return {
        step: 'device',
        id: begun.id,
        devices: [...begun.devices],
        expiresAt: iso(begun.expiresAt),
      };
    case 'activation':
      return { step: 'activation', session: openedSession(begun.session), devices: [...begun.devices] };
  }
}

export const session = ({ expiresAt, ...status }: SessionStatus): SessionShown => ({
  ...only(status, 'user', 'role', 'kind', 'serial'),
  expiresAt: iso(expiresAt),
});

export const openSession = ({ openedAt, seenAt, expiresAt, ...status }: OpenSession): OpenSessionShown => ({
  ...only(status, 'kind', 'serial', 'current'),
  openedAt: iso(openedAt),
  seenAt: iso(seenAt),
  expiresAt: iso(expiresAt),
});

type Facts = Omit<DeviceStatus, 'users'>;

const facts = ({ requestedAt, mailedAt, activatedAt, ...rest }: Facts): Omit<DeviceShown, 'users'> => ({
  ...only(rest, 'serial', 'kind', 'suite', 'state', 'wrongInARow'),
  requestedAt: iso(requestedAt),
  mailedAt: isoOrNone(mailedAt),
  activatedAt: isoOrNone(activatedAt),
});

export const ownDevice = (device: OwnDevice): OwnDeviceShown => ({ ...facts(device), shared: device.shared });

export const device = (status: DeviceStatus): DeviceShown => ({ ...facts(status), users: [...status.users] });

export const user = (status: UserStatus): UserShown =>
  only(status, 'name', 'role', 'disabled', 'balance', 'person');

export const auditEntry = ({ at, ...rest }: AuditEntry): AuditShown => ({
  at: iso(at),
  ...only(rest, 'event', 'user', 'serial', 'actor', 'address', 'detail', 'chain', 'place'),
});
