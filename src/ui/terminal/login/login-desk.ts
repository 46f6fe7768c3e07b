// The login screen at work: takes keys, asks the host, and watches the time a challenge has left.
import type { Clock } from '../../../firmware/clock.ts';
import { HostError, type Host } from '../../../host/index.ts';
import type { KeyStroke } from '../input/key-parser.ts';
import { createStore, type Readable } from '../store.ts';
import { startPage, step, type FormEvent, type LoginForm, type Request, type Spot } from './login-form.ts';

const SECOND = 1000;

/** What the desk works with. */
export interface DeskParts {
  /** The host, as soon as it knows the demo's user and card. */
  readonly host: Promise<Host>;
  /** The host's time of day, in milliseconds since 1970: what challenges expire by. */
  readonly timeOfDay: () => number;
  /** Wakes the desk for every second a challenge is shown; it is asked for nothing else. */
  readonly clock: Clock;
  /** The card an administrator would unblock. */
  readonly serial: string;
}

/** The desk. */
export interface LoginDesk {
  readonly form: Readable<LoginForm>;
  /** Whole seconds the challenge has left, rounded up; undefined while there is none. */
  readonly secondsLeft: Readable<number | undefined>;
  /** Takes a key that was pressed or repeats. */
  key(stroke: Pick<KeyStroke, 'name' | 'text'>): void;
  /** Somebody pointed at a field or a button. */
  point(at: Spot): void;
}

/** Opens a desk. */
export function createLoginDesk({ host, timeOfDay, clock, serial }: DeskParts): LoginDesk {
  const form = createStore<LoginForm>(startPage());
  const secondsLeft = createStore<number | undefined>(undefined);
  let cancelTick: (() => void) | undefined;
  /** What was typed while the host was asked: it is meant for the page that its answer brings. */
  let typedAhead: FormEvent[] = [];

  function happen(event: FormEvent): void {
    const { form: next, request } = step(form.get(), event);
    form.set(next);
    tick();
    if (request) void ask(request);
  }

  async function ask(request: Request): Promise<void> {
    const answer = await host.then((ready) => answerTo(ready, request, serial)).catch(refusal);
    happen(answer);
    if (answer.type === 'refused' || answer.type === 'failed') typedAhead = [];
    while (!form.get().busy) {
      const next = typedAhead.shift();
      if (!next) return;
      happen(next);
    }
  }

  function tick(): void {
    cancelTick?.();
    const shown = form.get();
    if (shown.page !== 'code') return secondsLeft.set(undefined);
    const left = shown.login.expiresAt - timeOfDay();
    secondsLeft.set(Math.max(0, Math.ceil(left / SECOND)));
    if (left <= 0 && !shown.busy) return happen({ type: 'expired' });
    // The next time the number changes.
    cancelTick = clock.wakeAt(clock.now() + (left > 0 ? left % SECOND || SECOND : SECOND), tick);
  }

  return {
    form,
    secondsLeft,
    point: (at) => happen({ type: 'point', at }),
    key(stroke) {
      const event = eventOf(stroke);
      if (!event) return;
      if (form.get().busy) typedAhead.push(event);
      else happen(event);
    },
  };
}

function eventOf({ name, text }: Pick<KeyStroke, 'name' | 'text'>): FormEvent | undefined {
  switch (name) {
    case 'character':
      return { type: 'edit', change: { edit: 'insert', text } };
    case 'backspace':
    case 'delete':
    case 'left':
    case 'right':
    case 'home':
    case 'end':
      return { type: 'edit', change: { edit: name } };
    case 'up':
      return { type: 'move', by: -1 };
    case 'down':
      return { type: 'move', by: 1 };
    case 'enter':
      return { type: 'enter' };
    case 'escape':
      return { type: 'restart' };
    default:
      return undefined;
  }
}

async function answerTo(host: Host, request: Request, serial: string): Promise<FormEvent> {
  switch (request.ask) {
    case 'begin':
      return { type: 'challenged', login: await host.begin(request) };
    case 'answer':
      return { type: 'entered', session: await host.answer(request) };
    case 'unblock':
      await host.unblock(serial);
      return { type: 'unblocked' };
    case 'logout':
      await host.logout(request.token);
      return { type: 'left' };
  }
}

function refusal(error: unknown): FormEvent {
  if (!(error instanceof HostError)) return { type: 'failed' };
  return { type: 'refused', code: error.code, attemptsLeft: error.attemptsLeft };
}
