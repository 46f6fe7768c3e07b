// The demo's host as a service: the database, the pages and the API of a real one, on this machine alone.
import { pino } from 'pino';
import type { Host } from '../../host/index.ts';
import { passingKeys } from '../../host/sealing/key-ring.ts';
import { createVault } from '../../host/sealing/vault.ts';
import { openSqlStore } from '../../host/store/open-store.ts';
import { ServerError } from '../../host/http/server-error.ts';
import { createService } from '../host/service.ts';
import { systemHostClock } from '../system-clock.ts';
import { makeFolder } from '../whole-file.ts';
import { demoDatabase, removeDemoDatabase } from './demo-database.ts';
import { DEMO } from './demo.ts';
import { addAdministrator, demoHost, type KnownCard } from './demo-host.ts';
import { loginHost, type LoginHost } from './login/login-host.ts';

/** The port, unless somebody else has it: that of `dsc host serve`. */
const USUAL_PORT = 8080;

/** A demo that has begun. */
export interface DemoService {
  readonly host: Host;
  /** The same host for the login screen: one service answers it and the pages. */
  readonly login: LoginHost;
  /** Adds the administrator, and serves the pages from now until the process ends. @returns Their address; undefined where none can be had. */
  readonly serve: () => Promise<string | undefined>;
}

/**
 * Begins the demo afresh, under a key that is gone with the process.
 *
 * @param home - the data folder.
 * @throws {CommandError} `folder-trouble`, and what {@link demoHost} is refused for.
 */
export async function openDemo(home: string, card: KnownCard | undefined): Promise<DemoService> {
  await makeFolder(home);
  await removeDemoDatabase(home);
  const vault = createVault(passingKeys());
  const store = await openSqlStore({ database: demoDatabase(home), vault, migrate: true, mayVanish: true });
  const host = await demoHost(card, { clock: systemHostClock, store, vault });
  const service = createService({ host, store, log: pino({ level: 'silent' }), demo: DEMO });
  return {
    host,
    login: loginHost(host, service.fetch),
    async serve() {
      await addAdministrator(host, card);
      for (const port of [USUAL_PORT, 0]) {
        try {
          return (await service.listen({ port })).url;
        } catch (error) {
          if (!(error instanceof ServerError)) throw error;
        }
      }
      return undefined;
    },
  };
}
