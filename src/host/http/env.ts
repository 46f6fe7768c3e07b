// What a request carries through the app.
import type { HttpBindings } from '@hono/node-server';
import type { SessionStatus } from '../sessions.ts';
import type { Client } from './origin.ts';

/** The environment of the app and of what is mounted on it. */
export interface HostEnv {
  /** The connection, unless the app is called without one. */
  Bindings: Partial<HttpBindings>;
  Variables: {
    client: Client;
    /** Behind the session gate: who is logged in. */
    session: SessionStatus;
    /** Behind the session gate: the session's token. */
    token: string;
  };
}
