/** @jsxImportSource hono/jsx */
// The administrator's pages about users: the list, one user, and what can be changed of one.
import type { UserStatus } from '../../administration.ts';
import type { DeviceStatus } from '../../device-moves.ts';
import { AdminDevice } from './admin-device.tsx';
import { Act } from './device-card.tsx';
import { Choice, Field, PIN_INPUT } from './field.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { link } from './link.ts';

interface UsersProps {
  readonly frame: Frame;
  readonly users: readonly UserStatus[];
  /** What the names shown begin with. */
  readonly prefix: string;
  /** Where the next page goes on; undefined on the last. */
  readonly next: string | undefined;
  readonly isFirst: boolean;
}

export function UsersPage({ frame, users, prefix, next, isFirst }: UsersProps) {
  const { text, language } = frame;
  const number = new Intl.NumberFormat(language);
  return (
    <Layout frame={frame} title={text('users.title')} width="wide">
      <div class="row apart">
        <h1>{text('users.title')}</h1>
        <a class="button" href="/admin/users/add">
          {text('users.add')}
        </a>
      </div>
      <form class="search" method="get" action="/admin/users" role="search">
        <Field
          frame={frame}
          id="prefix"
          label={text('users.search')}
          input={{ value: prefix, required: false, maxlength: 64, autocapitalize: 'none' }}
        />
        <button class="quiet" type="submit">
          {text('users.find')}
        </button>
      </form>
      {users.length === 0 ? (
        <p>{text('users.empty')}</p>
      ) : (
        <div class="sheet table">
          <table role="table" aria-label={text('users.title')}>
            <thead role="rowgroup">
              <tr role="row">
                <th role="columnheader" scope="col">
                  {text('users.name')}
                </th>
                <th role="columnheader" scope="col">
                  {text('users.role')}
                </th>
                <th role="columnheader" scope="col" class="number">
                  {text('users.balance')}
                </th>
                <th role="columnheader" scope="col">
                  {text('users.state')}
                </th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {users.map((user) => (
                <tr key={user.name} role="row">
                  <td role="cell" data-label={text('users.name')}>
                    <a href={link('/admin/user', { name: user.name })}>{user.name}</a>
                  </td>
                  <td role="cell" data-label={text('users.role')}>
                    {text(`users.${user.role}`)}
                  </td>
                  <td role="cell" class="number" data-label={text('users.balance')}>
                    {number.format(user.balance)}
                  </td>
                  <td role="cell" data-label={text('users.state')}>
                    <State frame={frame} user={user} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="row">
        {!isFirst && <a href={link('/admin/users', { prefix })}>{text('users.first')}</a>}
        {next !== undefined && (
          <a href={link('/admin/users', { prefix, after: next })}>{text('users.next')}</a>
        )}
      </div>
    </Layout>
  );
}

function State({
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
            <State frame={frame} user={user} />
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

/** Role, balance and person: of a user to add, or of one that there is. */
function Standing({ frame, user }: { readonly frame: Frame; readonly user?: UserStatus }) {
  const { text } = frame;
  return (
    <>
      <Choice frame={frame} id="role" label={text('users.role')}>
        {(['user', 'administrator'] as const).map((role) => (
          <option key={role} value={role} selected={role === user?.role}>
            {text(`users.${role}`)}
          </option>
        ))}
      </Choice>
      <Field
        frame={frame}
        id="balance"
        label={text('users.balance')}
        input={{ inputmode: 'numeric', pattern: '[0-9]{1,13}', value: String(user?.balance ?? 0) }}
      />
      <Field
        frame={frame}
        id="person"
        label={text('users.person')}
        hint={text('users.personHint')}
        input={{ required: false, maxlength: 64, pattern: NAME, value: user?.person ?? '' }}
      />
    </>
  );
}

const NAME = '[A-Za-z0-9._@\\-]{1,64}';

export function AddUserPage({ frame }: { readonly frame: Frame }) {
  const { text } = frame;
  return (
    <Layout frame={frame} title={text('users.add')}>
      <section class="sheet">
        <h1>{text('users.add')}</h1>
        <form method="post" action="/admin/users/add">
          <Field
            frame={frame}
            id="name"
            label={text('users.name')}
            hint={text('users.nameHint')}
            input={{ maxlength: 64, pattern: NAME, autocapitalize: 'none' }}
          />
          <Field
            frame={frame}
            id="password"
            label={text('users.newPassword')}
            input={{ type: 'password', autocomplete: 'new-password', maxlength: 1024 }}
          />
          <Standing frame={frame} />
          <button class="large" type="submit">
            {text('users.add')}
          </button>
        </form>
        <p>
          <a href="/admin/users">{text('cancel')}</a>
        </p>
      </section>
    </Layout>
  );
}

export function EditUserPage({ frame, user }: UserProps) {
  const { text } = frame;
  const title = text('users.editTitle', { user: user.name });
  return (
    <Layout frame={frame} title={title}>
      <section class="sheet">
        <h1>{title}</h1>
        <form method="post" action="/admin/user/edit">
          <input type="hidden" name="name" value={user.name} />
          <Standing frame={frame} user={user} />
          <button class="large" type="submit">
            {text('save')}
          </button>
        </form>
        <Cancel frame={frame} user={user} />
      </section>
    </Layout>
  );
}

export function PasswordPage({ frame, user }: UserProps) {
  const { text } = frame;
  const title = text('users.passwordTitle', { user: user.name });
  return (
    <Layout frame={frame} title={title}>
      <section class="sheet">
        <div class="head">
          <h1>{title}</h1>
          <p class="lead">{text('users.passwordLead')}</p>
        </div>
        <form method="post" action="/admin/user/password">
          <input type="hidden" name="name" value={user.name} />
          <Field
            frame={frame}
            id="password"
            label={text('users.newPassword')}
            input={{ type: 'password', autocomplete: 'new-password', maxlength: 1024 }}
          />
          <button class="large" type="submit">
            {text('save')}
          </button>
        </form>
        <Cancel frame={frame} user={user} />
      </section>
    </Layout>
  );
}

export function EnrolPage({ frame, user }: UserProps) {
  const { text } = frame;
  const title = text('enrol.title', { user: user.name });
  return (
    <Layout frame={frame} title={title}>
      <section class="sheet">
        <h1>{title}</h1>
        <form method="post" action="/admin/user/enrol">
          <input type="hidden" name="name" value={user.name} />
          <Field
            frame={frame}
            id="serial"
            label={text('enrol.serial')}
            hint={text('enrol.serialHint')}
            input={{ maxlength: 32 }}
          />
          <KeyField frame={frame} />
          <Field frame={frame} id="pin" label={text('enrol.pin')} hint={text('pin.hint')} input={PIN_INPUT} />
          <div class="check">
            <input type="checkbox" id="mailed" name="mailed" value="yes" />
            <label for="mailed">{text('enrol.mailed')}</label>
          </div>
          <button class="large" type="submit">
            {text('enrol.submit')}
          </button>
        </form>
        <Cancel frame={frame} user={user} />
      </section>
    </Layout>
  );
}

export function KeyField({ frame }: { readonly frame: Frame }) {
  const { text } = frame;
  return (
    <Field
      frame={frame}
      id="key"
      label={text('enrol.key')}
      hint={text('enrol.keyHint')}
      input={{ type: 'password', maxlength: 200 }}
    />
  );
}

export function Cancel({
  frame: { text },
  user: { name },
}: {
  readonly frame: Frame;
  readonly user: { readonly name: string };
}) {
  return (
    <p>
      <a href={link('/admin/user', { name })}>{text('cancel')}</a>
    </p>
  );
}
