/** @jsxImportSource hono/jsx */
// Pages where a user does something with one device: a new PIN, a loss, a request.
import type { OwnDevice } from '../../own-devices.ts';
import { Choice, Field, PIN_INPUT } from './field.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';

interface DeviceProps {
  readonly frame: Frame;
  readonly device: OwnDevice;
}

export function PinPage({ frame, device: { serial, shared } }: DeviceProps) {
  const { text } = frame;
  return (
    <Layout frame={frame} title={text('pin.title')}>
      <section class="sheet">
        <div class="head">
          <h1>{text('pin.title')}</h1>
          <p class="lead">{text('pin.lead', { device: serial })}</p>
          {shared && <p class="note">{text('pin.other')}</p>}
        </div>
        <form method="post" action="/devices/pin">
          <input type="hidden" name="serial" value={serial} />
          <Field frame={frame} id="pin" label={text('pin.new')} hint={text('pin.hint')} input={PIN_INPUT} />
          <Field frame={frame} id="again" label={text('pin.again')} input={PIN_INPUT} />
          <button class="large" type="submit">
            {text('continue')}
          </button>
        </form>
        <p>
          <a href="/home">{text('cancel')}</a>
        </p>
      </section>
    </Layout>
  );
}

export function LostPage({ frame, device: { serial } }: DeviceProps) {
  const { text } = frame;
  return (
    <Layout frame={frame} title={text('lost.title')}>
      <section class="sheet">
        <div class="head">
          <h1>{text('lost.question', { device: serial })}</h1>
          <p class="lead">{text('lost.lead')}</p>
        </div>
        <form method="post" action="/devices/lost">
          <input type="hidden" name="serial" value={serial} />
          <button class="large danger" type="submit">
            {text('lost.submit')}
          </button>
        </form>
        <p>
          <a href="/home">{text('cancel')}</a>
        </p>
      </section>
    </Layout>
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
    <Layout frame={frame} title={text('request.title')}>
      <section class="sheet">
        <div class="head">
          <h1>{text('request.title')}</h1>
          <p class="lead">{text('request.lead')}</p>
          <p class="note">{text('home.requestLead')}</p>
        </div>
        <form method="post" action="/devices/request">
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
          <Field
            frame={frame}
            id="pin"
            label={text('request.pin')}
            hint={text('pin.hint')}
            input={PIN_INPUT}
          />
          <Field frame={frame} id="again" label={text('request.again')} input={PIN_INPUT} />
          <button class="large" type="submit">
            {text('request.submit')}
          </button>
        </form>
        <p>
          <a href="/home">{text('cancel')}</a>
        </p>
      </section>
    </Layout>
  );
}
