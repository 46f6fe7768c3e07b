// What the host measures of itself, in the form Prometheus reads.
import { Counter, Histogram, Registry } from 'prom-client';
import type { Host } from '../host.ts';
import type { HostClock } from '../reply-time.ts';
import { refusalOf } from './problem.ts';

/** One request that was answered. */
interface Served {
  readonly method: string;
  /** The route's pattern, never the path. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** Counts of one process. */
export interface Metrics {
  served(request: Served): void;
  /** A step of a login came to this: what it led to, or the code of the refusal. */
  login(step: 'password' | 'answer', result: string): void;
  /** A challenge was answered so many seconds after it was shown. */
  answered(age: number): void;
  /** The page for Prometheus. */
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: 'dsc_host_request_duration_seconds',
    help: 'Time from a request to its reply, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    registers,
  });
  const logins = new Counter({
    name: 'dsc_host_logins_total',
    help: 'Steps of logins, by what they led to or the code of the refusal.',
    labelNames: ['step', 'result'],
    registers,
  });
  const ages = new Histogram({
    name: 'dsc_host_challenge_age_seconds',
    help: 'Age of a challenge when its answer comes, of challenges that this process gave.',
    buckets: [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 300],
    registers,
  });

  return {
    served: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    login: (step, result) => logins.inc({ step, result }),
    answered: (age) => ages.observe(age),
    page: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}

/** So many challenges are remembered, the youngest. */
const MOST_CHALLENGES = 10_000;

/** The host, its logins counted. */
export function metered(host: Host, metrics: Metrics, clock: HostClock): Host {
  /** When the challenges of logins were given. */
  const given = new Map<string, number>();
  const note = (id: string): void => {
    given.set(id, clock.now());
    const [oldest] = given.keys();
    if (given.size > MOST_CHALLENGES && oldest !== undefined) given.delete(oldest);
  };
  const counted = async <T>(
    step: 'password' | 'answer',
    result: Promise<T>,
    name: (value: T) => string,
  ): Promise<T> => {
    try {
      const value = await result;
      metrics.login(step, name(value));
      return value;
    } catch (error) {
      metrics.login(step, refusalOf(error).code);
      throw error;
    }
  };

  return {
    ...host,
    async enter(credentials) {
      const entry = await counted('password', host.enter(credentials), ({ step }) => step);
      if (entry.step === 'challenge') note(entry.id);
      return entry;
    },
    async begin(credentials) {
      const login = await counted('password', host.begin(credentials), () => 'challenge');
      note(login.id);
      return login;
    },
    async choose(choice) {
      const login = await host.choose(choice);
      note(login.id);
      return login;
    },
    async activate(user, serial, from) {
      const login = await host.activate(user, serial, from);
      note(login.id);
      return login;
    },
    async answer(answer) {
      const at = given.get(answer.login);
      if (at !== undefined) metrics.answered((clock.now() - at) / 1000);
      const session = await counted('answer', host.answer(answer), ({ kind }) => kind);
      given.delete(answer.login);
      return session;
    },
  };
}
