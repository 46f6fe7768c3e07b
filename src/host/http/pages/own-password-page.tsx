/** @jsxImportSource hono/jsx */
// The page where a user chooses a new password.
import { Field } from './field.tsx';
import { FormPage } from './form-page.tsx';
import type { Frame } from './frame.ts';
import { NewPassword, PASSWORD_INPUT } from './secret-field.tsx';

interface OwnPasswordProps {
  readonly frame: Frame;
  /** The fewest characters of a new password. */
  readonly least: number;
}

export function OwnPasswordPage({ frame, least }: OwnPasswordProps) {
  const { text } = frame;
  return (
    <FormPage
      frame={frame}
      title={text('password.title')}
      lead={text('password.lead')}
      action="/password"
      submit={text('save')}
      cancel="/home"
    >
      <Field frame={frame} id="current" label={text('password.current')} input={PASSWORD_INPUT} />
      <NewPassword frame={frame} label={text('password.new')} again={text('password.again')} least={least} />
    </FormPage>
  );
}
