/** @jsxImportSource hono/jsx */
// The administrator's forms about a user: a new one, new standing, new password, new card.
import type { UserStatus } from '../../administration.ts';
import { Choice, Field, PIN_INPUT } from './field.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { link } from './link.ts';

interface UserProps {
  readonly frame: Frame;
  readonly user: UserStatus;
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

const NAME = String.raw`[A-Za-z0-9][A-Za-z0-9._@\-]{0,63}`;

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
