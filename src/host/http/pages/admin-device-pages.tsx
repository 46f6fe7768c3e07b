/** @jsxImportSource hono/jsx */
// The administrator's pages about one device of a user.
import type { Child } from 'hono/jsx';
import { Field, PIN_INPUT } from './field.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { Cancel, KeyField } from './user-forms.tsx';

interface DeviceProps {
  readonly frame: Frame;
  readonly serial: string;
  /** The user it is shown with. */
  readonly name: string;
}

interface SheetProps extends DeviceProps {
  readonly title: string;
  readonly lead?: string;
  readonly action: string;
  readonly submit: string;
  readonly isDangerous?: boolean;
  readonly children?: Child;
}

/** A form about the device, which is sent along. */
function DeviceSheet({
  frame,
  serial,
  name,
  title,
  lead,
  action,
  submit,
  isDangerous,
  children,
}: SheetProps) {
  return (
    <Layout frame={frame} title={title}>
      <section class="sheet">
        <div class="head">
          <h1>{title}</h1>
          {lead !== undefined && <p class="lead">{lead}</p>}
        </div>
        <form method="post" action={action}>
          <input type="hidden" name="serial" value={serial} />
          <input type="hidden" name="name" value={name} />
          {children}
          <button class={isDangerous ? 'large danger' : 'large'} type="submit">
            {submit}
          </button>
        </form>
        <Cancel frame={frame} user={{ name }} />
      </section>
    </Layout>
  );
}

export function MailPage(device: DeviceProps) {
  const { text } = device.frame;
  return (
    <DeviceSheet
      {...device}
      title={text('admin.mailTitle', { device: device.serial })}
      lead={text('admin.mailLead')}
      action="/admin/device/mail"
      submit={text('admin.mail')}
    >
      <KeyField frame={device.frame} />
    </DeviceSheet>
  );
}

export function ResetPinPage(device: DeviceProps) {
  const { text } = device.frame;
  return (
    <DeviceSheet
      {...device}
      title={text('admin.resetPinTitle', { user: device.name, device: device.serial })}
      action="/admin/device/pin"
      submit={text('save')}
    >
      <Field
        frame={device.frame}
        id="pin"
        label={text('pin.new')}
        hint={text('pin.hint')}
        input={PIN_INPUT}
      />
    </DeviceSheet>
  );
}

export function SharePage(device: DeviceProps) {
  const { text } = device.frame;
  return (
    <DeviceSheet
      {...device}
      title={text('admin.shareTitle', { device: device.serial })}
      lead={text('admin.shareLead')}
      action="/admin/device/share"
      submit={text('admin.share')}
    >
      <Field
        frame={device.frame}
        id="with"
        label={text('admin.shareWith')}
        input={{ maxlength: 64, autocapitalize: 'none' }}
      />
    </DeviceSheet>
  );
}

export function MovePage({
  move,
  ...device
}: DeviceProps & { readonly move: 'lose' | 'withdraw' | 'retire' }) {
  const { text } = device.frame;
  const label = text(`admin.move.${move}`);
  return (
    <DeviceSheet
      {...device}
      title={`${label}: ${device.serial}`}
      lead={`${text(`admin.moveMeans.${move}`)} ${text('admin.sure')}`}
      action="/admin/device/move"
      submit={label}
      isDangerous
    >
      <input type="hidden" name="move" value={move} />
    </DeviceSheet>
  );
}
