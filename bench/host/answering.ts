// Many at once answer their challenges, and all of them must be right.
import { request, send } from '../http-load.ts';
import { secondsOfProcessor } from '../processor-time.ts';
import type { OpenLogin } from './bank.ts';
import type { Listening } from './listening-program.ts';

/** Connections to each host, each with one answer under way. */
export const CONNECTIONS = 64;

/** What a load of answers came to. */
export interface Answered {
  readonly perSecond: number;
  /** Processor time of the process that answered, in seconds for each answer. */
  readonly processor: number;
}

/** Gives all answers, as fast as the host takes them. */
export async function answerAll(
  { port, pid }: Pick<Listening, 'port' | 'pid'>,
  logins: readonly OpenLogin[],
): Promise<Answered> {
  const requests = logins.map(({ id, response }) => request(`/v1/logins/${id}/answer`, { response }));
  const refused = new Map<number, number>();
  const [start, before] = [performance.now(), secondsOfProcessor(pid)];
  let sent = 0;
  await send({
    port,
    connections: CONNECTIONS,
    next: () => requests[sent++],
    answered(status) {
      if (status !== 201) refused.set(status, (refused.get(status) ?? 0) + 1);
    },
  });
  const seconds = (performance.now() - start) / 1000;
  const processor = (secondsOfProcessor(pid) - before) / logins.length;
  if (refused.size > 0) throw new Error(`answers refused, by status: ${JSON.stringify([...refused])}`);
  return { perSecond: logins.length / seconds, processor };
}
