/** @jsxImportSource hono/jsx */
// The administrator's pages about one device of a user.
import { Field } from './field.tsx';
import { FormPage } from './form-page.tsx';
import type { Frame } from './frame.ts';
import { userPage } from './link.ts';
import { NewPin } from './secret-field.tsx';
import { KeyField } from './user-forms.tsx';

interface DeviceProps {
  readonly frame: Frame;
  readonly serial: string;
  /** The user it is shown with. */
  readonly name: string;
}

/** What all forms about a device have in common. */
const of = ({ frame, serial, name }: DeviceProps) => ({
  frame,
  values: { serial, name },
  cancel: userPage(name),
});

export function MailPage(device: DeviceProps) {
  const { text } = device.frame;
  return (
    <FormPage
      {...of(device)}
      title={text('admin.mailTitle', { device: device.serial })}
      lead={text('admin.mailLead')}
      action="/admin/device/mail"
      submit={text('admin.mail')}
    >
      <KeyField frame={device.frame} />
    </FormPage>
  );
}

export function ResetPinPage(device: DeviceProps) {
  const { text } = device.frame;
  return (
    <FormPage
      {...of(device)}
      title={text('admin.resetPinTitle', { user: device.name, device: device.serial })}
      action="/admin/device/pin"
      submit={text('save')}
    >
      <NewPin frame={device.frame} label={text('pin.new')} />
    </FormPage>
  );
}

export function SharePage(device: DeviceProps) {
  const { text } = device.frame;
  return (
    <FormPage
      {...of(device)}
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
    </FormPage>
  );
}

export function MovePage({
  move,
  ...device
}: DeviceProps & { readonly move: 'lose' | 'withdraw' | 'retire' }) {
  const { text } = device.frame;
  const { values, ...rest } = of(device);
  const label = text(`admin.move.${move}`);
  return (
    <FormPage
      {...rest}
      values={{ ...values, move }}
      title={`${label}: ${device.serial}`}
      lead={`${text(`admin.moveMeans.${move}`)} ${text('admin.sure')}`}
      action="/admin/device/move"
      submit={label}
      isDangerous
    />
  );
}
