// A host in a thread of its own, as the thread that talks to the clients sees it.
import { extname } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Host } from '../../host/index.ts';
import type { Heard, OpenedHost, ThreadTask } from './host-thread.ts';
import { receivedError } from './sent-error.ts';
import { createCaller, type Caller } from './thread-calls.ts';
import type { HostPlace, OpenHost } from './open-host.ts';

/** What it tells of itself. */
export interface Hearing {
  /** A connection broke. */
  readonly onBrokenConnection: (error: Error) => void;
  /** The database's file is lost, or back. */
  readonly onLostFile: (lost?: Error) => void;
  /** The key ring was read again, or could not be. */
  readonly onKeys: (error?: Error) => void;
}

/** A host whose database is open, elsewhere. */
export interface ThreadedHost extends Pick<OpenHost, 'name' | 'isMade' | 'warmUp' | 'close'> {
  /** Whether there was no user yet when it was opened. */
  readonly isNew: boolean;
  readonly host: Host;
  readonly store: { ping(): Promise<void> };
  /** Rejects when the thread ends by itself, which it does by a fault alone. */
  readonly ended: Promise<never>;
}

/** The thread's program beside this one: in the bundle as in the sources. */
const PROGRAM = new URL(`./host-thread${extname(import.meta.url)}`, import.meta.url);

/**
 * Opens a host in a thread, as `openHost` does.
 *
 * @throws what `openHost` throws.
 */
export async function openThreadedHost(
  place: HostPlace,
  env: ThreadTask['env'],
  hearing: Hearing,
): Promise<ThreadedHost> {
  const asking = new MessageChannel();
  const telling = new MessageChannel();
  const { database, keys } = place;
  const task: ThreadTask = {
    place: { ...(database !== undefined && { database }), ...(keys !== undefined && { keys }) },
    env: { ...env },
    calls: asking.port2,
    events: telling.port2,
  };
  const thread = new Worker(PROGRAM, { workerData: task, transferList: [task.calls, task.events] });
  const caller = createCaller(asking.port1);
  const opened = Promise.withResolvers<OpenedHost>();
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {});
  const fail = (error: Error): void => {
    caller.fail(error);
    opened.reject(error);
    ended.reject(error);
  };
  let isEnding = false;
  const end = async (): Promise<void> => {
    isEnding = true;
    asking.port1.close();
    telling.port1.close();
    await thread.terminate();
  };
  thread.on('error', fail);
  thread.on('exit', () => {
    if (!isEnding) fail(new Error('the thread of the host has ended'));
  });
  telling.port1.on('message', (heard: Heard) => {
    switch (heard.event) {
      case 'opened':
        return opened.resolve(heard.about);
      case 'not-opened':
        return opened.reject(receivedError(heard.error));
      case 'broken-connection':
        return hearing.onBrokenConnection(receivedError(heard.error));
      case 'file':
        return hearing.onLostFile(heard.lost && receivedError(heard.lost));
      case 'keys':
        return hearing.onKeys(heard.error && receivedError(heard.error));
    }
  });
  try {
    return faceOf(caller, await opened.promise, {
      ended: ended.promise,
      close: async () => {
        await caller.call('close');
        await end();
      },
    });
  } catch (error) {
    await end();
    throw error;
  }
}

function faceOf(
  caller: Caller,
  { name, isMade, isNew, methods, values }: OpenedHost,
  rest: Pick<ThreadedHost, 'ended' | 'close'>,
): ThreadedHost {
  const there =
    (method: string) =>
    (...args: readonly unknown[]) =>
      caller.call(method, ...args);
  return {
    ...rest,
    host: {
      ...values,
      ...Object.fromEntries(methods.map((method) => [method, there(method)])),
    } as unknown as Host,
    store: { ping: there('ping') as () => Promise<void> },
    name,
    isMade,
    isNew,
    warmUp: there('warmUp') as () => Promise<void>,
  };
}
