// What HTTP itself refuses, before the host is asked.

const MESSAGES = {
  'malformed-body': 'request: is not what this address takes; see /v1/docs',
  'body-too-large': 'request: its body is larger than 16384 bytes; send less',
  'unsupported-media-type': 'request: its body must be application/json; send it as such',
  'unknown-route': 'request: there is nothing at this address; see /v1/docs',
  misdirected: 'request: is for another name than localhost or an address; open this host by one of those',
  'method-not-allowed': 'request: this address does not take the method; see the header Allow',
  'not-logged-in': 'session: there is none, or it has ended; log in',
  'restricted-session': 'session: is only for getting and activating a device; log in with an active one',
  'not-an-administrator': 'session: is not an administrator’s; log in as one',
  unavailable: 'host: cannot serve now; try again in a few seconds',
  'internal-error': 'host: failed at this, and wrote down why; try again, or tell who runs it',
} satisfies Record<string, string>;

/** Why HTTP refused. */
export type HttpErrorCode = keyof typeof MESSAGES;

/** Whether a code is HTTP's. */
export const isHttpCode = (code: string): code is HttpErrorCode => Object.hasOwn(MESSAGES, code);

/** A refusal by HTTP. Its message repeats nothing of the request. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;

  constructor(code: HttpErrorCode, detail?: string) {
    super(detail ?? MESSAGES[code]);
    this.code = code;
  }
}
