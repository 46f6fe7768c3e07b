// What the host refuses, and why. One class with a closed set of codes: programs decide by code, people read the message.
import { KEY_BYTES } from '../firmware/ocra/index.ts';

/** What a refusal adds to its code. Never a secret, and never what somebody entered: it may be a secret mistyped. */
export interface HostErrorDetails {
  readonly attemptsLeft?: number;
  readonly retryAt?: number;
  readonly reason?: string;
  readonly state?: string;
  readonly move?: string;
  /** The moves that are possible instead. */
  readonly moves?: readonly string[];
  readonly least?: number;
}

/** What a device is after a move, as a refusal says it: "cannot be blocked". */
const MADE: Readonly<Record<string, string>> = {
  mail: 'mailed',
  activate: 'activated',
  block: 'blocked',
  unblock: 'unblocked',
  lose: 'reported lost',
  find: 'found again',
  replace: 'replaced',
  withdraw: 'withdrawn',
  retire: 'retired',
  'reset-pin': 'given a new PIN',
};

/** The state that a move leads to: who is there already is told just that. */
const LEADS_TO: Readonly<Record<string, string>> = {
  mail: 'mailed',
  activate: 'active',
  block: 'blocked',
  lose: 'lost',
  replace: 'replaced',
  retire: 'retired',
};

/** What a device may be from where it is: "found again, replaced or retired". */
function ways(moves: readonly string[]): string {
  const words = moves.map((move) => MADE[move] ?? move);
  const last = words.pop();
  if (last === undefined) return 'nothing leads on from there, enrol another';
  return `from there it can be ${words.length === 0 ? last : `${words.join(', ')} or ${last}`}`;
}

const MESSAGES = {
  'bad-credentials': () => 'login: the name or the password is wrong; enter both again',
  'wrong-password': () => 'password: the current one is wrong; enter it again',
  'too-many-tries': ({ retryAt = 0 }) =>
    `password: too many were wrong; try again at ${new Date(retryAt).toISOString()}`,
  'no-device': () => 'login: this user has no such device in use; enrol one first, or name another',
  'factor-needed': () =>
    'login: the devices of this user are lost, replaced or retired; an administrator must give the user another',
  'device-blocked': () =>
    'login: the device is blocked after too many wrong responses; an administrator must unblock it',
  'device-changed': () =>
    'login: the device or its PIN was changed meanwhile; begin again with name and password',
  'no-challenge': () => 'login: no device is chosen yet; choose one',
  'challenge-put': () => 'login: a device is chosen already; answer its challenge, or begin again',
  'too-many-logins': ({ retryAt = 0 }) =>
    `login: too many were begun and not finished; begin again at ${new Date(retryAt).toISOString()}, or ask an administrator`,
  'challenges-exhausted': () =>
    'login: found no challenge that this device has not had before; begin again, or enrol a new device',
  'unknown-login': () => 'login: there is none with this id; begin with name and password',
  'login-ended': () =>
    'login: it has ended, by a right response or too many wrong ones; begin again with name and password',
  'challenge-expired': () => 'login: the challenge has expired; begin again with name and password',
  'malformed-response': () => 'response: must be just the digits the card shows; enter them again',
  'wrong-response': ({ attemptsLeft = 0 }) =>
    attemptsLeft > 0
      ? `response: is wrong; operate the card again, attempts left: ${attemptsLeft}`
      : 'response: is wrong, and was the last attempt; begin again with name and password',
  'bad-name': () =>
    'name: must be 1 to 64 letters A-Z a-z, digits or . _ @ -, the first a letter or digit; choose another',
  'bad-password': ({ least = 1 }) =>
    `password: must be ${least} to 1024 characters of well-formed text; choose another`,
  'common-password': () =>
    'password: is among the commonest there are, which are tried first; choose another',
  'contextual-password': () =>
    'password: has the user name in it, or a name of this system, which are tried first; choose another',
  'name-taken': () => 'name: another user has it; choose another',
  'unknown-user': () => 'user: there is none of this name; add the user first',
  'bad-serial': () =>
    'serial: must be 1 to 32 letters A-Z a-z, digits or hyphens, the first no hyphen; give another',
  'serial-taken': () => 'serial: a device of this serial number is enrolled already; give another',
  'key-taken': () => 'key: an enrolled device has it already; make a card with a key of its own',
  'unknown-device': () => 'device: there is none of this serial number here; enrol it first',
  'illegal-move': ({ state = '', move = '', moves = [] }) =>
    `device: it is ${state} ${LEADS_TO[move] === state ? 'already' : `and cannot be ${MADE[move] ?? move}`}; ${ways(moves)}`,
  'not-eligible': () => 'device: this one is for balances of at least USD 500,000; ask an administrator',
  'already-requested': () => 'device: one is requested already; wait for it, or withdraw the request',
  'not-shareable': () =>
    'device: only a device in use is shared, and only among user names of one person; set the person of both',
  'already-shared': () => 'device: the user has it already',
  'last-holder': () => 'device: no other user has it, or this user does not; retire it instead',
  'pins-differ': () => 'pin: the two entries differ; enter the new PIN twice',
  'bad-balance': () => 'balance: must be a whole number of USD from 0 to 1000000000000; give another',
  'bad-person': () =>
    'person: must be 1 to 64 letters A-Z a-z, digits or . _ @ -, the first a letter or digit; give another',
  'bad-role': () => 'role: must be user or administrator; give one of them',
  'bad-key-ring': ({ reason = '' }) => `key ring: ${reason}; mend it, or give another`,
  'unknown-master-key': ({ reason = '' }) =>
    `sealed secret: it is under master key ${reason}, which is not in the key ring; add the key`,
  'damaged-secret': () =>
    'sealed secret: it does not open, the database was changed or damaged; restore it, or enrol the device anew',
  'bad-key': () => `key: must be ${KEY_BYTES.least} to ${KEY_BYTES.most} bytes; give another`,
  'bad-pin': () => 'pin: must be 4 digits 0-9; choose another',
  'unsuitable-suite': ({ reason = '' }) => `${reason}; give another`,
  'newer-schema': ({ reason = '' }) => reason,
  'older-schema': ({ reason = '' }) => reason,
  'bad-policy': ({ reason = '' }) => `policy: ${reason}`,
} satisfies Record<string, (details: HostErrorDetails) => string>;

/** Why the host refused. */
export type HostErrorCode = keyof typeof MESSAGES;

/** A refusal. Its message says what happened and what to do next, and repeats neither secrets nor what was entered. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly code: HostErrorCode;
  /** What it was made from, beside the code. */
  readonly details: HostErrorDetails;
  /** For `wrong-response`: how many more answers this login takes, 0 when it has ended or its card is blocked. */
  readonly attemptsLeft: number | undefined;
  /** For `too-many-logins` and `too-many-tries`: when to try again, in milliseconds since 1970. */
  readonly retryAt: number | undefined;

  constructor(code: HostErrorCode, details: HostErrorDetails = {}) {
    super(MESSAGES[code](details));
    this.code = code;
    this.details = details;
    this.attemptsLeft = details.attemptsLeft;
    this.retryAt = details.retryAt;
  }
}
