// The login screen as a function of what happens: which page, what is typed, and what the host is to be asked.
import type { ChallengeShown, HostClientErrorCode, SessionOpened } from '../../../host/client.ts';
import { edited, EMPTY_LINE, type Edit, type TextLine } from './text-line.ts';

/** A field to type into. */
export type Field = 'name' | 'password' | 'code';

/** Where the caret or the choice stands: a field, or a button. */
export type Spot = Field | 'submit' | 'restart' | 'unblock' | 'logout';

/** What the screen says beside its fields: the host's refusal, or news of its own. */
export type Notice =
  | { readonly about: 'refusal'; readonly code: HostClientErrorCode; readonly attemptsLeft: number }
  /** The challenge is for a card that is not in the hand. */
  | { readonly about: 'other-card'; readonly serial: string }
  | { readonly about: 'none-in-hand' | 'failure' | 'empty' | 'expired' | 'logged-out' | 'unblocked' };

interface Common {
  readonly at: Spot;
  readonly notice: Notice | undefined;
  /** Whether the host is working on a request; nothing is taken meanwhile. */
  readonly busy: boolean;
}

/** The screen. */
export type LoginForm = Common &
  (
    | { readonly page: 'credentials'; readonly name: TextLine; readonly password: TextLine }
    | {
        readonly page: 'code';
        readonly login: ChallengeShown;
        readonly code: TextLine;
        /** The response that was sent last, if the host has refused it; without spaces. */
        readonly refused: string | undefined;
      }
    /** Nothing to be done before an administrator has helped. */
    | { readonly page: 'stuck' }
    | {
        readonly page: 'inside';
        readonly session: SessionOpened;
        /** The response that was taken; without spaces. */
        readonly taken: string | undefined;
      }
  );

/** What happens to the screen: the person's doing, then the host's answers, then time. */
export type FormEvent =
  | { readonly type: 'edit'; readonly change: Edit }
  | { readonly type: 'enter' | 'restart' }
  | { readonly type: 'move'; readonly by: 1 | -1 }
  | { readonly type: 'point'; readonly at: Spot }
  /** A challenge: for the card in the hand, or for another one. */
  | { readonly type: 'challenged'; readonly login: ChallengeShown; readonly inHand: boolean }
  | { readonly type: 'entered'; readonly session: SessionOpened }
  | {
      readonly type: 'refused';
      readonly code: HostClientErrorCode;
      readonly attemptsLeft: number | undefined;
    }
  /** The user has several cards, or one to be activated, and none of them is in the hand. */
  | { readonly type: 'none-in-hand' }
  | { readonly type: 'failed' | 'left' | 'unblocked' }
  | { readonly type: 'expired' };

/** What the host is asked. */
export type Request =
  | { readonly ask: 'begin'; readonly name: string; readonly password: string }
  | { readonly ask: 'answer'; readonly login: string; readonly response: string }
  | { readonly ask: 'unblock' }
  | { readonly ask: 'logout'; readonly token: string };

/** The screen after an event, and the question to the host that comes with it. */
export interface Step {
  readonly form: LoginForm;
  readonly request?: Request;
}

/** Where one can go on each page, from top to bottom. */
export const SPOTS: Readonly<Record<LoginForm['page'], readonly Spot[]>> = {
  credentials: ['name', 'password', 'submit'],
  code: ['code', 'submit', 'restart'],
  stuck: ['unblock', 'restart'],
  inside: ['logout'],
};

/** Refusals that leave the challenge standing. */
const STAY: ReadonlySet<HostClientErrorCode> = new Set([
  'malformed-response',
  'malformed-body',
  'body-too-large',
  'wrong-response',
]);
/** Refusals that only an administrator ends. */
const STUCK: ReadonlySet<HostClientErrorCode> = new Set(['device-blocked', 'too-many-logins']);

/** The first page, with what there is to say about it. */
export function startPage(notice?: Notice): LoginForm {
  return { page: 'credentials', at: 'name', name: EMPTY_LINE, password: EMPTY_LINE, notice, busy: false };
}

/** What an event makes of the screen. */
export function step(form: LoginForm, event: FormEvent): Step {
  switch (event.type) {
    case 'edit':
      return form.busy ? { form } : { form: edit(form, event.change) };
    case 'move':
      return form.busy ? { form } : { form: { ...form, at: neighbour(form, event.by) } };
    case 'point':
      return form.busy || !SPOTS[form.page].includes(event.at) ? { form } : point(form, event.at);
    case 'enter':
      return form.busy ? { form } : activate(form);
    case 'restart':
      return form.busy || form.page === 'inside' ? { form } : { form: startPage() };
    case 'challenged':
      return {
        form: {
          page: 'code',
          at: 'code',
          code: EMPTY_LINE,
          login: event.login,
          refused: undefined,
          notice: event.inHand ? undefined : { about: 'other-card', serial: event.login.serial },
          busy: false,
        },
      };
    case 'entered':
      return {
        form: {
          page: 'inside',
          at: 'logout',
          session: event.session,
          taken: form.page === 'code' ? responseIn(form.code) : undefined,
          notice: undefined,
          busy: false,
        },
      };
    case 'none-in-hand':
      return { form: startPage({ about: 'none-in-hand' }) };
    case 'refused':
      return { form: refused(form, event) };
    case 'failed':
      return { form: { ...form, notice: { about: 'failure' }, busy: false } };
    case 'left':
      return { form: startPage({ about: 'logged-out' }) };
    case 'unblocked':
      return { form: startPage({ about: 'unblocked' }) };
    case 'expired':
      // An answer that is under way is the host's to judge.
      return form.page === 'code' && !form.busy ? { form: startPage({ about: 'expired' }) } : { form };
  }
}

function edit(form: LoginForm, change: Edit): LoginForm {
  const { at } = form;
  if (form.page === 'credentials' && (at === 'name' || at === 'password')) {
    return { ...form, [at]: edited(form[at], change), notice: undefined };
  }
  if (form.page === 'code' && at === 'code') {
    const allowed = change.edit === 'insert' ? { ...change, text: digitsAndSpaces(change.text) } : change;
    if (allowed.edit === 'insert' && allowed.text === '') return form;
    return { ...form, code: edited(form.code, allowed), notice: undefined };
  }
  return form;
}

/** All that a Security Code is typed with; the display may be read out, or typed, in groups. */
function digitsAndSpaces(text: string): string {
  return text.replaceAll(/[^\d\s]/g, '').replaceAll(/\s/g, ' ');
}

function neighbour(form: LoginForm, by: 1 | -1): Spot {
  const spots = SPOTS[form.page];
  return spots[spots.indexOf(form.at) + by] ?? form.at;
}

/** Pointing at a field goes there; pointing at a button works it. */
function point(form: LoginForm, at: Spot): Step {
  const there = { ...form, at };
  return at === 'name' || at === 'password' || at === 'code' ? { form: there } : activate(there);
}

function activate(form: LoginForm): Step {
  if (form.at === 'restart') return { form: startPage() };
  switch (form.page) {
    case 'credentials': {
      if (form.at === 'name') return { form: { ...form, at: 'password' } };
      const [name, password] = [form.name.text, form.password.text];
      if (name === '') return { form: { ...form, at: 'name', notice: { about: 'empty' } } };
      if (password === '') return { form: { ...form, at: 'password', notice: { about: 'empty' } } };
      return ask(form, { ask: 'begin', name, password });
    }
    case 'code': {
      const response = responseIn(form.code);
      if (response === '') return { form: { ...form, at: 'code', notice: { about: 'empty' } } };
      return ask(form, { ask: 'answer', login: form.login.id, response });
    }
    case 'stuck':
      return ask(form, { ask: 'unblock' });
    case 'inside':
      return ask(form, { ask: 'logout', token: form.session.token });
  }
}

function responseIn({ text }: TextLine): string {
  return text.replaceAll(' ', '');
}

function ask(form: LoginForm, request: Request): Step {
  return { form: { ...form, busy: true, notice: undefined }, request };
}

function refused(form: LoginForm, { code, attemptsLeft = 0 }: FormEvent & { type: 'refused' }): LoginForm {
  const notice: Notice = { about: 'refusal', code, attemptsLeft };
  if (STUCK.has(code)) return { page: 'stuck', at: 'unblock', notice, busy: false };
  const isLast = code === 'wrong-response' && attemptsLeft === 0;
  if (form.page === 'code' && STAY.has(code) && !isLast) {
    const there = { ...form, at: 'code', notice, busy: false } as const;
    const wrong = code === 'wrong-response' ? responseIn(form.code) : form.refused;
    return { ...there, code: EMPTY_LINE, refused: wrong };
  }
  return startPage(notice);
}
