// Calls from one thread to another. What is said in one turn of the event loop is sent together: a message costs as much
// as the work of a small call.
import type { MessagePort } from 'node:worker_threads';
import { receivedError, sentError, type SentError } from './sent-error.ts';

/** A call that waits for its reply. */
interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

type Reply =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: SentError };

/** What a thread takes and sends; a `Worker` and a `MessagePort` both do. */
type Port = Pick<MessagePort, 'on' | 'postMessage'>;

/** Something that can be called from another thread: its methods take and give what can be copied. */
export type Callable = Readonly<Record<string, (...args: never[]) => unknown>>;

/** The calling side. */
export interface Caller {
  /** Calls a method over there. Rejects with what it throws. */
  readonly call: (method: string, ...args: readonly unknown[]) => Promise<unknown>;
  /** Rejects all calls that wait, and all to come. */
  readonly fail: (error: Error) => void;
}

/** Calls what {@link answerCalls} makes callable at the other end. */
export function createCaller(port: Port): Caller {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const send = together<Call>(
    (calls) => port.postMessage(calls),
    ({ id }, error) => settle({ id, error: sentError(error) }),
  );
  let failed: Error | undefined;
  let id = 0;

  function settle(reply: Reply): void {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) call?.reject(receivedError(reply.error));
    else call?.resolve(reply.value);
  }

  port.on('message', (replies: readonly Reply[]) => {
    for (const reply of replies) settle(reply);
  });

  return {
    call(method, ...args) {
      if (failed) return Promise.reject(failed);
      const call = Promise.withResolvers<unknown>();
      waiting.set(++id, call);
      send({ id, method, args });
      return call.promise;
    },
    fail(error) {
      failed ??= error;
      for (const { reject } of waiting.values()) reject(failed);
      waiting.clear();
    },
  };
}

/** Answers the calls of the other end. */
export function answerCalls(port: Port, target: Callable): void {
  const send = together<Reply>(
    (replies) => port.postMessage(replies),
    ({ id }, error) => send({ id, error: sentError(error) }),
  );

  port.on('message', (calls: readonly Call[]) => {
    for (const { id, method, args } of calls) {
      answer(target, method, args).then(
        (value) => send({ id, value }),
        (error: unknown) => send({ id, error: sentError(error) }),
      );
    }
  });
}

async function answer(target: Callable, method: string, args: readonly unknown[]): Promise<unknown> {
  const called = Object.hasOwn(target, method) ? target[method] : undefined;
  if (!called) throw new TypeError(`there is no ${method} to call`);
  return called(...(args as never[]));
}

/**
 * Gathers what comes in one turn of the event loop.
 *
 * @param refused - is told of each item that cannot be copied.
 */
function together<Item>(
  send: (items: readonly Item[]) => void,
  refused: (item: Item, error: unknown) => void,
): (item: Item) => void {
  let gathered: Item[] = [];
  return (item) => {
    if (gathered.length === 0) {
      setImmediate(() => {
        const items = gathered;
        gathered = [];
        try {
          send(items);
        } catch {
          for (const each of items) sendAlone(each);
        }
      });
    }
    gathered.push(item);
  };

  function sendAlone(item: Item): void {
    try {
      send([item]);
    } catch (error) {
      refused(item, error);
    }
  }
}
