// The login screen at work: takes keys, asks the host, and watches the time a challenge has left.
import type { Clock } from '../../../firmware/clock.ts';
import { HostClientError, type LoginBegun } from '../../../host/client.ts';
import { HostError } from '../../../host/error.ts';
import type { KeyStroke } from '../input/key-parser.ts';
import { createStore, type Readable } from '../store.ts';
import { startPage, step, type FormEvent, type LoginForm, type Request, type Spot } from './login-form.ts';
import type { LoginHost } from './login-host.ts';

const SECOND = 1000;
/** From this status of HTTP on, it is the host that failed. */
const SERVER_ERROR = 500;

/** Answers that bring the page for which somebody types ahead. */
const WANTED: ReadonlySet<FormEvent['type']> = new Set(['challenged', 'entered', 'left', 'unblocked']);

/** What the desk works with. */
export interface DeskParts {
  /** The host, as soon as it knows the demo's user and card. */
  readonly host: Promise<LoginHost>;
  /** The host's time of day, in milliseconds since 1970: what challenges expire by. */
  readonly timeOfDay: () => number;
  /** Wakes the desk for every second a challenge is shown; it is asked for nothing else. */
  readonly clock: Clock;
  /** The card in the hand: it is chosen where there are several, and an administrator would unblock it. */
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
  /** What earlier sessions gave to keep, by user: strangers' tries, on the pages, do not slow this screen down. */
  const known = new Map<string, string>();

  function happen(event: FormEvent): void {
    const { form: next, request } = step(form.get(), event);
    form.set(next);
    tick();
    if (request) void ask(request);
  }

  async function ask(request: Request): Promise<void> {
    const answer = await host.then((ready) => answerTo(ready, request)).catch(refusal);
    happen(answer);
    if (!WANTED.has(answer.type)) typedAhead = [];
    while (!form.get().busy) {
      const next = typedAhead.shift();
      if (!next) return;
      happen(next);
    }
  }

  async function answerTo({ client, unblock }: LoginHost, request: Request): Promise<FormEvent> {
    switch (request.ask) {
      case 'begin': {
        const { name, password } = request;
        return goOn(client, await client.begin({ name, password, knownBrowser: known.get(name) }));
      }
      case 'answer': {
        const session = await client.answer(request.login, request.response);
        if (session.knownBrowser !== undefined) known.set(session.user, session.knownBrowser);
        return { type: 'entered', session };
      }
      case 'unblock':
        await unblock(serial);
        return { type: 'unblocked' };
      case 'logout':
        await client.session(request.token).logOut();
        return { type: 'left' };
    }
  }

  /** Goes on after name and password, with the card in the hand if it is one of the user's. */
  async function goOn(client: LoginHost['client'], begun: LoginBegun): Promise<FormEvent> {
    const isOurs = begun.step === 'challenge' ? begun.serial === serial : begun.devices.includes(serial);
    switch (begun.step) {
      case 'challenge':
        // Another card may be operated elsewhere, so its challenge is shown.
        return { type: 'challenged', login: begun, inHand: isOurs };
      case 'device':
        if (!isOurs) return { type: 'none-in-hand' };
        return { type: 'challenged', login: await client.choose(begun.id, serial), inHand: true };
      case 'activation': {
        const restricted = client.session(begun.session.token);
        try {
          if (isOurs) return { type: 'challenged', login: await restricted.activate(serial), inHand: true };
        } finally {
          // There is nothing else to do in it here.
          await restricted.logOut();
        }
        if (begun.devices.length > 0) return { type: 'none-in-hand' };
        return { type: 'refused', code: 'no-device', attemptsLeft: undefined };
      }
    }
  }

  function tick(): void {
    cancelTick?.();
    const shown = form.get();
    if (shown.page !== 'code') return secondsLeft.set(undefined);
    const left = Date.parse(shown.login.expiresAt) - timeOfDay();
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

function refusal(error: unknown): FormEvent {
  // The demo's own card may be one that no host takes.
  if (error instanceof HostError) return { type: 'refused', code: error.code, attemptsLeft: undefined };
  if (!(error instanceof HostClientError)) return { type: 'failed' };
  const { code, status = SERVER_ERROR, attemptsLeft } = error;
  // No refusal: the same may go well the next time.
  if (code === 'no-answer' || status >= SERVER_ERROR) return { type: 'failed' };
  return { type: 'refused', code, attemptsLeft };
}
