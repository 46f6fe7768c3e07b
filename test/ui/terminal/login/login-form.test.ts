import { describe, expect, it } from 'vitest';
import type { ChallengeShown, SessionOpened } from '../../../../src/host/client.ts';
import {
  SPOTS,
  startPage,
  step,
  type FormEvent,
  type LoginForm,
} from '../../../../src/ui/terminal/login/login-form.ts';

const LOGIN: ChallengeShown = {
  id: 'login-1',
  challenge: '482915',
  serial: 'DSC-1',
  expiresAt: '2026-01-01T12:02:00.000Z',
  attemptsLeft: 3,
};
const SESSION: SessionOpened = {
  token: 'token-1',
  user: 'ann',
  kind: 'full',
  expiresAt: '2026-01-01T20:00:00.000Z',
};

const typing = (text: string): FormEvent[] =>
  Array.from(text, (character) =>
    character === '\r' ? { type: 'enter' } : { type: 'edit', change: { edit: 'insert', text: character } },
  );

/** The last step of what happens one after the other. */
function after(form: LoginForm, ...events: FormEvent[]) {
  let last: ReturnType<typeof step> = { form };
  for (const event of events) last = step(last.form, event);
  return last;
}

const codePage = (): LoginForm => after(startPage(), { type: 'challenged', login: LOGIN, inHand: true }).form;

describe('name and password', () => {
  it('are asked of the host on Enter, which first goes from one to the other', () => {
    const { form, request } = after(startPage(), ...typing('ann\rsecret\r'));
    expect(request).toEqual({ ask: 'begin', name: 'ann', password: 'secret' });
    expect(form.busy).toBe(true);
  });

  it('are both needed', () => {
    const nameless = after(startPage(), ...typing('\r\r'));
    expect(nameless.request).toBeUndefined();
    expect(nameless.form).toMatchObject({ at: 'name', notice: { about: 'empty' } });
    expect(after(startPage(), ...typing('ann\r\r')).form).toMatchObject({
      at: 'password',
      notice: { about: 'empty' },
    });
  });

  it('take no key while the host is checking', () => {
    const { form } = after(startPage(), ...typing('ann\rsecret\r'));
    for (const event of [
      ...typing('x\r'),
      { type: 'restart' },
      { type: 'move', by: -1 },
      { type: 'point', at: 'name' },
    ] as const) {
      expect(step(form, event)).toEqual({ form });
    }
  });

  it('are to be entered again when they were wrong', () => {
    const { form } = after(startPage(), ...typing('ann\rsecret\r'), {
      type: 'refused',
      code: 'bad-credentials',
      attemptsLeft: undefined,
    });
    expect(form).toMatchObject({
      page: 'credentials',
      at: 'name',
      name: { text: '' },
      password: { text: '' },
      notice: { code: 'bad-credentials' },
      busy: false,
    });
  });
});

describe('the security code', () => {
  it('goes to the host without its spaces', () => {
    expect(after(codePage(), ...typing(' 1234 5678 \r')).request).toEqual({
      ask: 'answer',
      login: 'login-1',
      response: '12345678',
    });
  });

  it('is typed again when it was wrong, and the page says how often', () => {
    const { form } = after(codePage(), ...typing('12345678\r'), {
      type: 'refused',
      code: 'wrong-response',
      attemptsLeft: 2,
    });
    expect(form).toMatchObject({
      page: 'code',
      code: { text: '' },
      refused: '12345678',
      notice: { attemptsLeft: 2 },
      busy: false,
    });
  });

  it('takes nothing but digits and spaces', () => {
    expect(after(codePage(), ...typing('12a3４-4 №5')).form).toMatchObject({ code: { text: '1234 5' } });
    const page = codePage();
    expect(step(page, { type: 'edit', change: { edit: 'insert', text: 'q' } }).form).toBe(page);
  });

  it('is typed again when it was no eight digits', () => {
    const { form } = after(codePage(), ...typing('1234567\r'), {
      type: 'refused',
      code: 'malformed-response',
      attemptsLeft: undefined,
    });
    expect(form).toMatchObject({
      page: 'code',
      code: { text: '' },
      notice: { code: 'malformed-response' },
    });
  });

  it.each(['login-ended', 'challenge-expired', 'unknown-login'] as const)(
    'starts over from name and password after %s',
    (code) => {
      const refused: FormEvent = { type: 'refused', code, attemptsLeft: undefined };
      expect(after(codePage(), ...typing('12345678\r'), refused).form).toMatchObject({
        page: 'credentials',
        at: 'name',
        notice: { code },
      });
    },
  );

  it('starts over after the last attempt', () => {
    const refused: FormEvent = { type: 'refused', code: 'wrong-response', attemptsLeft: 0 };
    expect(after(codePage(), ...typing('12345678\r'), refused).form.page).toBe('credentials');
  });

  it('is too late when the challenge has expired, unless it is being checked', () => {
    expect(after(codePage(), { type: 'expired' }).form).toEqual(startPage({ about: 'expired' }));
    expect(after(codePage(), ...typing('12345678\r'), { type: 'expired' }).form).toMatchObject({
      page: 'code',
      busy: true,
    });
    expect(after(startPage(), { type: 'expired' }).form).toEqual(startPage());
  });
});

describe('the other pages', () => {
  it('offer the administrator’s help where nothing else does', () => {
    for (const code of ['device-blocked', 'too-many-logins'] as const) {
      const { form } = after(startPage(), ...typing('ann\rsecret\r'), {
        type: 'refused',
        code,
        attemptsLeft: undefined,
      });
      expect(form).toMatchObject({ page: 'stuck', at: 'unblock', notice: { code } });
      expect(step(form, { type: 'enter' }).request).toEqual({ ask: 'unblock' });
      expect(after(form, { type: 'enter' }, { type: 'unblocked' }).form).toEqual(
        startPage({ about: 'unblocked' }),
      );
    }
  });

  it('let one log out, and start again', () => {
    const inside = after(codePage(), { type: 'entered', session: SESSION }).form;
    expect(inside).toMatchObject({ page: 'inside', session: SESSION });
    expect(step(inside, { type: 'restart' }).form).toBe(inside);
    expect(step(inside, { type: 'enter' }).request).toEqual({ ask: 'logout', token: 'token-1' });
    expect(after(inside, { type: 'enter' }, { type: 'left' }).form).toEqual(
      startPage({ about: 'logged-out' }),
    );
  });

  it('go from spot to spot and stop at the ends', () => {
    const pages = [
      startPage(),
      codePage(),
      after(startPage(), { type: 'refused', code: 'device-blocked', attemptsLeft: undefined }).form,
    ];
    for (const page of pages) {
      const spots = SPOTS[page.page];
      const down = spots.map(
        (_, index) =>
          after(page, ...Array.from({ length: index }, () => ({ type: 'move', by: 1 }) as const)).form.at,
      );
      expect(down).toEqual(spots);
      expect(step({ ...page, at: spots.at(-1) ?? 'name' }, { type: 'move', by: 1 }).form.at).toBe(
        spots.at(-1),
      );
      expect(step(page, { type: 'move', by: -1 }).form.at).toBe(spots[0]);
    }
  });

  it('go to a field that is pointed at, and work a button', () => {
    expect(step(startPage(), { type: 'point', at: 'password' }).form.at).toBe('password');
    expect(step(codePage(), { type: 'point', at: 'restart' }).form).toEqual(startPage());
    expect(step(startPage(), { type: 'point', at: 'logout' })).toEqual({ form: startPage() });
  });

  it('say that something went wrong when the host gives no refusal', () => {
    expect(after(startPage(), ...typing('ann\rsecret\r'), { type: 'failed' }).form).toMatchObject({
      page: 'credentials',
      notice: { about: 'failure' },
      busy: false,
    });
  });
});
