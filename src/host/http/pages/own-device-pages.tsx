/** @jsxImportSource hono/jsx */
// Pages where a user does something with one device: a new PIN, a loss, a request.
import type { OwnDevice } from '../../own-devices.ts';
import { Choice } from './field.tsx';
import { FormPage } from './form-page.tsx';
import type { Frame } from './frame.ts';
import { NewPin } from './secret-field.tsx';

interface DeviceProps {
  readonly frame: Frame;
  readonly device: OwnDevice;
}

export function PinPage({ frame, device: { serial, shared } }: DeviceProps) {
  const { text } = frame;
  return (
    <FormPage
      frame={frame}
      title={text('pin.title')}
      lead={text('pin.lead', { device: serial })}
      note={shared && text('pin.other')}
      action="/devices/pin"
      values={{ serial }}
      submit={text('continue')}
      cancel="/home"
    >
      <NewPin frame={frame} label={text('pin.new')} again={text('pin.again')} />
    </FormPage>
  );
}

export function LostPage({ frame, device: { serial } }: DeviceProps) {
  const { text } = frame;
  return (
    <FormPage
      frame={frame}
      title={text('lost.title')}
      heading={text('lost.question', { device: serial })}
      lead={text('lost.lead')}
      action="/devices/lost"
      values={{ serial }}
      submit={text('lost.submit')}
      isDangerous
      cancel="/home"
    />
  );
}

interface RequestProps {
  readonly frame: Frame;
  /** Serial numbers of lost devices, that the new one may stand in for. */
  readonly lost: readonly string[];
}

export function RequestPage({ frame, lost }: RequestProps) {
  const { text } = frame;
  return (
    <FormPage
      frame={frame}
      title={text('request.title')}
      lead={text('request.lead')}
      note={text('home.requestLead')}
      action="/devices/request"
      submit={text('request.submit')}
      cancel="/home"
    >
      {lost.length > 0 && (
        <Choice frame={frame} id="replaces" label={text('request.replaces')}>
          <option value="">{text('request.replacesNothing')}</option>
          {lost.map((serial) => (
            <option key={serial} value={serial}>
              {text('device.card')} – {serial}
            </option>
          ))}
        </Choice>
      )}
      <NewPin frame={frame} label={text('request.pin')} again={text('request.again')} />
    </FormPage>
  );
}
