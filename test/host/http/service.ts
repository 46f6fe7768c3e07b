// The service in one process, ready for a test: virtual time, passwords that cost nothing, a log that is kept.
import { Writable } from 'node:stream';
import { pino } from 'pino';
import {
  createHost,
  MemoryStore,
  plainPasswords,
  type Host,
  type HostOptions,
} from '../../../src/host/index.ts';
import { createApp, type AppOptions } from '../../../src/host/http/app.ts';
import { createMetrics, metered } from '../../../src/host/http/metrics.ts';
import { createResponder, parseSuite } from '../../../src/firmware/ocra/index.ts';
import { DSC_PLUS } from '../../../src/firmware/profiles.ts';
import { VirtualClock } from '../../../src/ui/script/virtual-clock.ts';

export const PIN = '1234';

export const passwordOf = (user: string): string => `the password of ${user}`;

export const keyOf = (serial: string): Uint8Array => new TextEncoder().encode(serial.padEnd(20, '.'));

/** What a card shows for a challenge. */
export const respond = (serial: string, challenge: string, pin = PIN): string =>
  createResponder(parseSuite(DSC_PLUS.suite), keyOf(serial))({ question: challenge, pin });

export interface Service {
  readonly app: ReturnType<typeof createApp>;
  readonly host: Host;
  readonly clock: VirtualClock;
  /** The lines of the log so far. */
  readonly log: readonly string[];
  /** Sends JSON, and gives the status and what came back. */
  readonly send: (
    method: string,
    path: string,
    options?: { readonly token?: string | undefined; readonly body?: unknown; readonly address?: string },
  ) => Promise<Reply>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** A service with the cards named for each user; `root` is an administrator. */
export async function service(
  cards: Readonly<Record<string, readonly string[]>> = { ann: ['DSC-A'], root: ['DSC-R'] },
  options: Omit<HostOptions, 'clock'> &
    Partial<Pick<AppOptions, 'health' | 'trustedProxies' | 'tls' | 'pages'>> = {},
): Promise<Service> {
  const { health, trustedProxies, tls, pages, store = new MemoryStore(), ...hostOptions } = options;
  // Not 1970: what is reckoned back from now stays a date.
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const metrics = createMetrics();
  const host = metered(createHost({ clock, hasher: plainPasswords, store, ...hostOptions }), metrics, clock);
  for (const [user, serials] of Object.entries(cards)) {
    await host.addUser({
      name: user,
      password: passwordOf(user),
      balance: 600_000,
      role: user === 'root' ? 'administrator' : 'user',
    });
    for (const serial of serials) await host.enrol({ user, serial, key: keyOf(serial), pin: PIN });
  }

  const log: string[] = [];
  const destination = new Writable({
    write(chunk, _, done) {
      log.push(String(chunk));
      done();
    },
  });
  const app = createApp({
    host,
    log: pino({ level: 'trace' }, destination),
    metrics,
    clock,
    health: health ?? { ready: () => store.ping() },
    trustedProxies,
    tls,
    pages,
  });

  return {
    app,
    host,
    clock,
    log,
    async send(method, path, { token, body, address = '192.0.2.7' } = {}) {
      const headers = new Headers();
      if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
      if (body !== undefined) headers.set('Content-Type', 'application/json');
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const reply = await app.request(path, init, from(address));
      const text = await reply.text();
      const isJson = text !== '' && /json/.test(reply.headers.get('content-type') ?? '');
      return {
        status: reply.status,
        headers: reply.headers,
        body: isJson ? (JSON.parse(text) as Record<string, unknown>) : { text },
      };
    },
  };
}

/** A connection from an address, as the app sees it. */
export const from = (address: string): { incoming: never } => ({
  incoming: { socket: { remoteAddress: address } } as never,
});

/** Begins a login with the right password, for a user with one device. */
export async function begin({ send }: Service, user: string): Promise<Begun> {
  const { body } = await send('POST', '/v1/logins', { body: { name: user, password: passwordOf(user) } });
  return body as unknown as Begun;
}

export interface Begun {
  readonly id: string;
  readonly challenge: string;
  readonly serial: string;
}

/** Answers a login, by default rightly. */
export const answer = (
  { send }: Service,
  { id, challenge, serial }: Begun,
  response = respond(serial, challenge),
): Promise<Reply> => send('POST', `/v1/logins/${id}/answer`, { body: { response } });

/** The token of a new session. */
export async function logIn(made: Service, user: string): Promise<string> {
  const { body } = await answer(made, await begin(made, user));
  return String(body['token']);
}

/** Well-formed, and not right. */
export const wrong = ({ serial, challenge }: Begun): string =>
  String((Number(respond(serial, challenge)) + 1) % 1e8).padStart(8, '0');
