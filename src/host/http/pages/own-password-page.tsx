/** @jsxImportSource hono/jsx */
// The page where a user chooses a new password.
import { Field } from './field.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';

interface OwnPasswordProps {
  readonly frame: Frame;
  /** The fewest characters of a new password. */
  readonly least: number;
}

export function OwnPasswordPage({ frame, least }: OwnPasswordProps) {
  const { text } = frame;
  const entry = {
    type: 'password',
    autocomplete: 'new-password',
    minlength: least,
    maxlength: 1024,
  } as const;
  return (
    <Layout frame={frame} title={text('password.title')}>
      <section class="sheet">
        <div class="head">
          <h1>{text('password.title')}</h1>
          <p class="lead">{text('password.lead')}</p>
        </div>
        <form method="post" action="/password">
          <Field
            frame={frame}
            id="current"
            label={text('password.current')}
            input={{ type: 'password', autocomplete: 'current-password', maxlength: 1024 }}
          />
          <Field
            frame={frame}
            id="password"
            label={text('password.new')}
            hint={text('password.hint', { count: least })}
            input={entry}
          />
          <Field frame={frame} id="again" label={text('password.again')} input={entry} />
          <button class="large" type="submit">
            {text('save')}
          </button>
        </form>
        <p>
          <a href="/home">{text('cancel')}</a>
        </p>
      </section>
    </Layout>
  );
}
