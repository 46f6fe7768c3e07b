/** @jsxImportSource hono/jsx */
// A page that is one form: what it is for, its fields, the button, and the way out.
import type { Child } from 'hono/jsx';
import { Hidden } from './field.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';

interface FormPageProps {
  readonly frame: Frame;
  readonly title: string;
  /** Stands over the form; by default the title. */
  readonly heading?: string;
  readonly lead?: string;
  readonly note?: string | false;
  readonly action: string;
  /** Sent along with the fields. */
  readonly values?: Readonly<Record<string, string>>;
  /** The button's words. */
  readonly submit: string;
  readonly isDangerous?: boolean;
  /** Where else to go. */
  readonly cancel: string;
  /** The fields. */
  readonly children?: Child;
}

export function FormPage({ frame, title, heading = title, lead, note = false, ...form }: FormPageProps) {
  const { action, values = {}, submit, isDangerous = false, cancel, children } = form;
  return (
    <Layout frame={frame} title={title}>
      <section class="sheet">
        <div class="head">
          <h1>{heading}</h1>
          {lead !== undefined && <p class="lead">{lead}</p>}
          {note !== false && <p class="note">{note}</p>}
        </div>
        <form method="post" action={action}>
          <Hidden values={values} />
          {children}
          <button class={isDangerous ? 'large danger' : 'large'} type="submit">
            {submit}
          </button>
        </form>
        <p>
          <a href={cancel}>{frame.text('cancel')}</a>
        </p>
      </section>
    </Layout>
  );
}
