// The host as the login screen meets it: a client of its API, like anybody else's.
import type { Host } from '../../../host/index.ts';
import { createHostClient, type HostClient, type HostClientOptions } from '../../../host/client.ts';

/** What the login screen asks. */
export interface LoginHost {
  readonly client: Pick<HostClient, 'begin' | 'choose' | 'answer' | 'session'>;
  /**
   * What `dsc host device unblock` does on the host's own machine. The API leaves it to an administrator's session, and
   * the demo's administrator logs in with the very card that is blocked.
   */
  readonly unblock: (serial: string) => Promise<void>;
}

/** Nobody looks it up: requests go to the service without a network. */
const BASE_URL = 'http://localhost';

/**
 * Meets a host in this process.
 *
 * Its API is asked without a socket, always: that works where no port can be had, and whatever else listens on one is
 * never taken for this host, and never given a password.
 */
export function loginHost(
  host: Pick<Host, 'unblock'>,
  fetch: NonNullable<HostClientOptions['fetch']>,
): LoginHost {
  return {
    client: createHostClient({ baseUrl: BASE_URL, fetch }),
    unblock: (serial) => host.unblock(serial),
  };
}
