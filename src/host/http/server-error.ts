// Why a server does not start.

/**
 * - `bad-proxy`: what should name a proxy does not.
 * - `plain-http`: without TLS, passwords would travel in the clear to other machines.
 * - `cannot-listen`: the port is taken, not allowed, or the address is not this machine's.
 * - `bad-certificate`: certificate and key are no such, or do not belong together.
 */
export type ServerErrorCode = 'bad-proxy' | 'plain-http' | 'cannot-listen' | 'bad-certificate';

/** A server that does not start, and what to do about it. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly code: ServerErrorCode;

  constructor(code: ServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
