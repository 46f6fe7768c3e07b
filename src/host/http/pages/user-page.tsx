/** @jsxImportSource hono/jsx */
// The administrator's page of one user and the user's devices.
import type { UserStatus } from '../../administration.ts';
import type { DeviceStatus } from '../../device-moves.ts';
import { AdminDevice } from './admin-device.tsx';
import { Act } from './device-card.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { link } from './link.ts';

interface UserProps {
  readonly frame: Frame;
  readonly user: UserStatus;
}

export function UserPage({
  frame,
  user,
  devices,
}: UserProps & { readonly devices: readonly DeviceStatus[] }) {
  const { text, language } = frame;
  const { name, role, balance, person, disabled } = user;
  return (
    <Layout frame={frame} title={name} width="wide">
      <div class="head">
        <p>
          <a href="/admin/users">{text('users.title')}</a>
        </p>
        <h1>{name}</h1>
      </div>
      <section class="sheet">
        <dl class="facts">
          <dt>{text('users.state')}</dt>
          <dd>
            <UserState frame={frame} user={user} />
          </dd>
          <dt>{text('users.role')}</dt>
          <dd>{text(`users.${role}`)}</dd>
          <dt>{text('users.balance')}</dt>
          <dd>{new Intl.NumberFormat(language).format(balance)}</dd>
          <dt>{text('users.person')}</dt>
          <dd>{person ?? text('none')}</dd>
        </dl>
        <div class="row">
          <a class="button quiet" href={link('/admin/user/edit', { name })}>
            {text('users.edit')}
          </a>
          <a class="button quiet" href={link('/admin/user/password', { name })}>
            {text('users.password')}
          </a>
          <Act
            to={disabled ? '/admin/user/enable' : '/admin/user/disable'}
            label={text(disabled ? 'users.enable' : 'users.disable')}
            of={name}
            values={{ name }}
          />
          <Act to="/admin/user/log-out" label={text('users.logOut')} of={name} values={{ name }} />
          <a href={link('/admin/trail', { user: name })}>{text('users.trail')}</a>
        </div>
      </section>
      <div class="row apart">
        <h2>{text('users.devices')}</h2>
        <a class="button" href={link('/admin/user/enrol', { name })}>
          {text('users.enrol')}
        </a>
      </div>
      {devices.length === 0 ? (
        <p>{text('users.noDevices')}</p>
      ) : (
        <ul class="devices">
          {devices.map((device) => (
            <AdminDevice key={device.serial} frame={frame} device={device} user={name} />
          ))}
        </ul>
      )}
    </Layout>
  );
}

/** Whether the user may log in. */
export function UserState({
  frame: { text },
  user: { disabled },
}: {
  readonly frame: Frame;
  readonly user: UserStatus;
}) {
  const state = disabled ? 'disabled' : 'enabled';
  return (
    <span>
      <span class={`badge ${state}`}>{text(`users.${state}`)}</span>
    </span>
  );
}
