/** @jsxImportSource hono/jsx */
// The administrator's forms about a user: a new one, new standing, new password, new card.
import type { UserStatus } from '../../administration.ts';
import { Choice, Field } from './field.tsx';
import { FormPage } from './form-page.tsx';
import type { Frame } from './frame.ts';
import { userPage } from './link.ts';
import { NewPassword, NewPin } from './secret-field.tsx';

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
  const title = text('users.add');
  return (
    <FormPage frame={frame} title={title} action="/admin/users/add" submit={title} cancel="/admin/users">
      <Field
        frame={frame}
        id="name"
        label={text('users.name')}
        hint={text('users.nameHint')}
        input={{ maxlength: 64, pattern: NAME, autocapitalize: 'none' }}
      />
      <NewPassword frame={frame} label={text('users.newPassword')} />
      <Standing frame={frame} />
    </FormPage>
  );
}

/** What all forms about a user have in common. */
const of = ({ frame, user: { name } }: UserProps) => ({ frame, values: { name }, cancel: userPage(name) });

export function EditUserPage({ frame, user }: UserProps) {
  const { text } = frame;
  return (
    <FormPage
      {...of({ frame, user })}
      title={text('users.editTitle', { user: user.name })}
      action="/admin/user/edit"
      submit={text('save')}
    >
      <Standing frame={frame} user={user} />
    </FormPage>
  );
}

export function PasswordPage({ frame, user }: UserProps) {
  const { text } = frame;
  return (
    <FormPage
      {...of({ frame, user })}
      title={text('users.passwordTitle', { user: user.name })}
      lead={text('users.passwordLead')}
      action="/admin/user/password"
      submit={text('save')}
    >
      <NewPassword frame={frame} label={text('users.newPassword')} />
    </FormPage>
  );
}

export function EnrolPage({ frame, user }: UserProps) {
  const { text } = frame;
  return (
    <FormPage
      {...of({ frame, user })}
      title={text('enrol.title', { user: user.name })}
      action="/admin/user/enrol"
      submit={text('enrol.submit')}
    >
      <Field
        frame={frame}
        id="serial"
        label={text('enrol.serial')}
        hint={text('enrol.serialHint')}
        input={{ maxlength: 32 }}
      />
      <KeyField frame={frame} />
      <NewPin frame={frame} label={text('enrol.pin')} />
      <div class="check">
        <input type="checkbox" id="mailed" name="mailed" value="yes" />
        <label for="mailed">{text('enrol.mailed')}</label>
      </div>
    </FormPage>
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
