// A whole login, as a script plays it: the password to the host, the challenge to the card, the response back.
import type { Host, Session } from '../../host/index.ts';
import type { ScriptedCard } from './scripted-card.ts';

/** Who logs in, and with what. */
export interface Person {
  readonly name: string;
  readonly password: string;
  readonly card: Pick<ScriptedCard, 'answer' | 'enrolment'>;
  /** What is typed into the card; a wrong one gives a response that the host refuses. */
  readonly pin: string;
}

/**
 * Logs in with one answer. To answer again after a refusal, call `host.begin` and `host.answer` yourself.
 *
 * @throws {HostError} for whatever the host refuses: `wrong-response` for a wrong PIN.
 * @throws {RangeError} for a PIN that the card would not take: of another length than its own.
 */
export async function logIn(host: Host, { name, password, card, pin }: Person): Promise<Session> {
  const login = await host.begin({ name, password, serial: card.enrolment.serial });
  return host.answer({ login: login.id, response: card.answer(pin, login.challenge) });
}
