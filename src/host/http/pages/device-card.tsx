/** @jsxImportSource hono/jsx */
// One device on a page: what it is, how it stands, what can be done with it.
import type { Child } from 'hono/jsx';
import type { DeviceStatus } from '../../device-moves.ts';
import { Hidden } from './field.tsx';
import type { Frame } from './frame.ts';
import { Moment } from './moment.tsx';

interface DeviceCardProps {
  readonly frame: Frame;
  readonly device: Omit<DeviceStatus, 'users'>;
  /** More facts, as terms and details. */
  readonly facts?: Child;
  /** What can be done. */
  readonly children?: Child;
}

export function DeviceCard({ frame, device, facts, children }: DeviceCardProps) {
  const { text } = frame;
  const { serial, state, wrongInARow, requestedAt, mailedAt, activatedAt } = device;
  const moments = [
    ['device.requestedAt', requestedAt],
    ['device.mailedAt', mailedAt],
    ['device.activatedAt', activatedAt],
  ] as const;
  return (
    <li class="sheet device">
      <div class="row apart">
        <h2>{text('device.card')}</h2>
        <span class={`badge ${state}`}>{text(`device.state.${state}`)}</span>
      </div>
      <dl class="facts">
        <dt>{text('device.serial')}</dt>
        <dd class="mono">{serial}</dd>
        {moments.map(
          ([name, at]) =>
            at !== undefined && (
              <>
                <dt>{text(name)}</dt>
                <dd>
                  <Moment frame={frame} at={at} />
                </dd>
              </>
            ),
        )}
        {facts}
      </dl>
      {state !== 'active' && <p class="note">{text(`device.stateMeans.${state}`)}</p>}
      {wrongInARow > 0 && <p class="note">{text('device.wrong', { count: wrongInARow })}</p>}
      <div class="row acts">{children}</div>
    </li>
  );
}

interface ActProps {
  readonly to: string;
  readonly label: string;
  /** What tells this button from the same one at another device. */
  readonly of: string;
  readonly isMain?: boolean;
  /** Sent along. */
  readonly values: Readonly<Record<string, string>>;
}

/** A button that does something at once. */
export function Act({ to, label, of, isMain = false, values }: ActProps) {
  return (
    <form class="inline" method="post" action={to}>
      <Hidden values={values} />
      <button class={isMain ? '' : 'quiet'} type="submit" aria-label={`${label}: ${of}`}>
        {label}
      </button>
    </form>
  );
}

/** A link that looks like such a button: what it leads to asks for more. */
export function Way({ to, label, of }: Pick<ActProps, 'to' | 'label' | 'of'>) {
  return (
    <a class="button quiet" href={to} aria-label={`${label}: ${of}`}>
      {label}
    </a>
  );
}
