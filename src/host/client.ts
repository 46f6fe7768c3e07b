// A client of the API: what the service does for a program, and nothing of the service itself.
import type {
  AuditList,
  CardToEnrol,
  ChallengeShown,
  DeviceList,
  DeviceRequest,
  DeviceShown,
  LoginBegun,
  LoginRequest,
  OpenSessionShown,
  OwnDeviceShown,
  PasswordChange,
  PinChange,
  Problem,
  ProblemCode,
  SessionOpened,
  SessionShown,
  UserChange,
  UserList,
  UserShown,
  UserToAdd,
} from './http/wire.ts';

export type * from './http/wire.ts';

/** What a client needs. */
export interface HostClientOptions {
  /** Where the host is, as `https://host.example`; a path before `/v1` belongs to it. */
  readonly baseUrl: string | URL;
  /** Default: the platform's own. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** Why the host refused, or `no-answer` if it could not be reached or is not one. */
export type HostClientErrorCode = ProblemCode | 'no-answer';

/** A refusal, or no answer at all. */
export class HostClientError extends Error {
  override readonly name = 'HostClientError';
  readonly code: HostClientErrorCode;
  /** HTTP's status; undefined if there was no answer. */
  readonly status: number | undefined;
  /** For `wrong-response`: how many more answers this login takes. */
  readonly attemptsLeft: number | undefined;
  /** For `too-many-tries` and `too-many-logins`: when to try again, in milliseconds since 1970. */
  readonly retryAt: number | undefined;

  constructor(
    code: HostClientErrorCode,
    message: string,
    problem: Partial<Problem> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.status = problem.status;
    this.attemptsLeft = problem.attemptsLeft;
    this.retryAt = problem.retryAt === undefined ? undefined : Date.parse(problem.retryAt);
  }
}

/** A part of a list. */
export interface ListPart {
  /** What the part before gave as `next`. */
  readonly after?: string | undefined;
  /** 1 to 100, default 50. */
  readonly limit?: number | undefined;
}

/** What a session opens. A restricted session can see, request, withdraw and activate devices, and log out. */
export interface SessionClient {
  whoAmI(): Promise<SessionShown>;
  logOut(): Promise<void>;
  /** Own sessions, the newest first. */
  sessions(): Promise<OpenSessionShown[]>;
  /** Ends all own sessions but this; says how many. */
  logOutElsewhere(): Promise<number>;
  /** Changes the password, and ends all own sessions but this. */
  changePassword(change: PasswordChange): Promise<void>;
  /** Own devices, in the order they became one's own. */
  devices(): Promise<OwnDeviceShown[]>;
  /** Requests a card; gives the serial number it will have. */
  requestDevice(request: DeviceRequest): Promise<string>;
  withdrawRequest(serial: string): Promise<void>;
  /** A challenge, for `HostClient.answer`. */
  activate(serial: string): Promise<ChallengeShown>;
  reportLost(serial: string): Promise<void>;
  /** A challenge, for `confirm`. */
  reactivate(serial: string): Promise<ChallengeShown>;
  /** A challenge, for `confirm` with the new PIN. */
  changePin(serial: string, change: PinChange): Promise<ChallengeShown>;
  confirm(id: string, response: string): Promise<void>;
  /** For administrators. */
  readonly administration: AdministrationClient;
}

/** What an administrator does. */
export interface AdministrationClient {
  users(part?: ListPart): Promise<UserList>;
  user(name: string): Promise<UserShown>;
  addUser(user: UserToAdd): Promise<UserShown>;
  changeUser(name: string, change: UserChange): Promise<UserShown>;
  /** Ends all sessions and unfinished logins of a user; says how many sessions. */
  logOutUser(name: string): Promise<number>;
  devices(part?: ListPart & { readonly user?: string | undefined }): Promise<DeviceList>;
  device(serial: string): Promise<DeviceShown>;
  enrol(card: CardToEnrol): Promise<DeviceShown>;
  move(serial: string, move: DeviceWord): Promise<DeviceShown>;
  /** Mails a requested card; `key` in hexadecimal. */
  mail(serial: string, key: string): Promise<DeviceShown>;
  resetPin(serial: string, reset: { readonly user: string; readonly pin: string }): Promise<void>;
  share(serial: string, user: string): Promise<DeviceShown>;
  unshare(serial: string, user: string): Promise<DeviceShown>;
  audit(part?: {
    readonly before?: string | undefined;
    readonly limit?: number | undefined;
    readonly user?: string | undefined;
    readonly serial?: string | undefined;
  }): Promise<AuditList>;
}

/** What an administrator can say of a device. */
export type DeviceWord = 'block' | 'unblock' | 'loss' | 'find' | 'withdrawal' | 'retirement';

/** The API, typed. Every method rejects with a {@link HostClientError} for what the host refuses. */
export interface HostClient {
  /** Name and password: leads to a challenge, a choice of devices, or a restricted session. */
  begin(request: LoginRequest): Promise<LoginBegun>;
  /** Chooses the device of a login that left the choice. */
  choose(login: string, serial: string): Promise<ChallengeShown>;
  /** The device's response to the challenge. */
  answer(login: string, response: string): Promise<SessionOpened>;
  /** What the session with this token opens. */
  session(token: string): SessionClient;
}

type Query = Readonly<Record<string, string | number | undefined>>;

/** One request, and its reply's JSON. */
type Ask = <Reply>(
  method: string,
  path: readonly string[],
  sent?: { readonly body?: unknown; readonly query?: Query | undefined },
) => Promise<Reply>;

/**
 * Makes a client.
 *
 * @example
 * const client = createHostClient({ baseUrl: 'http://127.0.0.1:8080' });
 * const begun = await client.begin({ name: 'ann', password });
 * if (begun.step === 'challenge') {
 *   // type begun.challenge into the card, and what the card shows into:
 *   const { token } = await client.answer(begun.id, response);
 *   await client.session(token).whoAmI();
 * }
 */
export function createHostClient(options: HostClientOptions): HostClient {
  const ask = asking(options);
  return {
    begin: (body) => ask('POST', ['logins'], { body }),
    choose: (login, serial) => ask('POST', ['logins', login, 'device'], { body: { serial } }),
    answer: (login, response) => ask('POST', ['logins', login, 'answer'], { body: { response } }),
    session: (token) => sessionClient(asking(options, token)),
  };
}

function sessionClient(ask: Ask): SessionClient {
  return {
    whoAmI: () => ask('GET', ['session']),
    logOut: () => ask('DELETE', ['session']),
    sessions: async () => (await ask<{ sessions: OpenSessionShown[] }>('GET', ['sessions'])).sessions,
    logOutElsewhere: async () => (await ask<{ ended: number }>('DELETE', ['sessions'])).ended,
    changePassword: (body) => ask('PUT', ['password'], { body }),
    devices: async () => (await ask<{ devices: OwnDeviceShown[] }>('GET', ['devices'])).devices,
    requestDevice: async (body) => (await ask<{ serial: string }>('POST', ['devices'], { body })).serial,
    withdrawRequest: (serial) => ask('POST', ['devices', serial, 'withdrawal']),
    activate: (serial) => ask('POST', ['devices', serial, 'activation']),
    reportLost: (serial) => ask('POST', ['devices', serial, 'loss']),
    reactivate: (serial) => ask('POST', ['devices', serial, 'reactivation']),
    changePin: (serial, body) => ask('POST', ['devices', serial, 'pin-change'], { body }),
    confirm: (id, response) => ask('POST', ['confirmations', id], { body: { response } }),
    administration: administrationClient((method, path, sent) => ask(method, ['admin', ...path], sent)),
  };
}

const administrationClient = (ask: Ask): AdministrationClient => ({
  users: (part) => ask('GET', ['users'], { query: { ...part } }),
  user: (name) => ask('GET', ['users', name]),
  addUser: (body) => ask('POST', ['users'], { body }),
  changeUser: (name, body) => ask('PATCH', ['users', name], { body }),
  logOutUser: async (name) => (await ask<{ ended: number }>('DELETE', ['users', name, 'sessions'])).ended,
  devices: (part) => ask('GET', ['devices'], { query: { ...part } }),
  device: (serial) => ask('GET', ['devices', serial]),
  enrol: (body) => ask('POST', ['devices'], { body }),
  move: (serial, move) => ask('POST', ['devices', serial, move]),
  mail: (serial, key) => ask('POST', ['devices', serial, 'mail'], { body: { key } }),
  resetPin: (serial, body) => ask('POST', ['devices', serial, 'pin'], { body }),
  share: (serial, user) => ask('PUT', ['devices', serial, 'users', user]),
  unshare: (serial, user) => ask('DELETE', ['devices', serial, 'users', user]),
  audit: (part) => ask('GET', ['audit'], { query: { ...part } }),
});

function asking({ baseUrl, fetch: send = fetch }: HostClientOptions, token?: string): Ask {
  // With a slash at the end a relative address comes after the last part, without it takes its place.
  const base = new URL(`${String(baseUrl).replace(/\/+$/, '')}/v1/`);

  return async <Reply>(
    method: string,
    path: readonly string[],
    { body, query = {} }: { readonly body?: unknown; readonly query?: Query | undefined } = {},
  ): Promise<Reply> => {
    const url = new URL(path.map(segment).join('/'), base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers = new Headers({ Accept: 'application/json' });
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    const request = new Request(url, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    let reply: Response;
    let text: string;
    try {
      reply = await send(request);
      text = await reply.text();
    } catch (cause) {
      throw new HostClientError(
        'no-answer',
        `host: did not answer at ${base.origin}; see whether it runs`,
        {},
        { cause },
      );
    }
    const parsed = parse(text);
    if (reply.ok && (parsed !== undefined || text === '')) return parsed as Reply;
    if (isProblem(parsed))
      throw new HostClientError(parsed.code, parsed.detail, { ...parsed, status: reply.status });
    throw new HostClientError('no-answer', `host: what answers at ${base.origin} is none; give its address`, {
      status: reply.status,
    });
  };
}

/** A part of a path, which cannot lead elsewhere: `.` and `..` would, and cannot be escaped. */
function segment(text: string): string {
  if (text === '.' || text === '..' || text === '') {
    throw new HostClientError('unknown-route', 'request: there is nothing of this name; give another');
  }
  return encodeURIComponent(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'detail' in value &&
  typeof value.detail === 'string';
