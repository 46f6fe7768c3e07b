// What the audit trail tells: who did what to whom, and never a secret.

/** What happened. */
export type AuditEventName =
  | 'user-added'
  | 'user-changed'
  | 'user-disabled'
  | 'user-enabled'
  | 'password-changed'
  | 'password-wrong'
  | 'login-begun'
  | 'login-finished'
  | 'answer-wrong'
  | 'device-enrolled'
  | 'device-requested'
  | 'device-moved'
  | 'device-shared'
  | 'device-unshared'
  | 'reactivation-begun'
  | 'pin-change-begun'
  | 'pin-changed'
  | 'pin-reset'
  | 'session-opened'
  | 'session-ended'
  | 'secrets-resealed'
  | 'chain-begun';

/** Who did it: a user by a login, an administrator by name, or someone at the machine itself. */
export type Actor = `user:${string}` | `administrator:${string}` | `machine:${string}`;

/** One thing that happened. What was typed in is not in it: it may be a secret entered in the wrong field. */
export interface AuditEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: AuditEventName;
  /** The user it concerns: one that exists. */
  readonly user?: string | undefined;
  /** Serial number of the device it concerns. */
  readonly serial?: string | undefined;
  readonly actor?: Actor | undefined;
  /** The address it came from. */
  readonly address?: string | undefined;
  /** More, in words of the host: states, moves, reasons. */
  readonly detail?: string | undefined;
}

/** An event as it stands in the trail. */
export interface AuditEntry extends AuditEvent {
  /** Names the chain: 16 random hexadecimal digits, one for each run of a host. */
  readonly chain: string;
  /** Its place in the chain, from 1. */
  readonly place: number;
  /** The master key that authenticates it. */
  readonly keyId: string;
  /** HMAC-SHA256 of the event, its place and the previous entry's code, in hexadecimal. */
  readonly code: string;
}

/** Where a chain ends. Kept elsewhere, it shows whether entries were cut off. */
export interface ChainHead {
  readonly chain: string;
  readonly place: number;
  readonly code: string;
}
