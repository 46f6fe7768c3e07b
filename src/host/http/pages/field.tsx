/** @jsxImportSource hono/jsx */
// A field of a form: its label, what to enter, what was wrong with what was entered.
import type { Child, JSX } from 'hono/jsx';
import type { Frame } from './frame.ts';

interface FieldProps {
  readonly frame: Frame;
  /** Also the name that its value is sent under. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Ids of what else describes it. */
  readonly describedBy?: string | undefined;
  readonly input?: JSX.IntrinsicElements['input'];
}

export function Field({ frame, id, label, hint, describedBy, input }: FieldProps) {
  const about = describing(frame, id, hint, describedBy);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Hints frame={frame} id={id} hint={hint} />
      <input
        id={id}
        name={id}
        type="text"
        required
        autocomplete="off"
        spellcheck={false}
        {...input}
        {...about}
      />
    </div>
  );
}

/** What a form sends along without asking. */
export function Hidden({ values }: { readonly values: Readonly<Record<string, string>> }) {
  return (
    <>
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

interface ChoiceProps extends Omit<FieldProps, 'input'> {
  readonly children: Child;
}

/** A drop-down; its options are the children. */
export function Choice({ frame, id, label, hint, describedBy, children }: ChoiceProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Hints frame={frame} id={id} hint={hint} />
      <select id={id} name={id} {...describing(frame, id, hint, describedBy)}>
        {children}
      </select>
    </div>
  );
}

function Hints({ frame: { notice }, id, hint }: { frame: Frame; id: string; hint: string | undefined }) {
  return (
    <>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {notice?.field === id && (
        <p class="wrong" id={`${id}-wrong`}>
          {notice.message}
        </p>
      )}
    </>
  );
}

function describing({ notice }: Frame, id: string, hint?: string, describedBy?: string) {
  const isWrong = notice?.field === id;
  const ids = [hint !== undefined && `${id}-hint`, isWrong && `${id}-wrong`, describedBy]
    .filter(Boolean)
    .join(' ');
  return {
    'aria-describedby': ids === '' ? undefined : ids,
    'aria-invalid': isWrong ? ('true' as const) : undefined,
  };
}
