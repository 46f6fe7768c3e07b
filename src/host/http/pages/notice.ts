// What the next page says of what was done or refused: a code on the way, a text only on the page.
import type { HostError } from '../../error.ts';
import type { TextKey } from '../text/catalog.ts';
import { en } from '../text/en.ts';
import type { Texts } from '../text/texts.ts';

/** What there is to say. */
type NoticeKey = Extract<TextKey, `done.${string}` | `refused.${string}`>;

/** What to say, and of how many. */
export interface Notice {
  readonly key: NoticeKey;
  readonly count?: number | undefined;
}

/** A notice as a page shows it. */
export interface ShownNotice {
  readonly kind: 'done' | 'refused';
  readonly message: string;
  /** The id of the field it is about. */
  readonly field: string | undefined;
}

const WRITTEN = [
  ...Object.keys(en.done).map((key) => `done.${key}`),
  ...Object.keys(en.refused).map((key) => `refused.${key}`),
];

const keysOf = (written: readonly string[]): ReadonlySet<string> =>
  new Set(written.map((key) => key.replace(/_(one|other)$/, '')));

const KEYS = keysOf(WRITTEN);

/** Those that say how many; the others say it of nothing. */
const COUNTED = keysOf(WRITTEN.filter((key) => key.endsWith('_other')));

/** More than this nobody is told: seconds of a day, which no count of attempts or sessions reaches. */
const MOST = 86_400;

const isNoticeKey = (text: string): text is NoticeKey => KEYS.has(text);

/** The field a refusal is about. */
const FIELD_OF: Partial<Record<NoticeKey, string>> = {
  'refused.bad-credentials': 'name',
  'refused.wrong-response': 'response',
  'refused.malformed-response': 'response',
  'refused.other-window': 'response',
  'refused.no-device': 'serial',
  'refused.bad-name': 'name',
  'refused.name-taken': 'name',
  'refused.unknown-user': 'with',
  'refused.not-shareable': 'with',
  'refused.already-shared': 'with',
  'refused.bad-password': 'password',
  'refused.common-password': 'password',
  'refused.contextual-password': 'password',
  'refused.wrong-password': 'current',
  'refused.passwords-differ': 'again',
  'refused.bad-pin': 'pin',
  'refused.pins-differ': 'again',
  'refused.bad-serial': 'serial',
  'refused.serial-taken': 'serial',
  'refused.bad-key': 'key',
  'refused.key-taken': 'key',
  'refused.bad-balance': 'balance',
  'refused.bad-person': 'person',
  'refused.bad-role': 'role',
};

/** The notice of a refusal by the host; undefined for a fault of the host that is nothing for the person at the page. */
export function noticeOf({ code, attemptsLeft, retryAt = 0 }: HostError, now: number): Notice | undefined {
  if (code === 'wrong-response' && attemptsLeft === 0) return { key: 'refused.last-attempt' };
  const key = `refused.${code}`;
  if (!isNoticeKey(key)) return undefined;
  const wait = Math.max(1, Math.ceil((retryAt - now) / 1000));
  if (code === 'wrong-response') return { key, count: attemptsLeft };
  if (code === 'too-many-tries') return { key, count: wait };
  if (code === 'too-many-logins') return { key, count: Math.ceil(wait / 60) };
  return { key };
}

/** As it stands in a cookie. */
export const printNotice = ({ key, count }: Notice): string =>
  count === undefined ? key : `${key}~${Math.min(count, MOST)}`;

/** Reads it back. Whatever else stands there, such as how many of what is not counted, says nothing. */
export function parseNotice(cookie: string | undefined): Notice | undefined {
  const [, key = '', digits] = /^([a-z.-]+)(?:~(0|[1-9]\d{0,4}))?$/.exec(cookie ?? '') ?? [];
  if (!isNoticeKey(key) || COUNTED.has(key) !== (digits !== undefined)) return undefined;
  if (digits === undefined) return { key };
  const count = Number(digits);
  return count <= MOST ? { key, count } : undefined;
}

/** In the demo nobody else is there who could help, and there is a way out that a host of people's own has not. */
const IN_DEMO: Partial<Record<NoticeKey, TextKey>> = {
  'refused.factor-needed': 'demo.factor-needed',
  'refused.device-blocked': 'demo.device-blocked',
};

export const shownNotice = (text: Texts, { key, count = 0 }: Notice, isDemo: boolean): ShownNotice => ({
  kind: key.startsWith('done.') ? 'done' : 'refused',
  message: text((isDemo && IN_DEMO[key]) || key, { count }),
  field: FIELD_OF[key],
});
