// What the host refuses, and why. One class with a closed set of codes: programs decide by code, people read the message.
import { KEY_BYTES } from '../firmware/ocra/index.ts';

/** What a refusal adds to its code. Never a secret, and never what somebody entered: it may be a secret mistyped. */
interface HostErrorDetails {
  readonly attemptsLeft?: number;
  readonly retryAt?: number;
  readonly reason?: string;
}

const MESSAGES = {
  'bad-credentials': () => 'login: the name or the password is wrong; enter both again',
  'no-card': () => 'login: this user has no such card; enrol one first, or name another',
  'card-blocked': () =>
    'login: the card is blocked after too many wrong responses; an administrator must unblock it',
  'card-busy': () =>
    'login: other responses for this card are being checked; send yours again, and if that does not help ask an administrator',
  'too-many-logins': ({ retryAt = 0 }) =>
    `login: too many were begun and not finished; begin again at ${new Date(retryAt).toISOString()}, or ask an administrator`,
  'challenges-exhausted': () =>
    'login: found no challenge that this card has not had before; begin again, or enrol a new card',
  'unknown-login': () => 'login: there is none with this id; begin with name and password',
  'login-ended': () =>
    'login: it has ended, by a right response or too many wrong ones; begin again with name and password',
  'challenge-expired': () => 'login: the challenge has expired; begin again with name and password',
  'malformed-response': () => 'response: must be just the digits the card shows; enter them again',
  'wrong-response': ({ attemptsLeft = 0 }) =>
    attemptsLeft > 0
      ? `response: is wrong; operate the card again, attempts left: ${attemptsLeft}`
      : 'response: is wrong, and was the last attempt; begin again with name and password',
  'bad-name': () => 'name: must be 1 to 64 letters A-Z a-z, digits or . _ @ -; choose another',
  'bad-password': () => 'password: must be 1 to 1024 characters of well-formed text; choose another',
  'name-taken': () => 'name: another user has it; choose another',
  'unknown-user': () => 'user: there is none of this name; add the user first',
  'bad-serial': () =>
    'serial: must be 1 to 32 letters A-Z a-z, digits or hyphens, the first no hyphen; give another',
  'serial-taken': () => 'serial: a card of this serial number is enrolled already; give another',
  'key-taken': () => 'key: an enrolled card has it already; make a card with a key of its own',
  'unknown-card': () => 'card: none of this serial number is enrolled; enrol it first',
  'bad-key': () => `key: must be ${KEY_BYTES.least} to ${KEY_BYTES.most} bytes; give another`,
  'bad-pin': () => 'pin: must be 4 digits 0-9; choose another',
  'unsuitable-suite': ({ reason = '' }) => `${reason}; give another`,
  'bad-policy': ({ reason = '' }) => `policy: ${reason}`,
} satisfies Record<string, (details: HostErrorDetails) => string>;

/** Why the host refused. */
export type HostErrorCode = keyof typeof MESSAGES;

/** A refusal. Its message says what happened and what to do next, and repeats neither secrets nor what was entered. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly code: HostErrorCode;
  /** For `wrong-response`: how many more answers this login takes, 0 when it has ended or its card is blocked. */
  readonly attemptsLeft: number | undefined;
  /** For `too-many-logins`: when the next login may begin, in milliseconds since 1970. */
  readonly retryAt: number | undefined;

  constructor(code: HostErrorCode, details: HostErrorDetails = {}) {
    super(MESSAGES[code](details));
    this.code = code;
    this.attemptsLeft = details.attemptsLeft;
    this.retryAt = details.retryAt;
  }
}
