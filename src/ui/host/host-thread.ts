// The thread in which a host works: database, secrets and passwords, while another one talks to the clients. Neither waits
// for the other's work, least of all for a disk.
import { workerData, type MessagePort } from 'node:worker_threads';
import { openHost, type HostPlace } from './open-host.ts';
import { sentError, type SentError } from './sent-error.ts';
import { answerCalls, type Callable } from './thread-calls.ts';

/** What the thread is started with. */
export interface ThreadTask {
  readonly place: HostPlace;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is asked of the host comes here. */
  readonly calls: MessagePort;
  /** What happens is told there. */
  readonly events: MessagePort;
}

/** What happens there, beside the replies to calls. */
export type Heard =
  | { readonly event: 'opened'; readonly about: OpenedHost }
  | { readonly event: 'not-opened'; readonly error: SentError }
  | { readonly event: 'broken-connection'; readonly error: SentError }
  | { readonly event: 'file'; readonly lost?: SentError | undefined }
  | { readonly event: 'keys'; readonly error?: SentError | undefined };

/** What is known of a host that is open, besides what it can be asked. */
export interface OpenedHost {
  readonly name: string;
  readonly isMade: boolean;
  /** Whether there is no user yet. */
  readonly isNew: boolean;
  /** Names of its methods. */
  readonly methods: readonly string[];
  /** What is no method of it. */
  readonly values: Readonly<Record<string, unknown>>;
}

const { place, env, calls, events: port } = workerData as ThreadTask;
const tell = (heard: Heard): void => port.postMessage(heard);

try {
  const { host, store, ...opened } = await openHost(place, env, {
    make: true,
    onBrokenConnection: (error) => tell({ event: 'broken-connection', error: sentError(error) }),
    onLostFile: (lost) => tell({ event: 'file', lost: lost && sentError(lost) }),
  });
  const stopWatching = opened.watchKeys((error) =>
    tell({ event: 'keys', error: error === undefined ? undefined : sentError(error) }),
  );
  const members = Object.entries(host);
  answerCalls(calls, {
    ...(host as unknown as Callable),
    ping: () => store.ping(),
    warmUp: opened.warmUp,
    async close() {
      stopWatching();
      await opened.close();
    },
  });
  tell({
    event: 'opened',
    about: {
      name: opened.name,
      isMade: opened.isMade,
      isNew: await opened.isNew(),
      methods: members.flatMap(([name, member]) => (typeof member === 'function' ? [name] : [])),
      values: Object.fromEntries(members.filter(([, member]) => typeof member !== 'function')),
    },
  });
} catch (error) {
  // It stays until it is ended: what a thread said last may come after the news of its end.
  answerCalls(calls, {});
  tell({ event: 'not-opened', error: sentError(error) });
}
