// Whatever is sent, in whatever order: never a 5xx, never a hang, and never a refusal that is not described.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  operationsOf,
  plannedRequests,
  type Described,
  type Document,
  type Planned,
} from './described-requests.ts';
import { from, logIn, passwordOf, respond, service, type Service } from './service.ts';

/** FUZZ_REQUESTS=5000 asks for less, FUZZ_SHOW=1 lists what was granted and what was refused. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 100_000);
const IN_A_ROW = 200;
/** What may happen to a request before its route is known. */
const EVERYWHERE = new Set([
  'unknown-route',
  'body-too-large',
  'unsupported-media-type',
  'method-not-allowed',
]);

/** What came back, for later requests to use. What is to be confirmed is not mixed with logins. */
class Memory {
  readonly #values = new Map<string, string>();

  note(route: string, token: string | undefined, body: object): void {
    const field = (name: string): string | undefined => {
      const value: unknown = Reflect.get(body, name);
      return typeof value === 'string' ? value : undefined;
    };
    const [serial, challenge] = [field('serial'), field('challenge')];
    const isRequested = route === 'POST /v1/devices';
    const isConfirmed = /pin-change|reactivation/.test(route);
    const noted: Record<string, string | undefined> = {
      token: field('token'),
      known: field('knownBrowser'),
      cursor: field('next'),
      serial,
      [isConfirmed ? 'confirm id' : 'id']: field('id'),
      owner: isConfirmed || isRequested ? token : undefined,
    };
    if (isRequested) {
      for (const next of ['mail', 'activation', 'withdrawal']) noted[`${next} serial`] = serial;
    }
    // Only of the suite that the cards here have.
    if (serial !== undefined && challenge?.length === 6) {
      noted[isConfirmed ? 'confirm response' : 'response'] = respond(serial, challenge);
    }
    for (const [name, value] of Object.entries(noted)) {
      if (value !== undefined) this.#values.set(name, value);
    }
  }

  fill(route: string, text: string): string {
    const prefix = /confirm|mail|activation|withdrawal/.exec(route)?.[0] ?? '';
    return text.replaceAll(
      /(?:§|%C2%A7)(\w+)/g,
      (_, name: string) => this.#values.get(`${prefix} ${name}`) ?? this.#values.get(name) ?? name,
    );
  }
}

/** What a run of requests shares. */
interface Run {
  readonly made: Service;
  readonly operations: ReadonlyMap<string, Described>;
  readonly tokens: Readonly<Record<string, string>>;
  readonly memory: Memory;
  /** Routes that granted something, and codes of refusals. */
  readonly seen: Set<string>;
}

/** Sends a request; says what is wrong with the reply, if anything. */
async function fault(
  planned: Planned,
  { made: { app }, operations, tokens, memory, seen }: Run,
): Promise<string | undefined> {
  const { method, route, session, type, body, address } = planned;
  const headers = new Headers();
  const token = session.startsWith('§') ? memory.fill('', session) : tokens[session];
  if (token !== undefined && session !== 'none') headers.set('Authorization', `Bearer ${token}`);
  if (type !== undefined) headers.set('Content-Type', type);
  const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
  const filled = typeof body === 'string' ? memory.fill(route, body) : body;
  const init = { method, headers, ...(hasBody && filled !== undefined && { body: filled }) };
  const reply = await app.request(`http://host.test${memory.fill(route, planned.path)}`, init, from(address));
  const text = await reply.text();
  const { status } = reply;
  if (status >= 500) return `${status} ${text}`;
  const isProblem = reply.headers.get('content-type') === 'application/problem+json';
  if (status < 400 || method === 'HEAD') {
    if (route.startsWith(`${method} `)) seen.add(route);
    if (text.startsWith('{')) memory.note(route, token, JSON.parse(text) as object);
    return undefined;
  }
  if (!isProblem) return `${status} is no problem: ${text}`;
  const problem = JSON.parse(text) as { code: string; status: number };
  seen.add(problem.code);
  if (problem.status !== status) return `${status} says it is ${problem.status}`;
  if (EVERYWHERE.has(problem.code) || !route.startsWith(`${method} `)) return undefined;
  const codes = operations.get(route)?.responses[status]?.description.split(', ') ?? [];
  return codes.includes(problem.code) ? undefined : `${problem.code} is not described`;
}

async function prepared(): Promise<{ made: Service; tokens: Record<string, string> }> {
  const made = await service({
    ann: ['DSC-A'],
    bob: ['DSC-B', 'DSC-C'],
    cat: [],
    root: ['DSC-R'],
  });
  for (const name of ['ann', 'bob']) await made.host.updateUser(name, { person: 'one' });
  const tokens: Record<string, string> = {
    ann: await logIn(made, 'ann'),
    root: await logIn(made, 'root'),
    forged: 'A'.repeat(51),
  };
  const cat = await made.send('POST', '/v1/logins', { body: { name: 'cat', password: passwordOf('cat') } });
  tokens['cat'] = (cat.body['session'] as { token: string }).token;
  return { made, tokens };
}

test(`${REQUESTS} requests, and none fails`, { timeout: 300_000 }, async () => {
  const { made: first } = await prepared();
  const document = (await first.send('GET', '/v1/openapi.json')).body as unknown as Document;
  const seen = new Set<string>();
  const operations = operationsOf(document);
  const runs = Math.ceil(REQUESTS / IN_A_ROW);
  await fc.assert(
    fc.asyncProperty(
      fc.array(plannedRequests(document), { minLength: IN_A_ROW, maxLength: IN_A_ROW }),
      async (requests) => {
        const run = { ...(await prepared()), operations, memory: new Memory(), seen };
        for (const planned of requests) expect(await fault(planned, run)).toBeUndefined();
      },
    ),
    { numRuns: runs, timeout: 20_000 },
  );
  // A fuzzer that gets nowhere proves nothing: it has been granted most of what there is, given the time.
  const granted = [...operations.keys()].filter((route) => seen.has(route));
  if (process.env['FUZZ_SHOW']) console.log([...seen].toSorted().join('\n'));
  expect(granted.length).toBeGreaterThan(REQUESTS < 100_000 ? 20 : 28);
});
