/** @jsxImportSource hono/jsx */
// The administrator's list of users.
import type { UserStatus } from '../../administration.ts';
import { Field } from './field.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { link, userPage } from './link.ts';
import { Table } from './table.tsx';
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
          <Table
            label={text('users.title')}
            columns={['name', 'role', 'balance', 'state']}
            nameOf={(column) => text(`users.${column}`)}
            numbers="balance"
            rows={users.map((user) => ({
              name: <a href={userPage(user.name)}>{user.name}</a>,
              role: text(`users.${user.role}`),
              balance: number.format(user.balance),
              state: <UserState frame={frame} user={user} />,
            }))}
          />
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
