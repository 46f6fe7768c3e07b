/** @jsxImportSource hono/jsx */
// The pages of the ceremony: name and password, choice of device, challenge and answer.
import type { PendingLogin } from '../../pending-login.ts';
import { Choice, Field } from './field.tsx';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { minutes } from './moment.tsx';
import type { PagesOptions } from './visit.tsx';

export function LoginPage({ frame, demo }: { readonly frame: Frame; readonly demo: PagesOptions['demo'] }) {
  const { text } = frame;
  return (
    <Layout frame={frame} title={text('login.title')}>
      <section class="sheet">
        <div class="head">
          <h1>{text('system')}</h1>
          <p class="lead">{text('login.lead')}</p>
        </div>
        <form method="post" action="/login">
          <Field
            frame={frame}
            id="name"
            label={text('login.name')}
            input={{ autocomplete: 'username', autocapitalize: 'none', autofocus: true }}
          />
          <Field
            frame={frame}
            id="password"
            label={text('login.password')}
            input={{ type: 'password', autocomplete: 'current-password' }}
          />
          <button class="large" type="submit">
            {text('login.submit')}
          </button>
        </form>
      </section>
      {demo && (
        <section class="sheet">
          <h2>{text('login.demo')}</h2>
          <dl class="facts">
            <dt>{text('login.name')}</dt>
            <dd class="mono">{demo.user}</dd>
            <dt>{text('login.administrator')}</dt>
            <dd class="mono">{demo.administrator}</dd>
            <dt>{text('login.password')}</dt>
            <dd class="mono">{demo.password}</dd>
            <dt>{text('login.pin')}</dt>
            <dd class="mono">{demo.pin}</dd>
          </dl>
        </section>
      )}
    </Layout>
  );
}

export function ChoicePage({
  frame,
  devices,
}: {
  readonly frame: Frame;
  readonly devices: readonly string[];
}) {
  const { text } = frame;
  return (
    <Layout frame={frame} title={text('choice.title')}>
      <section class="sheet">
        <div class="head">
          <h1>{text('choice.title')}</h1>
          <p class="lead">{text('choice.lead')}</p>
        </div>
        <form method="post" action="/device">
          <Choice frame={frame} id="serial" label={text('choice.device')}>
            {devices.map((serial) => (
              <option key={serial} value={serial}>
                {text('device.card')} – {serial}
              </option>
            ))}
          </Choice>
          <button class="large" type="submit">
            {text('continue')}
          </button>
        </form>
        <p>
          <a href="/">{text('startOver')}</a>
        </p>
      </section>
    </Layout>
  );
}

type PendingChallenge = Extract<PendingLogin, { step: 'challenge' }>;

const HEADINGS = {
  login: 'challenge.login',
  'pin-change': 'challenge.pinChange',
  reactivation: 'challenge.reactivation',
} as const satisfies Record<PendingChallenge['purpose'], string>;

export function ChallengePage({
  frame,
  pending,
}: {
  readonly frame: Frame;
  readonly pending: PendingChallenge;
}) {
  const { text } = frame;
  const { challenge, serial, purpose, expiresAt, attemptsLeft } = pending;
  const title = text(HEADINGS[purpose]);
  const isLogin = purpose === 'login';
  return (
    <Layout frame={frame} title={title} width="ceremony">
      <div class="two">
        <section class="sheet">
          <div class="head">
            <h1>{title}</h1>
            <p class="lead">{text('challenge.device', { device: serial })}</p>
          </div>
          <div class="lcd">
            <h2 id="challenge-name">{text('challenge.heading')}</h2>
            <p class="digits" aria-hidden="true">
              {challenge}
            </p>
            <p class="unseen" id="challenge-spoken">
              {challenge.replaceAll(/\B/g, ' ')}
            </p>
            <Timer frame={frame} left={expiresAt - frame.now} />
          </div>
          <form method="post" action="/challenge">
            <input type="hidden" name="challenge" value={challenge} />
            <Field
              frame={frame}
              id="response"
              label={text('challenge.code')}
              hint={text('challenge.hint')}
              describedBy="challenge-name challenge-spoken"
              input={{
                inputmode: 'numeric',
                autocomplete: 'one-time-code',
                pattern: '[0-9 ]{4,20}',
                maxlength: 20,
                autofocus: true,
                class: 'code',
                'data-digits': '',
              }}
            />
            {attemptsLeft === 1 && <p class="note">{text('challenge.lastAttempt')}</p>}
            <button class="large" type="submit">
              {text(isLogin ? 'challenge.submit' : 'challenge.confirm')}
            </button>
          </form>
          <p>
            <a href={isLogin ? '/' : '/home'}>{text(isLogin ? 'startOver' : 'cancel')}</a>
          </p>
        </section>
        <Steps frame={frame} isNewPin={purpose === 'pin-change'} />
      </div>
    </Layout>
  );
}

/** Without a script it says how long the challenge is valid from when the page came; with one it counts down. */
function Timer({ frame: { text }, left }: { readonly frame: Frame; readonly left: number }) {
  const words = {
    left: text('challenge.left', { time: '@' }),
    60: text('challenge.announce60'),
    30: text('challenge.announce30'),
    10: text('challenge.announce10'),
    0: text('challenge.announce0'),
  };
  return (
    <>
      <p
        class="timer"
        role="timer"
        data-left={String(left)}
        data-words={JSON.stringify(words)}
        data-voice="voice"
      >
        {text('challenge.valid', { time: minutes(left) })}
      </p>
      <p class="unseen" id="voice" aria-live="polite" />
    </>
  );
}

function Steps({ frame: { text }, isNewPin }: { readonly frame: Frame; readonly isNewPin: boolean }) {
  return (
    <section class="sheet" aria-labelledby="steps">
      <h2 id="steps">{text('challenge.steps')}</h2>
      <ol class="steps">
        <li>{text('challenge.step1')}</li>
        <li>{text(isNewPin ? 'challenge.step2New' : 'challenge.step2')}</li>
        <li>{text('challenge.step3')}</li>
        <li>{text('challenge.step4')}</li>
      </ol>
      <p class="note">{text('challenge.buttons')}</p>
    </section>
  );
}
