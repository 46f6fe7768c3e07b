/** @jsxImportSource hono/jsx */
// Fields for PINs and passwords: how they are entered, and new ones, once or twice.
import { Field } from './field.tsx';
import type { Frame } from './frame.ts';

/** How a password is entered: the one that holds, unless it says otherwise. */
export const PASSWORD_INPUT = {
  type: 'password',
  autocomplete: 'current-password',
  maxlength: 1024,
} as const;

/** How a PIN is entered: not shown, by digits, kept by no browser. */
const PIN_INPUT = {
  type: 'password',
  inputmode: 'numeric',
  pattern: '[0-9]{4}',
  maxlength: 4,
  autocomplete: 'off',
  class: 'short',
} as const;

interface NewSecretProps {
  readonly frame: Frame;
  readonly label: string;
  /** Label of a second field for the same; none without it. */
  readonly again?: string;
}

export function NewPin({ frame, label, again }: NewSecretProps) {
  return (
    <>
      <Field frame={frame} id="pin" label={label} hint={frame.text('pin.hint')} input={PIN_INPUT} />
      {again !== undefined && <Field frame={frame} id="again" label={again} input={PIN_INPUT} />}
    </>
  );
}

interface NewPasswordProps extends NewSecretProps {
  /** The fewest characters it may have, which are told; by default only the host checks them. */
  readonly least?: number;
}

export function NewPassword({ frame, label, again, least }: NewPasswordProps) {
  const input = { ...PASSWORD_INPUT, autocomplete: 'new-password', minlength: least } as const;
  const hint = least === undefined ? undefined : frame.text('password.hint', { count: least });
  return (
    <>
      <Field frame={frame} id="password" label={label} hint={hint} input={input} />
      {again !== undefined && <Field frame={frame} id="again" label={again} input={input} />}
    </>
  );
}
