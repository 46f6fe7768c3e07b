/** @jsxImportSource hono/jsx */
// A device as an administrator sees it, with what its state allows.
import { movesFrom, type DeviceMove } from '../../device-life.ts';
import type { DeviceStatus } from '../../device-moves.ts';
import { Act, DeviceCard, Way } from './device-card.tsx';
import type { Frame } from './frame.ts';
import { link } from './link.ts';

interface AdminDeviceProps {
  readonly frame: Frame;
  readonly device: DeviceStatus;
  /** Whose page it is on. */
  readonly user: string;
}

/** Moves that an administrator makes; those of the second group are asked about first. */
export const MOVES = {
  atOnce: ['block', 'unblock', 'find'],
  asked: ['lose', 'withdraw', 'retire'],
} as const satisfies Record<string, readonly DeviceMove[]>;

export function AdminDevice({ frame, device, user }: AdminDeviceProps) {
  const { text } = frame;
  const { serial, state, users } = device;
  const values = { serial, name: user };
  const moves = movesFrom(state);
  const hasPin = ['requested', 'mailed', 'active', 'blocked'].includes(state);
  return (
    <DeviceCard
      frame={frame}
      device={device}
      facts={
        <>
          <dt>{text('device.users')}</dt>
          <dd class="mono">{users.join(', ')}</dd>
        </>
      }
    >
      {moves.includes('mail') && (
        <Way to={link('/admin/device/mail', values)} label={text('admin.mail')} of={serial} />
      )}
      {MOVES.atOnce
        .filter((move) => moves.includes(move))
        .map((move) => (
          <Act
            key={move}
            to="/admin/device/move"
            label={text(`admin.move.${move}`)}
            of={serial}
            values={{ ...values, move }}
          />
        ))}
      {hasPin && <Way to={link('/admin/device/pin', values)} label={text('admin.resetPin')} of={serial} />}
      {state === 'active' && (
        <Way to={link('/admin/device/share', values)} label={text('admin.share')} of={serial} />
      )}
      {users.length > 1 && (
        <Act to="/admin/device/unshare" label={text('admin.unshare', { user })} of={serial} values={values} />
      )}
      {MOVES.asked
        .filter((move) => moves.includes(move))
        .map((move) => (
          <Way
            key={move}
            to={link('/admin/device/move', { ...values, move })}
            label={text(`admin.move.${move}`)}
            of={serial}
          />
        ))}
      <a href={link('/admin/trail', { serial })} aria-label={`${text('trail.title')}: ${serial}`}>
        {text('trail.title')}
      </a>
    </DeviceCard>
  );
}
