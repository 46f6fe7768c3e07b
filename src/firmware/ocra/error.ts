// What OCRA refuses, and why. One class with a closed set of codes, so that callers decide by code and people read the message.

/** Why a computation was refused. */
export type OcraErrorCode =
  | 'bad-suite'
  | 'bad-key'
  | 'missing-input'
  | 'unexpected-input'
  | 'bad-question'
  | 'bad-counter'
  | 'bad-pin'
  | 'bad-session'
  | 'bad-time-steps';

/** The part of an OCRA suite (RFC 6287 section 6) that a `bad-suite` error is about. */
export type SuitePart =
  'algorithm' | 'crypto function' | 'data input' | 'question' | 'PIN hash' | 'session' | 'time step';

/**
 * An input that OCRA refuses. The message never repeats a key, PIN, PIN hash or session.
 */
export class OcraError extends Error {
  override readonly name = 'OcraError';
  readonly code: OcraErrorCode;
  /** For `bad-suite`: the part at fault. */
  readonly part: SuitePart | undefined;
  /** For `bad-suite`: where that part begins in the suite, in characters from 0. */
  readonly position: number | undefined;

  constructor(code: OcraErrorCode, message: string, where?: { part: SuitePart; position: number }) {
    super(message);
    this.code = code;
    this.part = where?.part;
    this.position = where?.position;
  }
}
