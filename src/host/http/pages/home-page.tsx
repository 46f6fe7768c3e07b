/** @jsxImportSource hono/jsx */
// The page after the login: the user's devices and sessions, and the way to a new password.
import type { OwnDevice } from '../../own-devices.ts';
import type { OpenSession, SessionStatus } from '../../sessions.ts';
import { Act, DeviceCard, Way } from './device-card.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { link } from './link.ts';
import { Moment } from './moment.tsx';
import { Table } from './table.tsx';

interface HomeProps {
  readonly frame: Frame;
  readonly session: SessionStatus;
  readonly devices: readonly OwnDevice[];
  readonly sessions: readonly OpenSession[];
}

export function HomePage({ frame, session, devices, sessions }: HomeProps) {
  const { text } = frame;
  const isRestricted = session.kind === 'restricted';
  return (
    <Layout frame={frame} title={text('home.title')} width="wide">
      <div class="head">
        <h1>{text('home.title')}</h1>
        <p class="lead">{text('home.welcome', { user: session.user })}</p>
        {isRestricted && <p>{text('home.restricted')}</p>}
      </div>
      {devices.length === 0 ? (
        <p>{text('home.none')}</p>
      ) : (
        <ul class="devices">
          {devices.map((device) => (
            <Own key={device.serial} frame={frame} device={device} isRestricted={isRestricted} />
          ))}
        </ul>
      )}
      <div class="row">
        <a class="button" href="/devices/request">
          {text('home.request')}
        </a>
        <p class="note">{text('home.requestLead')}</p>
      </div>
      {!isRestricted && (
        <>
          <div class="row">
            <a class="button quiet" href="/password">
              {text('home.changePassword')}
            </a>
          </div>
          <SessionList frame={frame} sessions={sessions} />
        </>
      )}
    </Layout>
  );
}

interface OwnProps {
  readonly frame: Frame;
  readonly device: OwnDevice;
  readonly isRestricted: boolean;
}

function Own({ frame, device, isRestricted }: OwnProps) {
  const { text } = frame;
  const { serial, state, shared } = device;
  const values = { serial };
  const isFull = !isRestricted;
  return (
    <DeviceCard
      frame={frame}
      device={device}
      facts={
        shared && (
          <>
            <dt>{text('device.users')}</dt>
            <dd>{text('device.shared')}</dd>
          </>
        )
      }
    >
      {state === 'mailed' && (
        <Act to="/devices/activate" label={text('home.activate')} of={serial} values={values} isMain />
      )}
      {isFull && state === 'lost' && (
        <Act to="/devices/found" label={text('home.reactivate')} of={serial} values={values} isMain />
      )}
      {isFull && state === 'active' && (
        <Way to={link('/devices/pin', values)} label={text('home.changePin')} of={serial} />
      )}
      {isFull && (state === 'mailed' || state === 'active' || state === 'blocked') && (
        <Way to={link('/devices/lost', values)} label={text('home.reportLost')} of={serial} />
      )}
      {state === 'requested' && (
        <Act to="/devices/withdraw" label={text('home.withdraw')} of={serial} values={values} />
      )}
    </DeviceCard>
  );
}

function SessionList({
  frame,
  sessions,
}: {
  readonly frame: Frame;
  readonly sessions: readonly OpenSession[];
}) {
  const { text } = frame;
  return (
    <section class="sheet" aria-labelledby="sessions">
      <h2 id="sessions">{text('home.sessions')}</h2>
      <Table
        label={text('home.sessions')}
        columns={['confirmedBy', 'opened', 'seen', 'until']}
        nameOf={(column) => text(`home.${column}`)}
        rows={sessions.map(({ serial, openedAt, seenAt, expiresAt, current }) => ({
          confirmedBy: (
            <span>
              <span class="mono">{serial ?? text('home.passwordAlone')}</span>{' '}
              {current && <span class="badge enabled">{text('home.thisSession')}</span>}
            </span>
          ),
          opened: <Moment frame={frame} at={openedAt} />,
          seen: <Moment frame={frame} at={seenAt} />,
          until: <Moment frame={frame} at={expiresAt} />,
        }))}
      />
      {sessions.length > 1 && (
        <form class="inline" method="post" action="/sessions/elsewhere">
          <p class="note" id="elsewhere">
            {text('home.elsewhereLead')}
          </p>
          <div class="row">
            <button class="quiet" type="submit" aria-describedby="elsewhere">
              {text('home.elsewhere')}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
