// Refusals as the API shows them: problem details (RFC 9457) with a code that stays the same.
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { HostError } from '../error.ts';
import { isUnavailable } from '../store/unavailable.ts';
import { HttpError } from './http-error.ts';
import type { Problem, ProblemCode } from './wire.ts';

/** The status of every refusal there is; the compiler misses one that is not here. */
export const STATUS_OF: Readonly<Record<ProblemCode, ContentfulStatusCode>> = {
  'bad-credentials': 401,
  'wrong-password': 403,
  'too-many-tries': 429,
  'no-device': 404,
  'factor-needed': 403,
  'device-blocked': 403,
  'device-changed': 409,
  'no-challenge': 409,
  'challenge-put': 409,
  'too-many-logins': 429,
  'challenges-exhausted': 409,
  'unknown-login': 404,
  'login-ended': 410,
  'challenge-expired': 410,
  'malformed-response': 422,
  'wrong-response': 401,
  'bad-name': 422,
  'bad-password': 422,
  'common-password': 422,
  'contextual-password': 422,
  'name-taken': 409,
  'unknown-user': 404,
  'bad-serial': 422,
  'serial-taken': 409,
  'key-taken': 409,
  'unknown-device': 404,
  'illegal-move': 409,
  'not-eligible': 403,
  'already-requested': 409,
  'not-shareable': 409,
  'already-shared': 409,
  'last-holder': 409,
  'pins-differ': 422,
  'bad-balance': 422,
  'bad-person': 422,
  'bad-role': 422,
  'bad-key-ring': 500,
  'unknown-master-key': 500,
  'damaged-secret': 500,
  'bad-key': 422,
  'bad-pin': 422,
  'unsuitable-suite': 422,
  'bad-policy': 500,
  'newer-schema': 500,
  'older-schema': 500,
  'malformed-body': 400,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'unknown-route': 404,
  'method-not-allowed': 405,
  misdirected: 421,
  'not-logged-in': 401,
  'restricted-session': 403,
  'not-an-administrator': 403,
  unavailable: 503,
  'internal-error': 500,
};

/**
 * What a person or a program is told of an error: its own words if it is a refusal, of any other only
 * whether it is worth while to come again.
 */
export function refusalOf(error: unknown): HostError | HttpError {
  if (error instanceof HostError || error instanceof HttpError) return error;
  if (error instanceof HTTPException) {
    if (error.status === 415) return new HttpError('unsupported-media-type');
    if (error.status === 413) return new HttpError('body-too-large');
    if (error.status < 500) return new HttpError('malformed-body');
  }
  return new HttpError(isUnavailable(error) ? 'unavailable' : 'internal-error');
}

/**
 * The reply to a request that is refused.
 *
 * @param now - milliseconds since 1970, for `Retry-After`.
 */
export function problemReply(c: Context, refusal: HostError | HttpError, now: number): Response {
  const { code, message: detail } = refusal;
  const { attemptsLeft, retryAt } = refusal instanceof HostError ? refusal : {};
  const status = STATUS_OF[code];
  const problem: Problem = {
    type: `/v1/docs#${code}`,
    title: code.replaceAll('-', ' '),
    status,
    detail,
    code,
    ...(attemptsLeft !== undefined && { attemptsLeft }),
    ...(retryAt !== undefined && { retryAt: new Date(retryAt).toISOString() }),
  };
  if (retryAt !== undefined) c.header('Retry-After', String(Math.max(1, Math.ceil((retryAt - now) / 1000))));
  // RFC 9110, section 11.6.1: a 401 says how to authenticate.
  if (status === 401) c.header('WWW-Authenticate', 'Bearer');
  return c.json(problem, status, { 'Content-Type': 'application/problem+json' });
}
