/** @jsxImportSource hono/jsx */
// The administrator's list of users.
import type { UserStatus } from '../../administration.ts';
import { Field } from './field.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { link } from './link.ts';
import { UserState } from './user-page.tsx';

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
                    <UserState frame={frame} user={user} />
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
